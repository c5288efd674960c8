import { basename } from 'node:path';
import { ApiError } from '../model/errors.ts';

/** Why the file can't be written or read just now, as the caller gets to see it; undefined for any other error. */
export function storageError(error: unknown): ApiError | undefined {
  if (isBusy(error)) {
    return new ApiError(
      'unavailable',
      'The database is locked by another program. Nothing was written: try again, or stop that program.',
      undefined,
      { 'Retry-After': '2' },
    );
  }
  if (isFull(error)) {
    return new ApiError(
      'disk_full',
      'The disk is full, or takes no more from the sandbox. Nothing was written: free some room, then try again.',
    );
  }
  if (isDamaged(error)) {
    return new ApiError(
      'unavailable',
      'The sandbox’s file is damaged or can’t be read. Nothing was written: stop the sandbox, delete the file, start it again.',
    );
  }
  return undefined;
}

/** The same, where a request can't be counted: it isn't carried out then, or a limit would hold no longer. */
export function countingError(error: unknown, sandboxFile: string): ApiError | undefined {
  if (!isBusy(error)) return storageError(error);
  return new ApiError(
    'unavailable',
    `Another program has locked ${basename(sandboxFile)}-requests, where requests are counted, so this one was not carried out: try again, or stop that program.`,
    undefined,
    { 'Retry-After': '2' },
  );
}

/** Whether what is in the file isn't what a database has there, or the disk doesn't give it out. */
function isDamaged(error: unknown): boolean {
  return /^SQLITE_(CORRUPT|NOTADB|IOERR|CANTOPEN|PROTOCOL)/.test(codeOf(error)) || isMalformed(error);
}

/** The driver gives some of them no code of their own. */
function isMalformed(error: unknown): boolean {
  return error instanceof Error && /malformed|not a database|disk I\/O error/.test(error.message);
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown } | undefined)?.code ?? '');
}

/** Whether another program holds the file's lock. */
export function isBusy(error: unknown): boolean {
  return codeOf(error).startsWith('SQLITE_BUSY') || codeOf(error).startsWith('SQLITE_LOCKED');
}

function isFull(error: unknown): boolean {
  return (
    ['SQLITE_FULL', 'ENOSPC', 'EDQUOT', 'EFBIG'].includes(codeOf(error)) ||
    /^SQLITE_IOERR_(WRITE|FSYNC|TRUNCATE|SHMSIZE)/.test(codeOf(error))
  );
}

/** Why a file can't be opened, for the person at the terminal. */
export function whyNotOpened(file: string, error: unknown): string {
  const code = codeOf(error);
  if (code === 'SQLITE_NOTADB') {
    return `${file} is not a database: choose another file with --db, or delete this one if nobody needs it.`;
  }
  if (code === 'SQLITE_CORRUPT') {
    return `${file} is damaged: delete it (the sandbox makes a new one), or choose another file with --db.`;
  }
  if (isFull(error)) {
    return `There is no room left on the disk for ${file}: free some, or choose another place with --db.`;
  }
  if (isUnwritable(error)) {
    return `${file} can't be written: change its permissions, or choose another file with --db.`;
  }
  if (isBusy(error)) {
    return `${file} is locked by another program: stop that program, or choose another file with --db.`;
  }
  return `${file} can't be opened: check that it is a file (not a folder) that you may read and write, or choose another with --db.`;
}

/** Whether the place isn't one to write to: no right to, or a read-only file system. */
export function isUnwritable(error: unknown): boolean {
  const code = codeOf(error);
  return (
    code.startsWith('SQLITE_READONLY') || ['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR'].includes(code)
  );
}
