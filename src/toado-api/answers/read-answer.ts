/**
 * Reads what a route answered, in whichever ordinary form it came: bare or in an envelope, a list under one of its
 * names, a page with its continuation. What is inside is read by the schema that the route declares.
 */
import { isJsonObject, type JsonObject } from '../../base/json-object.ts';
import { setField } from '../../base/set-field.ts';
import type { HttpResponse } from '../http/http.ts';
import { markCut } from '../json/incomplete-lists.ts';
import { continuationOf } from '../paging/next-page.ts';
import type { Form, Page } from '../routes/answer-forms.ts';
import { type Reading, SchemaMismatch } from '../schema-kit/reading.ts';
import { asWritten } from '../schema-kit/rows-by-id.ts';
import { list } from '../schema-kit/tolerant-schema.ts';
import { ENVELOPE, FOLDERS, LISTS, WRAPPERS } from '../vocabulary/envelope-names.ts';
import { isError, TICKET_STATE } from '../vocabulary/outcome-words.ts';
import { namesIn, type Ranked, ranked } from '../vocabulary/ranked-names.ts';
import { addExtraFields } from './extra-fields.ts';
import { findRows } from './find-rows.ts';
import { flattenNestedFields } from './flatten-nested-fields.ts';
import { readBulk } from './read-bulk.ts';

/** @throws SchemaMismatch */
export function readAnswer(
  form: Form,
  json: unknown,
  headers: HttpResponse['headers'],
  reading: Reading,
  isNextPage = false,
): unknown {
  const flat = flattenNestedFields(json, form.kind !== 'one', reading);
  switch (form.kind) {
    case 'one':
      return readOne(form, flat, reading);
    case 'list':
    case 'page':
      return readPage(form, flat, headers, reading, isNextPage);
    case 'bulk':
      return readBulk(form, flat, reading);
  }
}

/** Whether at least so many of the fields that the schema knows are there, under whichever name. */
export function hasKnownFields({ schema }: Form, value: unknown, atLeast: number): boolean {
  return isJsonObject(value) && schema.countFields(value, atLeast) >= atLeast;
}

/** A field that is needed decides. */
const NEEDED_WEIGHT = 100;

/**
 * How many of the fields that the schema knows are there, under whichever name; one that is needed decides.
 * @param enough counted no further than that.
 */
function knownFields({ schema }: Form, value: unknown, enough?: number): number {
  if (!isJsonObject(value)) return 0;
  let needed = 0;
  for (const field of schema.neededFields) if (schema.fieldOf(value, field) !== undefined) needed++;
  const weight = NEEDED_WEIGHT * needed;
  if (enough !== undefined && weight >= enough) return weight;
  return weight + schema.countFields(value, enough === undefined ? undefined : enough - weight);
}

function readOne(form: Form, json: unknown, reading: Reading): unknown {
  const found = findOne(form, json);
  const first = reading.differences.length;
  const value = form.schema(found.value, reading);
  if (found.under) {
    reading.inside(first, found.under);
    reading.note('', `an object under ${found.under} instead of a bare one`);
  }
  return value;
}

/** The names under which a form's thing may stand, in the order in which they are believed. */
const insideNames = new WeakMap<Form, Ranked>();

function namesInside(form: Form): Ranked {
  let names = insideNames.get(form);
  if (!names) {
    names = ranked([...WRAPPERS, ...form.own, ...FOLDERS]);
    insideNames.set(form, names);
  }
  return names;
}

/** Those of the names under which an object has an object. */
function objectsIn(json: JsonObject, names: Ranked, orListOfOne: boolean): string[] {
  return namesIn(json, names).filter(
    (name) => isJsonObject(json[name]) || (orListOfOne && isListOfOne(json[name])),
  );
}

/** An object inside of an answer, and the names that lead to it. */
interface Place {
  value: JsonObject;
  path: string[];
}

/** The thing itself: bare, or under a name, also one level down. What stands beside it goes along. */
function findOne(form: Form, json: unknown): { value: unknown; under?: string } {
  if (!isJsonObject(json)) {
    if (Array.isArray(json) && json.length === 1 && isJsonObject(json[0]))
      return { value: json[0], under: '0' };
    return { value: json };
  }
  let names = namesInside(form);
  let inside = objectsIn(json, names, true);
  // Under a name that nobody foresaw: there it is known by its own fields.
  if (inside.length === 0) {
    if (hasKnownFields(form, json, 1)) return { value: json };
    const unforeseen = Object.keys(json).filter((name) => !ENVELOPE.has(name));
    names = ranked(unforeseen);
    inside = objectsIn(json, names, true);
    if (inside.length === 0) return { value: json };
  }
  const places = inside.flatMap((name): Place[] => {
    const outer = (Array.isArray(json[name]) ? (json[name] as unknown[])[0] : json[name]) as JsonObject;
    const deeper = objectsIn(outer, names, false).map((one) => ({
      value: outer[one] as JsonObject,
      path: [name, one],
    }));
    return [{ value: outer, path: [name] }, ...deeper];
  });
  let best: Place = { value: json, path: [] };
  let most = knownFields(form, json);
  for (const [at, place] of places.entries()) {
    // The last one has only to be better than the others.
    const known = knownFields(form, place.value, at === places.length - 1 ? most + 1 : undefined);
    if (known > most) [best, most] = [place, known];
  }
  const { value, path } = best;
  if (path.length === 0) return { value };
  addFromAround(form, value, json, path[0]!);
  return { value, under: path.join('.') };
}

