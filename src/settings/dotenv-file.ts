import { join } from 'node:path';
import { parse } from 'dotenv';
import { readRegularFile, type UnreadableFile } from './read-regular-file.ts';
import { SettingsError } from './settings-error.ts';

/** Nobody's `.env` is larger. */
const MAX_BYTES = 1024 * 1024;

export interface Dotenv {
  variables: Record<string, string>;
  /** Why the file was not read, where it is none of ours; it must not stop a start that doesn't need it. */
  warning?: string | undefined;
}

/** The `TOADO_*` variables of the `.env` in a folder; nothing where there is none. Never prints, never sets. */
export function readDotenv(folder: string | undefined): Dotenv {
  if (folder === undefined) return { variables: {} };
  const path = join(folder, '.env');
  const read = readIfText(path);
  if (typeof read !== 'string')
    return { variables: {}, warning: read && `${path} is not read: ${read.why}.` };
  for (const [at, line] of read.split(/\r?\n/).entries()) {
    if (/^\s*(export\s+)?TOADO_/.test(line) && !/^\s*(export\s+)?TOADO_\w+\s*[=:]/.test(line))
      throw new SettingsError(`${path}, line ${at + 1}: expected TOADO_NAME=value.`);
  }
  const ours = Object.entries(parse(read)).filter(([name]) => name.startsWith('TOADO_'));
  return { variables: Object.fromEntries(ours) };
}

/** @returns undefined where there is none: a folder called .env is a Python virtual environment. */
function readIfText(path: string): string | { why: string } | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readRegularFile(path, MAX_BYTES));
    return text.includes('\0') ? { why: 'it is not UTF-8 text' } : text;
  } catch (error) {
    const { code = '', reason } = error as UnreadableFile;
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') return undefined;
    if (code.startsWith('ERR_ENCODING')) return { why: 'it is not UTF-8 text' };
    return { why: reason ?? `it can't be opened (${code})` };
  }
}
