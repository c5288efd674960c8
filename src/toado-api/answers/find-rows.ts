/**
 * Where the rows of a list stand. That there are none is believed only where an empty list stands where one is meant,
 * and nothing else in the answer looks like rows; what is said beside it is shown with it (extra-fields.ts).
 */
import { isJsonObject, type JsonObject } from '../../base/json-object.ts';
import { isPaging } from '../paging/next-page.ts';
import { totalOf } from '../paging/page-numbers.ts';
import type { Form } from '../routes/answer-forms.ts';
import { isRowOf, rowsById } from '../schema-kit/rows-by-id.ts';
import { ENVELOPE, LISTS, NO_ROWS, OTHER_THINGS, WRAPPERS } from '../vocabulary/envelope-names.ts';
import { isFilled } from '../vocabulary/outcome-words.ts';
import { hasRemark } from './extra-fields.ts';
import { type FoundList, findList, findOnlyList } from './find-list.ts';

/** @returns undefined where nothing is a list of such rows. */
export function findRows(form: Form, json: unknown): FoundList | undefined {
  const { own, schema } = form;
  const first = findList(own, json);
  if (first && areOthers(form, first.items)) return undefined;
  if (first && (first.path.length === 0 || hasObject(first.items))) return first;
  if (!isJsonObject(json)) return undefined;
  const isOwn = first !== undefined && ['items', ...own].includes(first.path.at(-1)!);
  const filled = first && findList(own, json, { isIt: hasObject });
  if (filled && (!isOwn || filled.items.some((row) => isRowOf(schema, row)))) return filled;
  const byId = findById(form, json, isOwn);
  if (byId && byId.items.length > 0) return byId;
  if (first && first.items.length > 0) return first;
  const inside = isOwn ? undefined : insideOfAnother(own, json);
  if (inside && hasObject(inside.items)) return inside;
  const unforeseen = isOwn
    ? undefined
    : findOnlyList(
        json,
        (items) => mayBeRows(schema, items.filter(isJsonObject)),
        (name) => OTHER_THINGS.has(name),
      );
  if (unforeseen) return unforeseen;
  const empty = first ?? byId ?? inside ?? emptyUnforeseen(json) ?? nullAndCounted(own, json);
  return empty?.envelopes.some((place, at) => isRowItself(form, place, empty.path[at]!)) ? undefined : empty;
}

/** The beginnings of Toado's ids, by what they are ids of. */
const BEGINNINGS: Readonly<Record<string, string>> = {
  ...{ company: 'co_', project: 'proj_', column: 'col_', member: 'usr_', comment: 'cmt_' },
  ticket: 't-',
};
const OF_TOADO = new Set(Object.values(BEGINNINGS));

/** Other things than were asked for: with their ids, or columns that hold their tickets. The first row tells. */
function areOthers({ own, schema }: Form, [row]: readonly unknown[]): boolean {
  if (!isJsonObject(row)) return false;
  const id = 'id' in schema.fields ? schema.fieldOf(row, 'id') : undefined;
  const beginning = typeof id === 'string' ? /^[a-z]+[_-]/.exec(id)?.[0] : undefined;
  const itsOwn = BEGINNINGS[schema.schemaName];
  if (beginning !== undefined && itsOwn !== undefined && beginning !== itsOwn && OF_TOADO.has(beginning))
    return true;
  return own.some((name) => typeof row[name] === 'object' && row[name] !== null) && !isRowOf(schema, row);
}

function hasObject(items: unknown[]): boolean {
  return items.some(isJsonObject);
}

/** A list that is an object with a row under each id, where there is none of the usual form. */
function findById(form: Form, json: JsonObject, onlyUsual: boolean): FoundList | undefined {
  const { own, schema } = form;
  const named = new Set(['items', ...own]);
  const usual = new Set([...named, ...LISTS, ...WRAPPERS]);
  const found = insideOf(json, usual, 3);
  if (found || onlyUsual) return found;
  const bare = rowsById(json, schema, { isNamed: false });
  if (bare && mayBeRows(schema, bare.rows)) return { items: bare.rows, byId: bare, envelopes: [], path: [] };
  const unforeseen = Object.keys(json).filter((name) => !usual.has(name) && !isOtherThing(name));
  // Of several, none is the list: a board may have one for each column.
  const each = unforeseen.flatMap((name) => insideOf(json, [name], 2) ?? []);
  return each.length === 1 ? each[0] : undefined;

  function insideOf(place: JsonObject, names: Iterable<string>, depth: number): FoundList | undefined {
    for (const name of names) {
      const inner = place[name];
      if (!isJsonObject(inner)) continue;
      const isNamed = named.has(name);
      const isEmpty = isNamed && Object.keys(inner).length === 0;
      const byId = isEmpty ? { place: inner, keys: [], rows: [] } : rowsById(inner, schema, { isNamed });
      const isIt =
        byId && (isNamed || (usual.has(name) ? mayBeRows(schema, byId.rows) : byId.rows.some(isOne)));
      if (isIt) return { items: byId.rows, byId, envelopes: [place], path: [name] };
      const found = depth > 1 ? insideOf(inner, usual.has(name) ? usual : named, depth - 1) : undefined;
      if (found) return { ...found, envelopes: [place, ...found.envelopes], path: [name, ...found.path] };
    }
    return undefined;
  }

  function isOne(row: JsonObject): boolean {
    return isRowOf(schema, row);
  }
}

