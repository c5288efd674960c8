import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { SettingsError } from './settings-error.ts';

/** The `TOADO_*` variables of the `.env` in a folder; nothing where there is none. Never prints, never sets. */
export function readDotenv(folder: string): Record<string, string> {
  const path = join(folder, '.env');
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A folder called .env is a Python virtual environment, not ours.
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') return {};
    throw new SettingsError(`${path} can't be read (${code}): make it readable, or remove it.`);
  }
  const text = bytes.toString('utf8');
  if (text.includes('\0') || text.includes('\ufffd'))
    throw new SettingsError(`${path} is not a UTF-8 text file: save it as UTF-8, or remove it.`);
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    if (/^\s*(export\s+)?TOADO_/.test(line) && !/^\s*(export\s+)?TOADO_\w+\s*[=:]/.test(line))
      throw new SettingsError(`${path}, line ${at + 1}: expected TOADO_NAME=value.`);
  }
  return Object.fromEntries(Object.entries(parse(text)).filter(([name]) => name.startsWith('TOADO_')));
}
