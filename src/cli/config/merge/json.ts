import { isDeepStrictEqual } from 'node:util';
import * as jsonc from 'jsonc-parser';
import { isJsonObject } from '../../../base/json-object.ts';
import { type Addition, type ConfigFile, put } from '../client.ts';
import type { Entry } from '../client-entry.ts';
import { withTheirs } from './keep-theirs.ts';
import { at, type Fields, lineEndOf, markOf, serversOf, unreadable } from './parts.ts';

export function mergeJson(text: string, file: ConfigFile, entry: Entry, path: string): string {
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

/** The place in the list where the item has to go; undefined where it is there. */
function missingAt(items: readonly unknown[], item: Addition['item']): number | undefined {
  const index = items.findIndex((one) => isJsonObject(one) && one.id === item.id);
  if (index < 0) return items.length;
  return isDeepStrictEqual(items[index], item) ? undefined : index;
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
    eol: lineEndOf(text),
  };
}
