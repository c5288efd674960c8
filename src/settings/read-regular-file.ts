import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';

/** Reads a file of settings. A pipe is not waited for, and a device, which may have no end, not read. */
export function readRegularFile(path: string, maxBytes: number): Buffer {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) throw unreadable('it is no ordinary file');
    if (stat.size > maxBytes) throw unreadable('it is too large');
    const bytes = readFileSync(file);
    if (bytes.length > maxBytes) throw unreadable('it is too large');
    return bytes;
  } finally {
    closeSync(file);
  }
}

/** With its reason where the system's errors have theirs. */
function unreadable(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(code), { code });
}
