/** Puts the server into a client's file: what else is in it, comments and order included, stays as it is. */
import { isDeepStrictEqual } from 'node:util';
import * as jsonc from 'jsonc-parser';
import { parse as parseToml } from 'smol-toml';
import { type Document, isMap, isNode, isScalar, type Pair, parse, parseDocument, stringify } from 'yaml';
import { isJsonObject } from '../../base/json-object.ts';
import { SettingsError } from '../../settings/settings-error.ts';
import { type Addition, type ConfigFile, fileText, put } from './client.ts';
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

/** What a file says about a server; undefined where it says nothing. TOML's are never replaced. */
export function serverIn(
  text: string,
  place: readonly string[],
  format: ConfigFile['format'] = 'json',
): Fields | undefined {
  if (format === 'toml') return undefined;
  const found = at(format === 'yaml' ? parse(text) : jsonc.parse(text), place);
  return isJsonObject(found) ? found : undefined;
}

function mergeJson(text: string, file: ConfigFile, entry: Entry, path: string): string {
  const mark = markOf(text);
  let json = text.slice(mark.length);
  const errors: jsonc.ParseError[] = [];
  const whole: unknown = jsonc.parse(json, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first)
    throw unreadable(path, `${jsonc.printParseErrorCode(first.error)} in line ${lineOf(json, first.offset)}`);
  if (!isJsonObject(whole)) throw unreadable(path, 'it is not an object');
  const formattingOptions = formatOf(json);
  const expected = structuredClone(whole);
  const set = (at: string[], value: unknown, index?: number) => {
    const steps = index === undefined ? at : [...at, index];
    json = jsonc.applyEdits(json, jsonc.modify(json, steps, value, { formattingOptions }));
  };
  for (const { list, item } of file.also?.(entry) ?? []) {
    const found = at(expected, list) ?? undefined;
    if (found !== undefined && !Array.isArray(found))
      throw unreadable(path, `${list.join('.')} is not a list`);
    const items: unknown[] = found ?? [];
    const index = missingAt(items, item);
    if (index === undefined) continue;
    if (found) set([...list], item, index);
    else set([...list], [item]);
    put(expected, list, items.toSpliced(index, 1, item));
  }
  const place = [...file.servers, entry.name];
  const servers = serversOf(whole, file, path);
  const after = withTheirs(servers?.[entry.name], file.fields(entry) as Fields);
  if (servers) change(place, servers[entry.name], after, set);
  else set([...file.servers], { [entry.name]: after });
  put(expected, place, after);
  // The library changes the first of two that have the same name, and clients read the last.
  if (!isDeepStrictEqual(jsonc.parse(json), expected))
    throw unreadable(path, 'it has the same name twice in one place');
  return mark + json;
}

/** Sets only what differs, so that comments between what stays are kept. */
function change(
  place: string[],
  before: unknown,
  after: unknown,
  set: (at: string[], value: unknown) => void,
) {
  if (isDeepStrictEqual(before, after)) return;
  if (!isJsonObject(before) || !isJsonObject(after)) return set(place, after);
  for (const key of Object.keys({ ...before, ...after }))
    change([...place, key], before[key], after[key], set);
}