function isListOfOne(value: unknown): boolean {
  return Array.isArray(value) && value.length === 1 && isJsonObject(value[0]);
}

const ERRORS = new Set(['error', 'errors']);

/**
 * What an envelope holds beside the thing is shown with it, where it says something of its own.
 * @param name under which the envelope holds it.
 */
function addFromAround({ schema }: Form, value: JsonObject, envelope: JsonObject, name: string): void {
  for (const beside in envelope) {
    if (beside === name || Object.hasOwn(value, beside)) continue;
    const field = schema.fieldNamed(beside);
    // The thing has it under another name: an envelope's `id` may be the request's.
    if (field !== undefined && schema.fieldOf(value, field) !== undefined) continue;
    // Who asked; inside of the thing it would be who made it.
    if (beside === 'user' && field === undefined) continue;
    // Of what it says of itself, where something went wrong all the same.
    if (ENVELOPE.has(beside) && !(ERRORS.has(beside) && isError(envelope[beside]))) continue;
    setField(value, beside, envelope[beside]);
  }
}

/** A page; for a route whose answer is a bare list in the contract, the client gathers its pages into one. */
function readPage(
  form: Form,
  json: unknown,
  headers: HttpResponse['headers'],
  reading: Reading,
  isNextPage: boolean,
): Page<unknown> {
  const found = findRows(form, json);
  if (!found) throw noList(form, json);
  const { envelopes, path, byId } = found;
  if (byId) {
    const rows = asWritten(byId, reading.order);
    if (!rows)
      throw new SchemaMismatch(
        'a list (rows under numbers have lost their order in so long an answer)',
        json,
      );
    found.items = rows;
  }
  const { cursor, isSaid, how, endsInZero, hasMore, isPartOfTotal } = continuationOf(
    envelopes,
    headers,
    found.items,
    isNextPage,
  );
  unfold(form, found.items, reading);
  const first = reading.differences.length;
  const items = list(form.schema)(found.items, reading);
  if (byId?.rest) markCut(items).push({ other: byId.rest });
  const under = path.join('.');
  const expected = form.kind === 'page' ? 'items' : '';
  if (under !== '') reading.inside(first, under);
  if (byId) reading.note('', `an object by ids${under && ` under ${under}`} instead of a list`);
  else if (under !== expected)
    reading.note(
      '',
      under === ''
        ? 'a bare list instead of one under items'
        : `a list under ${under}${expected === '' ? ' instead of a bare one' : ''}`,
    );
  if (how) reading.note('cursor', how);
  const page: Page<unknown> = { items };
  if (hasMore || (isPartOfTotal && (form.kind === 'list' || items.length === 0))) markCut(items);
  if (cursor) page.cursor = cursor;
  // Only the contract's own form says by an absent cursor that this is the last page.
  else if (form.kind === 'page' && !isSaid && items.length > 0) page.endUnknown = true;
  if (endsInZero) page.endsInZero = true;
  addExtraFields(page, found, form.own);
  return page;
}

function noList({ own }: Form, json: unknown): SchemaMismatch {
  const places = [...own, ...LISTS].slice(0, 5).join(', ');
  const name = isJsonObject(json) ? ['items', ...own].find((one) => json[one] === null) : undefined;
  const mismatch = new SchemaMismatch(`a list (bare or under ${places})`, name === undefined ? json : null);
  if (name !== undefined) mismatch.path.push(name);
  return mismatch;
}

/** Rows whose fields stand one level down, beside their id. The first one tells. */
function unfold(form: Form, rows: unknown[], reading: Reading): void {
  const [row] = rows;
  if (!isJsonObject(row)) return;
  const folder = FOLDERS.find(
    (name) => isJsonObject(row[name]) && knownFields(form, row[name]) > knownFields(form, row),
  );
  if (!folder) return;
  reading.note('', `fields under ${folder}`);
  for (const [at, one] of rows.entries()) {
    if (!isJsonObject(one) || !isJsonObject(one[folder])) continue;
    const { [folder]: inner, ...beside } = one;
    rows[at] = { ...beside, ...(inner as JsonObject) };
  }
}

/** Whether an answer to a write says nothing of the row but perhaps its id. */
export function saysNothing(form: Form, value: unknown): boolean {
  if (!isJsonObject(value)) return true;
  const filled = Object.keys(form.schema.fields).filter(
    (field) =>
      field !== 'id' &&
      field !== 'ticket_id' &&
      value[field] !== undefined &&
      value[field] !== null &&
      // How the request fares, or what became of it, is not the ticket's own state.
      !(field === 'status' && !TICKET_STATE.test(String(value[field]))),
  );
  return filled.length === 0;
}
