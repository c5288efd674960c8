import { closeSync, openSync, readSync } from 'node:fs';
import { pictureFile } from './picture-file.ts';

export interface Size {
  width: number;
  height: number;
}

/** The drawn pictures by name. They are files that come with the program; rows hold only their names. */
export class Pictures {
  readonly #fileOf: (name: string) => string | undefined;
  readonly #sizes = new Map<string, Size>();

  constructor(fileOf: (name: string) => string | undefined = pictureFile) {
    this.#fileOf = fileOf;
  }

  /** The PNG's path; undefined where it was not drawn. */
  file(name: string): string | undefined {
    return this.#fileOf(name);
  }

  /** In pixels, out of the PNG's header; undefined where it was not drawn. */
  size(name: string): Size | undefined {
    const known = this.#sizes.get(name);
    if (known) return known;
    const file = this.#fileOf(name);
    if (file === undefined) return undefined;
    const header = Buffer.alloc(24);
    const descriptor = openSync(file, 'r');
    try {
      readSync(descriptor, header, 0, header.length, 0);
    } finally {
      closeSync(descriptor);
    }
    const size = { width: header.readUInt32BE(16), height: header.readUInt32BE(20) };
    this.#sizes.set(name, size);
    return size;
  }
}
