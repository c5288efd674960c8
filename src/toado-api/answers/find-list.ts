/** Where in an answer a list stands, and what an envelope around it says of itself. */
import { isJsonObject, type JsonObject } from '../../base/json-object.ts';
import { setField } from '../../base/set-field.ts';
import { ENVELOPE, LISTS, WRAPPERS } from '../fields/envelope-names.ts';
import { type RowsById, rowsById } from '../fields/rows-by-id.ts';
import { PAGING_NAMES } from '../paging/continuation.ts';
import type { Form } from '../routes/answer-forms.ts';

/** What an envelope says of itself in lists. */
const NO_ROWS = new Set([...ENVELOPE, 'warnings', 'messages', 'included', 'notices']);

export interface FoundList {
  items: unknown[];
  /** What stood around it, the outermost first. */
  envelopes: JsonObject[];
  /** The names that lead to it. */
  path: string[];
  /** It was an object with a row under each id. */
  byId?: RowsById;
}

/**
 * One or two levels down, below `data` three.
 * @param anyName whether a list may stand under a name that nobody foresaw, where it is the only one.
 */
export function findList(
  own: readonly string[],
  json: unknown,
  { anyName = false, isLast = false } = {},
): FoundList | undefined {
  if (Array.isArray(json)) return { items: json, envelopes: [], path: [] };
  if (!isJsonObject(json)) return undefined;
  // Its own name says most; then the usual ones, and what they lead to.
  const names = ['items', ...own, ...LISTS];
  for (const name of names) {
    const items = json[name];
    if (Array.isArray(items)) return { items, envelopes: [json], path: [name] };
  }
  for (const name of [...own, ...LISTS, ...WRAPPERS]) {
    const inner = json[name];
    if (!isJsonObject(inner)) continue;
    const found = isLast ? undefined : findList(own, inner, { isLast: name !== 'data' });
    if (found) return { ...found, envelopes: [json, ...found.envelopes], path: [name, ...found.path] };
  }
  if (!anyName) return undefined;
  const alone = onlyList(json);
  if (alone) return { items: json[alone] as unknown[], envelopes: [json], path: [alone] };
  for (const name in json) {
    const inner = json[name];
    const deeper = isJsonObject(inner) && !ENVELOPE.has(name) ? onlyList(inner) : undefined;
    if (deeper)
      return {
        items: (inner as JsonObject)[deeper] as unknown[],
        envelopes: [json, inner as JsonObject],
        path: [name, deeper],
      };
  }
  return undefined;
}

/** A list that is an object with a row under each id, where there is none of the usual form. */
export function findById(form: Form, json: unknown): FoundList | undefined {
  if (!isJsonObject(json)) return undefined;
  const { own, schema } = form;
  const named = new Set(['items', ...own]);
  const inside = (place: JsonObject, names: Iterable<string>, depth: number): FoundList | undefined => {
    for (const name of names) {
      const inner = place[name];
      if (!isJsonObject(inner)) continue;
      const isNamed = named.has(name);
      const isEmpty = isNamed && Object.keys(inner).length === 0;
      const byId = isEmpty ? { rows: [], keys: [] } : rowsById(inner, schema, isNamed);
      if (byId) return { items: byId.rows, byId, envelopes: [place], path: [name] };
      const found = depth > 1 ? inside(inner, usual, depth - 1) : undefined;
      if (found) return { ...found, envelopes: [place, ...found.envelopes], path: [name, ...found.path] };
    }
    return undefined;
  };
  const usual = new Set([...named, ...LISTS, ...WRAPPERS]);
  const found = inside(json, usual, 3);
  if (found) return found;
  const bare = rowsById(json, schema, false);
  if (bare) return { items: bare.rows, byId: bare, envelopes: [], path: [] };
  const unforeseen = Object.keys(json).filter((name) => !ENVELOPE.has(name) && !usual.has(name));
  return inside(json, unforeseen, 1);
}

/** The name of the only list that may be one of rows: lists of words say something else, like SCIM's `schemas`. */
function onlyList(place: JsonObject): string | undefined {
  const [name, ...others] = Object.keys(place).filter((one) => {
    const list = place[one];
    return Array.isArray(list) && !NO_ROWS.has(one) && !PAGING_NAMES.has(one) && list.every(isJsonObject);
  });
  return others.length === 0 ? name : undefined;
}

/** What stands beside a list and says something of its own. */
export function addUnknown(answer: JsonObject, { envelopes, path }: FoundList): void {
  for (const [depth, envelope] of envelopes.entries()) {
    for (const name in envelope) {
      if (name === path[depth] || Object.hasOwn(answer, name) || PAGING_NAMES.has(name) || ENVELOPE.has(name))
        continue;
      setField(answer, name, envelope[name]);
    }
  }
}
