/**
 * The folder that a person named for recordings and pictures (`--files`). Nothing is written anywhere else: the names
 * are our own, no link is followed, and nothing is removed but files that this program has written.
 */
import { lstatSync, promises, type Stats, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../base/failure.ts';
import { absolutePath } from '../base/home-of-user.ts';
import { makeFolder } from '../base/make-folder.ts';
import { codeOf, FolderError, identityOf, mustBeUsable, statsOf } from './usable-folder.ts';

const { lstat, open, readdir, unlink } = promises;

/** What all files in the folder may take together. */
const MAX_BYTES = 200 * 1024 * 1024;
const OLD_MS = 24 * 60 * 60 * 1000;
/** After a folder's path: its files go with the session that wrote them. */
const OF_SESSION = ':session';
/** Names that this program gives. */
const OURS = /^toado-\d{8}-\d{6}-[a-z]+-[0-9a-f]{12}\.[a-z0-9]{3,5}$/;

export interface FileKind {
  /** Lower-case letters: what the file holds. */
  what: string;
  extension: string;
}

export interface SavedFile {
  path: string;
  bytes: number;
}

/** Takes a file's content, piece by piece. */
export type FileSink = (piece: string | Uint8Array) => Promise<void>;

export class FilesFolder {
  readonly path: string;
  readonly #isOfSession: boolean;
  /** Which folder it was at the start, whatever its name leads to later. */
  #identity?: string;
  /** What this process has written or is writing, with its size. */
  readonly #own = new Map<string, number>();
  readonly #writing = new Set<string>();
  #isOver = false;

  /** @throws FolderError */
  constructor(setting: string) {
    const isOfSession = setting.endsWith(OF_SESSION);
    const text = isOfSession ? setting.slice(0, -OF_SESSION.length) : setting;
    if (text.trim() === '') throw new FolderError('names no folder.');
    if (text.split(/[\\/]/).includes('..')) throw new FolderError('must be a path without “..”.');
    this.#isOfSession = isOfSession;
    this.path = absolutePath(text);
    const stats = statsOf(this.path);
    if (stats) mustBeUsable(stats);
  }

  /**
   * Makes it where it isn't there.
   * @throws FolderError
   */
  open(): void {
    try {
      makeFolder(this.path, 0o700);
    } catch (error) {
      throw new FolderError(`can't be made (${codeOf(error)}): name a folder in which you may write.`);
    }
    const stats = lstatSync(this.path);
    mustBeUsable(stats);
    this.#identity = identityOf(stats);
  }

  /** Takes away what is older than a day. What can't be removed stays. */
  async removeOld(): Promise<void> {
    for (const { name, stats } of await this.#ours().catch(() => [])) {
      if (Date.now() - stats.mtimeMs > OLD_MS) await unlink(join(this.path, name)).catch(() => {});
    }
  }

  /**
   * Writes a file that nobody else may read. Where writing fails or is given up, nothing of it stays.
   * @throws Failure
   */
  async save({ what, extension }: FileKind, write: (sink: FileSink) => Promise<void>): Promise<SavedFile> {
    this.#check();
    const path = join(this.path, nameOf(what, extension));
    const others = await this.#bytesOfOthers();
    this.#own.set(path, 0);
    this.#writing.add(path);
    try {
      await this.#write(path, others, write);
      return { path, bytes: this.#own.get(path)! };
    } catch (error) {
      this.#own.delete(path);
      await unlink(path).catch(() => {});
      if (error instanceof Failure) throw error;
      throw unusable(`writing into it failed (${codeOf(error)})`, error);
    } finally {
      this.#writing.delete(path);
    }
  }

  async #write(path: string, others: number, write: (sink: FileSink) => Promise<void>): Promise<void> {
    // Where something has that name already, a link included, it fails.
    const file = await open(path, 'wx', 0o600);
    try {
      await write(async (piece) => {
        const bytes = Buffer.from(piece as string);
        this.#own.set(path, (this.#own.get(path) ?? 0) + bytes.length);
        if (this.#isOver) throw unusable('the session is ending');
        if (others + this.#ownBytes() > MAX_BYTES) throw this.#full();
        await file.writeFile(bytes);
      });
    } finally {
      await file.close();
    }
  }

  /** At the session's end: its own files go where the setting says so. */
  end(): void {
    this.#isOver = true;
    const going = this.#isOfSession ? this.#own.keys() : this.#writing;
    for (const path of going) {
      try {
        unlinkSync(path);
      } catch {}
    }
  }

  #check(): void {
    if (this.#isOver) throw unusable('the session is ending');
    try {
      const stats = statsOf(this.path);
      if (!stats) this.open();
      else mustBeUsable(stats);
      if (stats && identityOf(stats) !== this.#identity)
        throw new FolderError('is another one since the start.');
    } catch (error) {
      if (!(error instanceof FolderError)) throw unusable(`it can't be looked at (${codeOf(error)})`, error);
      throw unusable(`it ${error.message.replace(/[.:].*$/s, '')}`, error);
    }
  }

  async #ours(): Promise<{ name: string; stats: Stats }[]> {
    const found: { name: string; stats: Stats }[] = [];
    for (const name of await readdir(this.path)) {
      if (!OURS.test(name)) continue;
      const stats = await lstat(join(this.path, name)).catch(() => undefined);
      if (stats?.isFile()) found.push({ name, stats });
    }
    return found;
  }

  /** Of files that other processes have written; what was removed by hand is no longer counted. */
  async #bytesOfOthers(): Promise<number> {
    const there = await this.#ours().catch((error: unknown) => {
      throw unusable(`it can't be read (${codeOf(error)})`, error);
    });
    const paths = new Map(there.map(({ name, stats }) => [join(this.path, name), stats.size]));
    for (const path of this.#own.keys()) {
      if (!paths.has(path) && !this.#writing.has(path)) this.#own.delete(path);
    }
    let sum = 0;
    for (const [path, size] of paths) if (!this.#own.has(path)) sum += size;
    return sum;
  }

  #ownBytes(): number {
    let sum = 0;
    for (const bytes of this.#own.values()) sum += bytes;
    return sum;
  }

  #full(): Failure {
    return new Failure(
      'files_full',
      `The folder for files (${this.path}) would hold more than ${MAX_BYTES / 1024 / 1024} MB.`,
      'Delete its toado-* files that are no longer needed, or read less of the recording, without as: file.',
      { outcome: 'no_answer' },
    );
  }
}

function unusable(why: string, cause?: unknown): Failure {
  return new Failure(
    'files_unusable',
    `The file was not written: the folder for files can't be used now: ${why}.`,
    'Read it without as: file, or tell the person who started this server.',
    { outcome: 'no_answer', cause },
  );
}

/** `toado-20261126-105301-network-9f3c5a0b12de.har`: nothing of what a ticket or a page says. */
function nameOf(what: string, extension: string): string {
  const at = new Date().toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  return `toado-${at}-${what}-${crypto.randomUUID().slice(-12)}.${extension}`;
}