/** Where rows may be no more than an id and a name, they have no other fields. */
function mayBeRows(schema: Form['schema'], rows: readonly JsonObject[]): boolean {
  const isPlain = (row: JsonObject) => schema.countFields(row) === Object.keys(row).length;
  return (
    rows.some((row) => isRowOf(schema, row)) ||
    (rows.length > 0 && 'name' in schema.fields && rows.every(isPlain))
  );
}

/** `{project: {id: …, tickets: […]}}` */
function insideOfAnother(own: readonly string[], json: JsonObject): FoundList | undefined {
  const each = Object.keys(json).flatMap((name): FoundList[] => {
    const inner = json[name];
    if (!isJsonObject(inner) || isOtherThing(name) || isPaging(name, inner)) return [];
    const list = own.find((one) => Array.isArray(inner[one]));
    return list ? [{ items: inner[list] as unknown[], envelopes: [json, inner], path: [name, list] }] : [];
  });
  return each.length === 1 ? each[0] : undefined;
}

function isOtherThing(name: string): boolean {
  return NO_ROWS.has(name) || OTHER_THINGS.has(name);
}

/** What an envelope may say beside an empty list of which nobody knows the name. */
const BESIDE = new Set([
  ...NO_ROWS,
  ...['took', 'timed_out', 'url', 'path', 'href', 'self', 'version', 'timestamp', 'duration'],
]);

/** An empty list under a name that nobody foresaw: beside it stands only what an envelope says of itself. */
function emptyUnforeseen(json: JsonObject): FoundList | undefined {
  const isEmptyList = (value: unknown) => Array.isArray(value) && value.length === 0;
  const alone = (place: JsonObject, mayBe: (name: string) => boolean): string | undefined => {
    const rest = Object.keys(place).filter((name) => !BESIDE.has(name) && !isPaging(name, place[name]));
    return rest.length === 1 && mayBe(rest[0]!) ? rest[0] : undefined;
  };
  const listIn = (place: JsonObject) =>
    alone(place, (name) => isEmptyList(place[name]) && !OTHER_THINGS.has(name));
  const name = listIn(json);
  if (name) return { items: json[name] as unknown[], envelopes: [json], path: [name] };
  const wrapper = alone(json, (one) => WRAPPERS.includes(one) && isJsonObject(json[one]));
  const inner = wrapper === undefined ? undefined : (json[wrapper] as JsonObject);
  const deeper = inner && listIn(inner);
  if (!deeper) return undefined;
  return { items: inner[deeper] as unknown[], envelopes: [json, inner], path: [wrapper!, deeper] };
}

/**
 * `{tickets: null, total: 0}`, as Go writes an empty list. Null alone may as well stand for what could not be read: only
 * where a count says that there are none, and nothing else stands there, it is one.
 */
function nullAndCounted(own: readonly string[], json: JsonObject): FoundList | undefined {
  const wrapper = WRAPPERS.find((name) => isJsonObject(json[name]));
  const inner = wrapper === undefined ? undefined : (json[wrapper] as JsonObject);
  const place = inner ?? json;
  const name = ['items', ...own, ...LISTS].find((one) => place[one] === null);
  if (name === undefined) return undefined;
  const envelopes = inner ? [json, inner] : [json];
  const counts = envelopes
    .flatMap((one) => [one, one.meta, one.pagination].filter(isJsonObject))
    .map(totalOf);
  const isAlone = envelopes.every((one) =>
    Object.keys(one).every((key) => {
      const value = one[key];
      return value === inner || ENVELOPE.has(key) || isPaging(key, value) || !isFilled(value);
    }),
  );
  if (!counts.includes(0) || counts.some((count) => count) || !isAlone || envelopes.some(hasRemark))
    return undefined;
  return { items: [], envelopes, path: wrapper === undefined ? [name] : [wrapper, name] };
}

/** Whether what an empty list stands in is itself a row, so that the list is a field of it. */
function isRowItself({ own, schema }: Form, place: JsonObject, listName: string): boolean {
  const fields: JsonObject = {};
  for (const name in place) if (name !== listName && !ENVELOPE.has(name)) fields[name] = place[name];
  if (!('id' in schema.fields)) return schema.countFields(fields, 1) > 0;
  if (schema.fieldOf(fields, 'id') === undefined) return false;
  return own.includes(listName) ? isRowOf(schema, fields) : schema.countFields(fields, 2) > 1;
}
