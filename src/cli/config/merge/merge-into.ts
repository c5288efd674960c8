/** Puts the server into a client's file: what else is in it, comments and order included, stays as it is. */
import { parse as parseJson } from 'jsonc-parser';
import { isJsonObject } from '../../../base/json-object.ts';
import { type ConfigFile, fileText } from '../client.ts';
import type { Entry } from '../client-entry.ts';
import { at, type Fields, leftAsIs } from './common.ts';
import { mergeJson } from './json.ts';
import { appendToml } from './toml.ts';
import { mergeYaml, readYaml } from './yaml.ts';

/**
 * @param text the file as it is; empty where there is none.
 * @returns the file as it has to be; the same text where everything is there already.
 * @throws SettingsError where it can't be read, and so must not be written.
 */
export function mergeInto(text: string, file: ConfigFile, entry: Entry, path: string): string {
  if (text.trim() === '') return `${fileText(file, entry)}\n`;
  try {
    return mergers[file.format](text, file, entry, path);
  } catch (error) {
    if (error instanceof RangeError) throw leftAsIs(path, 'it is nested too deeply');
    throw error;
  }
}

const mergers = { json: mergeJson, jsonc: mergeJson, yaml: mergeYaml, toml: appendToml };

/** What a file says about a server; undefined where it says nothing. TOML's are never replaced. */
export function serverIn(
  text: string,
  place: readonly string[],
  format: ConfigFile['format'] = 'json',
): Fields | undefined {
  if (format === 'toml') return undefined;
  const found = at(format === 'yaml' ? readYaml(text) : parseJson(text), place);
  return isJsonObject(found) ? found : undefined;
}
