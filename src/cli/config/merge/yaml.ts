import { isDeepStrictEqual } from 'node:util';
import { parse, stringify, type YAMLParseError } from 'yaml';
import { isJsonObject } from '../../../base/json-object.ts';
import { type ConfigFile, put } from '../client.ts';
import type { Entry } from '../client-entry.ts';
import { change, type Fields, leftAsIs, serversOf } from './common.ts';
import { editYaml } from './edit-yaml.ts';
import { withTheirs } from './keep-theirs.ts';

export function mergeYaml(text: string, file: ConfigFile, entry: Entry, path: string): string {
  const whole = readOrRefuse(text, path) ?? {};
  if (!isJsonObject(whole)) throw leftAsIs(path, 'it is not a mapping');
  // As the file's would be read: its 60 is not JavaScript's, and its 1.0 isn't its 1.
  const fields = readYaml(stringify(file.fields(entry))) as Fields;
  const isOwnFile = file.servers.length === 0;
  const place = isOwnFile ? [] : [...file.servers, entry.name];
  const before = isOwnFile ? whole : serversOf(whole, file, path)?.[entry.name];
  // A file of the server's own: what somebody added beside our fields stays.
  const after = isOwnFile ? { ...whole, ...fields } : withTheirs(before, fields);
  if (isDeepStrictEqual(before, after)) return text;
  const expected = isOwnFile ? after : structuredClone(whole);
  if (!isOwnFile) put(expected, place, after);
  // Where a part of the server has no place, as between brackets, the server is written anew.
  const ways = [before, ...(isOwnFile ? [] : [undefined])];
  for (const known of ways) {
    const changed = changedYaml(text, place, known, after);
    if (changed !== undefined && saysYaml(changed, expected)) return changed;
  }
  throw leftAsIs(path, `${entry.name} can't be put in without changing what else it says`);
}

function changedYaml(text: string, place: string[], before: unknown, after: Fields): string | undefined {
  let changed: string | undefined = text;
  change(place, before, after, (at, value) => {
    changed &&= editYaml(changed, at, value);
  });
  return changed;
}

/** Whole numbers as what they are at any size, and without warnings, which quote the file. @throws YAMLParseError, and others that only show when it is read. */
export function readYaml(text: string): unknown {
  return parse(text, { intAsBigInt: true, logLevel: 'error' });
}

function readOrRefuse(text: string, path: string): unknown {
  try {
    return readYaml(text);
  } catch (error) {
    const { code, linePos, message } = error as YAMLParseError;
    if (code === 'MULTIPLE_DOCS') throw leftAsIs(path, 'it holds more than one document');
    // What follows may be the file's own words.
    const [what] = message.split(/:| at line /);
    throw leftAsIs(path, `${what}${linePos ? ` (line ${linePos[0].line})` : ''}`);
  }
}

function saysYaml(text: string, expected: unknown): boolean {
  try {
    return isDeepStrictEqual(readYaml(text), expected);
  } catch {
    return false;
  }
}
