import { isUtf8 } from 'node:buffer';
import { closeSync, constants, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { decoderFor } from '../toado-api/http/charset.ts';

/** An error of the system's, or one of ours with its reason. */
export interface UnreadableFile extends NodeJS.ErrnoException {
  reason?: string;
}

/**
 * Reads a file of settings.
 * @throws UnreadableFile
 */
export function readRegularFile(path: string, maxBytes: number): Buffer {
  return inRegularFile(path, (file, size) => {
    if (size > maxBytes) throw unreadable('it is too large');
    const bytes = readFileSync(file);
    if (bytes.length > maxBytes) throw unreadable('it is too large');
    return bytes;
  });
}

/**
 * The last bytes of a file, as many as asked for at most.
 * @throws UnreadableFile
 */
export function endOfRegularFile(path: string, maxBytes: number): Buffer {
  return inRegularFile(path, (file, size) => {
    const bytes = Buffer.alloc(Math.min(size, maxBytes));
    const length = readSync(file, bytes, 0, bytes.length, size - bytes.length);
    return bytes.subarray(0, length);
  });
}

/** A pipe is not waited for, and a device, which may have no end, not read. */
function inRegularFile(path: string, read: (file: number, size: number) => Buffer): Buffer {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = fstatSync(file);
    if (stat.isDirectory()) throw unreadable('it is a folder', 'EISDIR');
    if (!stat.isFile()) throw unreadable('it is no ordinary file');
    return read(file, stat.size);
  } finally {
    closeSync(file);
  }
}

/** Without a code, the reason stands where the system's errors have theirs. */
function unreadable(reason: string, code = reason): UnreadableFile {
  return Object.assign(new Error(reason), { code, reason });
}

/**
 * What a file's bytes say, without the mark at its beginning: UTF-8, or UTF-16 as Windows PowerShell writes it.
 * @returns undefined where they are neither.
 */
export function unicodeText(bytes: Buffer): string | undefined {
  const decoder = decoderFor(undefined, bytes);
  if (!decoder && !isUtf8(bytes)) return undefined;
  const text = decoder ? decoder.write(bytes) + decoder.end() : bytes.toString();
  return text.replace(/^\ufeff/, '');
}