function mergeYaml(text: string, file: ConfigFile, entry: Entry, path: string): string {
  // Whole numbers of any size are written again as they were.
  const document = parseDocument(text, { intAsBigInt: true });
  const [first] = document.errors;
  if (first) throw unreadable(path, first.message.split('\n')[0]!);
  const whole = readYaml(text, path) ?? {};
  if (!isJsonObject(whole)) throw unreadable(path, 'it is not a mapping');
  const isOwnFile = file.servers.length === 0;
  const servers = isOwnFile ? undefined : serversOf(whole, file, path);
  const before = isOwnFile ? whole : servers?.[entry.name];
  const fields = file.fields(entry) as Fields;
  // A file of the server's own: what somebody added beside our fields stays.
  const after = isOwnFile ? { ...whole, ...fields } : withTheirs(before, fields);
  if (isDeepStrictEqual(before, after)) return text;
  const expected = isOwnFile ? after : structuredClone(whole);
  if (!isOwnFile) {
    put(expected, [...file.servers, entry.name], after);
    const spliced = spliceYaml(text, document, file, entry.name, after);
    if (spliced !== undefined && saysYaml(spliced, expected)) return spliced;
  }
  const set = (at: readonly string[], value: unknown) => document.setIn(at, document.createNode(value));
  try {
    if (isOwnFile) for (const [key, value] of Object.entries(fields)) set([key], value);
    else if (servers) set([...file.servers, entry.name], after);
    else set(file.servers, { [entry.name]: after });
    const lines = document.toString({ lineWidth: 0 });
    const written = markOf(text) + (text.includes('\r\n') ? lines.replaceAll('\n', '\r\n') : lines);
    if (saysYaml(written, expected)) return written;
  } catch {
    // As where something else refers to what is replaced.
  }
  throw unreadable(path, `${entry.name} can't be put in without changing what else it says`);
}

/**
 * With the server among the text's own lines, of which no other is touched: a document that is written anew loses its
 * spacing and its ways of writing.
 * @returns undefined where the servers aren't written as a block.
 */
function spliceYaml(
  text: string,
  document: Document.Parsed,
  file: ConfigFile,
  name: string,
  after: Fields,
): string | undefined {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const linesOf = (value: Fields, indent: string) =>
    stringify(value)
      .trimEnd()
      .split('\n')
      .map((line) => `${indent}${line}${eol}`)
      .join('');
  const servers = document.getIn(file.servers, true);
  if (!isMap(servers)) {
    if (document.hasIn(file.servers)) return undefined;
    const whole: Fields = {};
    put(whole, [...file.servers, name], after);
    return `${text}${text.endsWith('\n') ? '' : eol}${linesOf(whole, '')}`;
  }
  if (servers.flow || servers.items.length === 0) return undefined;
  const startOf = ({ key }: Pair) => (isScalar(key) && key.range ? lineStart(text, key.range[0]) : undefined);
  const endOf = ({ value }: Pair) =>
    isNode(value) && value.range ? lineEnd(text, value.range[1]) : undefined;
  const pairs = servers.items as Pair[];
  const own = pairs.find(({ key }) => isScalar(key) && key.value === name);
  const start = own ? startOf(own) : endOf(pairs.at(-1)!);
  const end = own ? endOf(own) : start;
  const firstLine = startOf(pairs[0]!);
  if (start === undefined || end === undefined || firstLine === undefined) return undefined;
  const indent = /^ */.exec(text.slice(firstLine))![0];
  const lead = text.slice(0, start);
  const gap = lead.endsWith('\n') ? '' : eol;
  return `${lead}${gap}${linesOf({ [name]: after }, indent)}${text.slice(end)}`;
}

/** What only shows when it is read, as a reference to nothing, is an error, too. */
function readYaml(text: string, path: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw unreadable(path, (error as Error).message.split('\n')[0]!);
  }
}

function saysYaml(text: string, expected: Fields): boolean {
  try {
    return isDeepStrictEqual(parse(text), expected);
  } catch {
    return false;
  }
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Behind the line that ends with, or holds, what stands before the offset. */
function lineEnd(text: string, offset: number): number {
  if (text[offset - 1] === '\n') return offset;
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}

/** A table may stand at a TOML file's end, whatever comes before; one that is there already is the person's to change. */
function appendToml(text: string, file: ConfigFile, entry: Entry, path: string): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const block = fileText(file, entry).replaceAll('\n', eol);
  const mark = markOf(text);
  const whole = readToml(text.slice(mark.length), path);
  const name = file.servers.join('.');
  const there = serversOf(whole, file, path)?.[entry.name];
  if (isDeepStrictEqual(there, at(readToml(block, path), [...file.servers, entry.name]))) return text;
  if (there !== undefined)
    throw new SettingsError(
      `config: ${path} has a [${name}.${entry.name}] already, and it says something else. Change it by hand to what \`toado-mcp config codex\` prints, or give this one another --name.`,
    );
  const merged = `${text.trimEnd()}${eol}${eol}${block}${eol}`;
  try {
    parseToml(merged.slice(mark.length), { integersAsBigInt: 'asNeeded' });
  } catch {
    // `mcp_servers = { … }` takes no more tables.
    throw unreadable(path, `${name} is written so that no table [${name}.${entry.name}] may follow`);
  }
  return merged;
}

