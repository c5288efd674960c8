import { accessSync, chmodSync, closeSync, constants, openSync, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from '../../base/make-folder.ts';
import { ApiError, SandboxError } from '../model/errors.ts';
import { defaultDatabaseFile } from './data-folder.ts';

/** What stands for a database that is in no file. */
export const inMemory = ':memory:';
/** Of a database: the file itself, its log, and what its processes share. */
export const FILE_SUFFIXES = ['', '-wal', '-shm'];

/**
 * Makes the file before the database opens it, for nobody else to read: it holds signing keys. Our own folder is closed
 * to others, too; one that somebody named is left as it is. What is there already isn't touched before it is known to
 * be ours. Throws SandboxError for what isn't a file.
 */
export function prepareFile(file: string): void {
  if (file === inMemory) return;
  if (statSync(file, { throwIfNoEntry: false })?.isFile() === false) {
    throw new SandboxError(
      `${file} can't be opened: check that it is a file (not a folder or a device), or choose another with --db.`,
    );
  }
  const folder = dirname(file);
  const isOurs = file === defaultDatabaseFile();
  makeFolder(folder, isOurs ? 0o700 : undefined);
  if (isOurs) closeToOthers(folder, 0o700);
  makeFile(file);
  accessSync(file, constants.R_OK | constants.W_OK);
  // The database's companions (-wal, -shm) are made beside it.
  accessSync(dirname(realFile(file)), constants.W_OK);
}

/** Where a file that is there really lies: its companions are beside that, not beside a link to it. */
export function realFile(file: string): string {
  return file === inMemory ? file : realpathSync(file);
}

/** Puts right a file of ours that others could read. */
export function closeFileToOthers(file: string): void {
  if (file === inMemory) return;
  for (const suffix of FILE_SUFFIXES) closeToOthers(realFile(file) + suffix, 0o600);
}

/**
 * Makes the file where there is none, and never opens one that is there: where this process has it open already, closing
 * a second descriptor would drop its locks (POSIX locks are the process's), and another process would take itself for
 * the last one and delete the log from under us.
 */
function makeFile(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function closeToOthers(path: string, mode: number): void {
  try {
    if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, mode);
  } catch {
    // It isn't there, or is somebody else's, who decides.
  }
}

/** A database's file and its log: whether they are still those that it was opened with. */
export class OpenedFiles {
  readonly #identities: Map<string, string | undefined>;

  /** To be called when the database has been written to, so that both are there. */
  constructor(file: string) {
    const paths = file === inMemory ? [] : [file, `${realFile(file)}-wal`];
    this.#identities = new Map(paths.map((path) => [path, identityOf(path)]));
  }

  /** Throws `unavailable` when a file was deleted or replaced: what is written now would be lost. */
  require(): void {
    for (const [path, identity] of this.#identities) {
      if (identityOf(path) === identity) continue;
      throw new ApiError(
        'unavailable',
        `The sandbox's file (${path}) was deleted or replaced while it ran. Nothing was written: start the sandbox again.`,
      );
    }
  }
}

function identityOf(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  return found && `${found.dev}:${found.ino}`;
}
