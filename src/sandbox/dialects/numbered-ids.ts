import { createHash } from 'node:crypto';

/**
 * Ids as numbers. A number follows from its id, so that it is the same after a restart and in another process; which
 * id a number that was given out earlier stands for is looked up among all that there are.
 */
export class NumberedIds {
  readonly #ids = new Map<string, string>();
  readonly #all: () => readonly string[];

  constructor(all: () => readonly string[]) {
    this.#all = all;
  }

  numberOf(id: string): number {
    const number = createHash('sha256').update(id).digest().readUIntBE(0, 6);
    this.#ids.set(String(number), id);
    return number;
  }

  /** What a caller wrote, as the sandbox knows it. */
  idOf(written: string): string {
    if (!/^\d{1,15}$/.test(written)) return written;
    if (!this.#ids.has(written)) for (const id of this.#all()) this.numberOf(id);
    return this.#ids.get(written) ?? written;
  }
}