function readToml(text: string, path: string): Fields {
  try {
    return parseToml(text, { integersAsBigInt: 'asNeeded' });
  } catch (error) {
    throw unreadable(path, String((error as Error).message).split('\n')[0]!);
  }
}

/** What a file says of its servers; undefined where it says nothing yet. */
function serversOf(whole: Fields, { servers }: ConfigFile, path: string): Fields | undefined {
  const found = at(whole, servers) ?? undefined;
  if (found === undefined || isJsonObject(found)) return found;
  throw unreadable(path, `${servers.join('.')} is not an object`);
}

/** The fields that say how a server is started: ours, and of another kind of server, no longer true. */
const LAUNCH_FIELDS = ['type', 'command', 'args', 'cmd', 'env', 'environment', 'envs', 'env_keys', 'name'];
/** One of them gives the token: two would contradict each other. */
const TOKEN_VARIABLES = ['TOADO_API_TOKEN', 'TOADO_API_TOKEN_FILE'];

/**
 * What somebody has set beside how the server is started (tools they allow, a time-out, variables of their own) stays,
 * and a token that they put in place of ours to paste over. A server that isn't started by a command is replaced whole.
 */
function withTheirs(before: unknown, ours: Fields): Fields {
  const launch = ['command', 'cmd'].find((key) => ours[key] !== undefined)!;
  if (!isJsonObject(before) || before[launch] === undefined) return ours;
  const theirs = Object.entries(before).filter(([key]) => !LAUNCH_FIELDS.includes(key));
  const after = { ...ours, ...Object.fromEntries(theirs) };
  for (const key of ['env', 'environment', 'envs']) {
    const [old, own = {}] = [before[key], ours[key]];
    if (!isJsonObject(old) || !isJsonObject(own)) continue;
    const given = TOKEN_VARIABLES.filter((name) => typeof old[name] === 'string');
    const isToPaste = TOKEN_VARIABLES.some((name) => own[name] === TOKEN_PLACE) && given.length > 0;
    const kept = Object.entries(old).filter(([name]) => !TOKEN_VARIABLES.includes(name) || isToPaste);
    const set = Object.entries(own).filter(([name]) => !TOKEN_VARIABLES.includes(name) || !isToPaste);
    const env = Object.fromEntries([...kept, ...set]);
    if (Object.keys(env).length > 0) after[key] = env;
  }
  return after;
}

/** The place in the list where the item has to go; undefined where it is there. */
function missingAt(items: readonly unknown[], item: Addition['item']): number | undefined {
  const index = items.findIndex((one) => isJsonObject(one) && one.id === item.id);
  if (index < 0) return items.length;
  return isDeepStrictEqual(items[index], item) ? undefined : index;
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inside, key) => (isJsonObject(inside) ? inside[key] : undefined), value);
}

/** A byte order mark, where the file begins with one. */
function markOf(text: string): string {
  return text.startsWith('\uFEFF') ? '\uFEFF' : '';
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** The indent of the first name that has one, and the line ends that the file has. */
function formatOf(text: string): jsonc.FormattingOptions {
  const indent = /^([ \t]+)"/m.exec(text)?.[1] ?? '  ';
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
