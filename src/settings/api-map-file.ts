import { resolve } from 'node:path';
import { type ApiMap, ApiMapError, readApiMap } from '../toado-api/routes/api-map.ts';
import { hideTokensIn } from './hide-tokens.ts';
import { readRegularFile, type UnreadableFile } from './read-regular-file.ts';
import { SettingsError } from './settings-error.ts';

/** Nobody's map is larger. */
const MAX_BYTES = 1024 * 1024;

export interface ApiMapFile {
  path: string;
  map: ApiMap;
}

/** @param setting its name, for the one line that says what is wrong. */
export function readApiMapFile(file: string | undefined, setting: string): ApiMapFile | undefined {
  if (file === undefined) return undefined;
  if (file === '') throw new SettingsError(`${setting} names no file.`);
  const path = resolve(file);
  let text: string;
  try {
    text = readRegularFile(path, MAX_BYTES).toString('utf8');
  } catch (error) {
    const { code, reason = code } = error as UnreadableFile;
    throw new SettingsError(
      `${setting}: the file can't be read (${reason}): name a JSON file with corrections.`,
    );
  }
  hideTokensIn(text);
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    const where = /position \d+|line \d+ column \d+/.exec(String(error))?.[0];
    throw new SettingsError(`${setting}: ${path} is not JSON${where ? ` (at ${where})` : ''}.`);
  }
  try {
    return { path, map: readApiMap(json) };
  } catch (error) {
    if (!(error instanceof ApiMapError)) throw error;
    throw new SettingsError(`${setting}: ${error.message}`);
  }
}
