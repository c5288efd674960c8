import { isDeepStrictEqual } from 'node:util';
import { type Document, isMap, isNode, isScalar, type Pair, parse, parseDocument, stringify } from 'yaml';
import { isJsonObject } from '../../../base/json-object.ts';
import { type ConfigFile, put } from '../client.ts';
import type { Entry } from '../client-entry.ts';
import { withTheirs } from './keep-theirs.ts';
import { type Fields, lineEndOf, markOf, serversOf, unreadable } from './parts.ts';

export function mergeYaml(text: string, file: ConfigFile, entry: Entry, path: string): string {
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
    const written = markOf(text) + lines.replaceAll('\n', lineEndOf(text));
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
  const eol = lineEndOf(text);
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
