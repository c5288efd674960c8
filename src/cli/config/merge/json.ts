import { isDeepStrictEqual } from 'node:util';
import * as jsonc from 'jsonc-parser';
import { isJsonObject } from '../../../base/json-object.ts';
import { type ConfigFile, put } from '../client.ts';
import type { Entry } from '../client-entry.ts';
import { at, change, type Fields, leftAsIs, markOf, serversOf } from './common.ts';
import { editJson } from './edit-json.ts';
import { withTheirs } from './keep-theirs.ts';

export function mergeJson(text: string, file: ConfigFile, entry: Entry, path: string): string {
  const mark = markOf(text);
  let json = text.slice(mark.length);
  const errors: jsonc.ParseError[] = [];
  const whole: unknown = jsonc.parse(json, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first) throw leftAsIs(path, `${inWords(first.error)} (line ${lineOf(json, first.offset)})`);
  if (!isJsonObject(whole)) throw leftAsIs(path, 'it is not an object');
  const expected = structuredClone(whole);
  const set = (place: readonly (string | number)[], value: unknown) => {
    json = editJson(json, [...place], value);
  };
  for (const { list, item } of file.also?.(entry) ?? []) {
    const found = at(expected, list) ?? undefined;
    if (found !== undefined && !Array.isArray(found)) throw leftAsIs(path, `${list.join('.')} is not a list`);
    const items: unknown[] = found ?? [];
    // One that says something else under this id is how the person wants to be asked.
    if (items.some((one) => isJsonObject(one) && one.id === item.id)) continue;
    if (found) set([...list, items.length], item);
    else set(list, [item]);
    put(expected, list, [...items, item]);
  }
  const place = [...file.servers, entry.name];
  const servers = serversOf(whole, file, path);
  const after = withTheirs(servers?.[entry.name], file.fields(entry) as Fields);
  if (servers) change(place, servers[entry.name], after, set);
  else set(file.servers, { [entry.name]: after });
  put(expected, place, after);
  // Of two that have the same name the first is changed, and clients read the last.
  if (!isDeepStrictEqual(jsonc.parse(json), expected))
    throw leftAsIs(
      path,
      'it has the same name twice in one place, or one that is no ordinary name (__proto__)',
    );
  return mark + json;
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** `CommaExpected`, as people write it. */
function inWords(error: jsonc.ParseErrorCode): string {
  const words = jsonc.printParseErrorCode(error).replaceAll(/(?=[A-Z])/g, ' ');
  return words.trim().toLowerCase();
}
