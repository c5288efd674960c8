import { absolutePath } from '../base/home-of-user.ts';
import { type ApiMap, ApiMapError, readApiMap } from '../toado-api/routes/api-map.ts';
import { hideTokensIn } from './hide-tokens.ts';
import { readRegularFile, type UnreadableFile, unicodeText } from './read-regular-file.ts';
import { SettingsError } from './settings-error.ts';

/** Nobody's map is larger. */
const MAX_BYTES = 1024 * 1024;

export interface ApiMapFile {
  path: string;
  map: ApiMap;
}

function whereIn(text: string, error: unknown): string {
  if (text.trim() === '') return ': it is empty';
  const where = /position \d+|line \d+ column \d+/.exec(String(error))?.[0];
  const comment = /\/\/|\/\*|#/.test(text.replace(STRINGS, '')) ? ', which has no comments' : '';
  return `${comment}${where ? ` (at ${where})` : ''}`;
}

/** Also one that isn't closed. */
const STRINGS = /"[^"\\]*(?:\\.[^"\\]*)*"?/gs;
/** Strings with the colon behind those that are names, and what opens and closes. */
const PARTS = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?|[{}]/gs;

/** A name that an object of this JSON has twice. */
function nameTwice(text: string): string | undefined {
  const open: Set<string>[] = [];
  for (const [part, colon] of text.matchAll(PARTS)) {
    if (part === '{') open.push(new Set());
    else if (part === '}') open.pop();
    else if (colon) {
      const name: string = JSON.parse(part.slice(0, -colon.length));
      if (open.at(-1)?.has(name)) return name;
      open.at(-1)?.add(name);
    }
  }
  return undefined;
}

/** @param setting its name, for the one line that says what is wrong. */
export function readApiMapFile(file: string | undefined, setting: string): ApiMapFile | undefined {
  if (file === undefined) return undefined;
  if (file === '') throw new SettingsError(`${setting} names no file.`);
  const path = absolutePath(file);
  let bytes: Buffer;
  try {
    bytes = readRegularFile(path, MAX_BYTES);
  } catch (error) {
    const { code, reason = code } = error as UnreadableFile;
    throw new SettingsError(
      `${setting}: the file can't be read (${reason}): name a JSON file with corrections.`,
    );
  }
  const text = unicodeText(bytes);
  if (text === undefined) throw new SettingsError(`${setting}: ${path} is not written in UTF-8.`);
  hideTokensIn(text);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new SettingsError(`${setting}: ${path} is not JSON${whereIn(text, error)}.`);
  }
  // Of two it would take the last, and say nothing of the other.
  const twice = nameTwice(text);
  if (twice !== undefined)
    throw new SettingsError(
      `${setting}: ${path} has ${JSON.stringify(twice.slice(0, 60))} twice in one place: put them together.`,
    );
  try {
    return { path, map: readApiMap(json) };
  } catch (error) {
    if (!(error instanceof ApiMapError)) throw error;
    throw new SettingsError(`${setting}: ${error.message}`);
  }
}
