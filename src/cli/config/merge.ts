/** Puts the server into a client's file: what else is in it, comments and order included, stays as it is. */
import { isDeepStrictEqual } from 'node:util';
import * as jsonc from 'jsonc-parser';
import { parseDocument } from 'yaml';
import { isJsonObject } from '../../base/json-object.ts';
import { SettingsError } from '../../settings/settings-error.ts';
import { type Addition, type ConfigFile, fileText } from './client.ts';
import { type Entry, TOKEN_PLACE } from './client-entry.ts';

type Fields = Record<string, unknown>;

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

/** What a JSON file says about a server; undefined where it says nothing, or isn't JSON. */
export function serverIn(text: string, place: readonly string[]): Fields | undefined {
  const found = at(jsonc.parse(text), place);
  return isJsonObject(found) ? found : undefined;
}

function mergeJson(text: string, file: ConfigFile, entry: Entry, path: string): string {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  let json = text.slice(mark.length);
  const errors: jsonc.ParseError[] = [];
  const whole: unknown = jsonc.parse(json, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first)
    throw unreadable(path, `${jsonc.printParseErrorCode(first.error)} in line ${lineOf(json, first.offset)}`);
  if (!isJsonObject(whole)) throw unreadable(path, 'it is not an object');
  const formattingOptions = formatOf(json);
  const set = (at: (string | number)[], value: unknown) => {
    json = jsonc.applyEdits(json, jsonc.modify(json, at, value, { formattingOptions }));
  };
  for (const addition of file.also?.(entry) ?? []) {
    const index = missingAt(whole, addition);
    if (index === 0 && at(whole, addition.list) === undefined) set([...addition.list], [addition.item]);
    else if (index !== undefined) set([...addition.list, index], addition.item);
  }
  const place = [...file.servers, entry.name];
  const before = at(whole, place);
  const after = withTokenOf(before, file.fields(entry) as Fields);
  if (!isDeepStrictEqual(before, after)) set(place, after);
  return mark + json;
}

function mergeYaml(text: string, file: ConfigFile, entry: Entry, path: string): string {
  const document = parseDocument(text);
  const [first] = document.errors;
  if (first) throw unreadable(path, first.message.split('\n')[0]!);
  const place = file.servers.length === 0 ? [] : [...file.servers, entry.name];
  const before = at(document.toJS(), place);
  const after = withTokenOf(before, file.fields(entry) as Fields);
  if (isDeepStrictEqual(before, after)) return text;
  // A file of the server's own: what somebody added beside our fields stays.
  if (place.length > 0) document.setIn(place, document.createNode(after));
  else for (const [key, value] of Object.entries(after)) document.setIn([key], document.createNode(value));
  return document.toString({ lineWidth: 0 });
}

/** A table may stand at a TOML file's end, whatever comes before; one that is there already is the person's to change. */
function appendToml(text: string, file: ConfigFile, entry: Entry, path: string): string {
  const block = fileText(file, entry);
  if (text.replaceAll('\r\n', '\n').includes(block)) return text;
  const name = file.servers.join('.');
  const own = new RegExp(`^\\s*\\[\\s*${name}\\s*\\.\\s*["']?${entry.name}["']?\\s*[\\].]`, 'm');
  if (own.test(text))
    throw new SettingsError(
      `config: ${path} has a [${name}.${entry.name}] already, and it says something else. Change it by hand to what \`toado-mcp config codex\` prints, or give this one another --name.`,
    );
  return `${text.trimEnd()}\n\n${block}\n`;
}

/** Where somebody has put their token in place of ours to paste over, it stays. */
function withTokenOf(before: unknown, after: Fields): Fields {
  for (const key of ['env', 'environment']) {
    const env = after[key];
    const old = isJsonObject(before) ? before[key] : undefined;
    if (!isJsonObject(env) || !isJsonObject(old)) continue;
    for (const [name, value] of Object.entries(env))
      if (value === TOKEN_PLACE && typeof old[name] === 'string') env[name] = old[name];
  }
  return after;
}

/** The place in the list where the item has to go; undefined where it is there. */
function missingAt(whole: Fields, { list, item }: Addition): number | undefined {
  const found = at(whole, list);
  if (!Array.isArray(found)) return 0;
  const index = found.findIndex((one) => isJsonObject(one) && one.id === item.id);
  if (index < 0) return found.length;
  return isDeepStrictEqual(found[index], item) ? undefined : index;
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inside, key) => (isJsonObject(inside) ? inside[key] : undefined), value);
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** The indent and line ends that the file has. */
function formatOf(text: string): jsonc.FormattingOptions {
  const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
  return {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 1 : indent.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
}

function unreadable(path: string, why: string): SettingsError {
  return new SettingsError(
    `config: ${path} can't be read (${why}), so it was left as it is. Mend it, or paste what \`toado-mcp config\` prints without --write.`,
  );
}
