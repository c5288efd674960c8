/** Puts the server into a client's file: what else is in it, comments and order included, stays as it is. */
import { parse as parseJson } from 'jsonc-parser';
import { parse as parseYaml } from 'yaml';
import { isJsonObject } from '../../../base/json-object.ts';
import { type ConfigFile, fileText } from '../client.ts';
import type { Entry } from '../client-entry.ts';
import { mergeJson } from './json.ts';
import { at, type Fields } from './parts.ts';
import { appendToml } from './toml.ts';
import { mergeYaml } from './yaml.ts';

/**
 * @param text the file as it is; empty where there is none.
 * @returns the file as it has to be; the same text where everything is there already.
 * @throws SettingsError where it can't be read, and so must not be written.
 */
export function mergeInto(text: string, file: ConfigFile, entry: Entry, path: string): string {
  if (text.trim() === '') return `${fileText(file, entry)}\n`;
  switch (file.format) {
    case 'yaml':
      return mergeYaml(text, file, entry, path);
    case 'toml':
      return appendToml(text, file, entry, path);
    default:
      return mergeJson(text, file, entry, path);
  }
}

/** What a file says about a server; undefined where it says nothing. TOML's are never replaced. */
export function serverIn(
  text: string,
  place: readonly string[],
  format: ConfigFile['format'] = 'json',
): Fields | undefined {
  if (format === 'toml') return undefined;
  const found = at(format === 'yaml' ? parseYaml(text) : parseJson(text), place);
  return isJsonObject(found) ? found : undefined;
}
