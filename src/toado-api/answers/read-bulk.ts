/** Reads what a bulk call answered: a row for each ticket, in one list or in one for each outcome. */
import type { Failure } from '../../base/failure.ts';
import { isJsonObject, type JsonObject } from '../../base/json-object.ts';
import { snakeCase } from '../../base/letter-case.ts';
import { parseJson } from '../json/parse-json.ts';
import type { BulkAnswer, Form } from '../routes/answer-forms.ts';
import { type Reading, typeName } from '../schema-kit/reading.ts';
import { list } from '../schema-kit/tolerant-schema.ts';
import { LISTS, WRAPPERS } from '../vocabulary/envelope-names.ts';
import { ERROR_NAMES } from '../vocabulary/error-fields.ts';
import { isTicketId, looksLikeId } from '../vocabulary/ids.ts';
import {
  countIn,
  isDoubtful,
  isError,
  isFilled,
  isRehearsal,
  namesJob,
  saysYes,
} from '../vocabulary/outcome-words.ts';
import { envelopesOf } from './envelopes.ts';
import { keepExtraFields } from './extra-fields.ts';
import { addUnknown, type FoundList, findList } from './find-list.ts';

/** Names of lists that hold only what succeeded, beside the act's own. */
const SUCCEEDED = ['succeeded', 'success', 'successful', 'successes', 'completed', 'done', 'updated', 'ok'];
const ACTS = ['moved', 'assigned', 'unassigned', 'removed'];
/** Only what failed. */
const FAILED = ['failed', 'failures', 'unsuccessful', 'errors', 'rejected'];
/** `moved_ids`, `failedTickets`, `successful_ticket_ids` */
const OF_WHAT = /(_(tickets?|items|ids))+$/;
/** Those of which nothing was done, called by the reason. */
const LEFT_OUT = [
  ...['not_found', 'notFound', 'missing', 'unprocessed', 'unprocessed_ids', 'unprocessedIds'],
  ...['invalid', 'denied', 'forbidden', 'unauthorized', 'locked', 'conflicts'],
];
/** It may be that there was nothing to do. */
const PASSED_OVER = ['skipped', 'ignored', 'unchanged', 'excluded'];

export function readBulk(form: Form, json: unknown, reading: Reading): BulkAnswer {
  const answer: BulkAnswer = { results: [] };
  const apart = listsApart(form, json);
  const rows = keyedRows(form, json) ?? findList(['results', ...form.own], json, { anyName: true });
  const found = apart.some(({ items }) => items === rows?.items) ? undefined : rows;
  const all = envelopesOf(json);
  const envelopes = found?.envelopes ?? all;
  const around = withSummaries([...new Set([...envelopes, ...all])]);
  const isRehearsed = around.some(isRehearsal);
  const isInDoubt = isRehearsed || around.some((one) => isDoubtful(one) || hasErrors(form, one));
  if (found) {
    answer.results = readRows(form, found, reading);
    const isForeseen = found.path.every((name) => FORESEEN.has(name) || form.own.includes(name));
    // Rows that don't say themselves how they fared, where what is around them says that not all went well, or where
    // nobody knows what they are listed for.
    const isJob = around.some(namesJob);
    for (const row of isInDoubt || isJob || !isForeseen ? answer.results : []) {
      const isTold = isJob && !isInDoubt && isForeseen && 'title' in row;
      if ((row.ok === undefined && !isTold) || (isRehearsed && row.ok)) row.ok = null;
    }
    // What stands under such a name and is about none of the tickets is no row of one.
    if (ERROR_NAMES.test(snakeCase(found.path.at(-1) ?? '')))
      for (const row of answer.results) if (!row.ticket_id) row.ok = false;
    addUnknown(answer, found);
  }
  const filled = apart.filter(({ items }) => items.length > 0);
  if (filled.length > 0 || (apart.length > 0 && !found))
    reading.note('', `lists under ${apart.map(({ name }) => name).join(' and ')} instead of results`);
  if (!found && apart.length > 0) addUnknown(answer, { items: [], envelopes, path: [] });
  const wentWell = apart
    .filter(({ ok }) => ok)
    .sort((one, other) => other.items.length - one.items.length)[0];
  if (found && wentWell) markAbsent(answer.results, wentWell.items);
  for (const { name, items, ok, code } of apart) {
    delete answer[name];
    for (const value of items) {
      const row = form.schema(value, reading) as BulkAnswer['results'][0];
      // A row that says otherwise than its list's name tells nothing for sure.
      const isContradicted = ok ? row.ok === false || row.ok === null : row.ok === true;
      row.ok = isContradicted || (isRehearsed && ok) ? null : ok;
      if (code) row.error ??= { code };
      // Told as done elsewhere, and here under a name that nobody knows for sure: only a look tells.
      const isDone = (one: typeof row) => one.ok === true && one.ticket_id && one.ticket_id === row.ticket_id;
      if (ok === false && !code && !FAILED.includes(name) && answer.results.some(isDone)) {
        row.ok = null;
        row.error ??= { code: name };
      }
      answer.results.push(row);
    }
  }
  // What is said there may be the reason.
  const reasons = reasonsIn(around, apart);
  if (isInDoubt || countsFewer(around, answer)) doubted.add(answer);
  if (isInDoubt) {
    for (const name in reasons) if (!Object.hasOwn(answer, name)) answer[name] = reasons[name];
  }
  // Nothing is said of any ticket: none of them is confirmed.
  if (!found && apart.length === 0) {
    reading.note('', `${typeName(json)} instead of results`, false);
    addUnknown(answer, { items: [], envelopes, path: [] });
    const instead = isJsonObject(json) ? envelopes.map(({ results }) => results).find(isSaid) : json;
    if (isSaid(instead)) answer.toado_answered = instead;
  }
  // For whoever finds that not all of them are confirmed.
  if (!isInDoubt) keepExtraFields(answer, reasons);
  return answer;
}

/** `{count: 2}` beside three rows of which none says no. */
function countsFewer(around: readonly JsonObject[], { results }: BulkAnswer): boolean {
  const told = results.filter(({ ok }) => ok !== false).length;
  return around.some(({ count, total }) =>
    [count, total].some((value) => (countIn(value) ?? Number.POSITIVE_INFINITY) < told),
  );
}

/** Names of lists in which each row says itself how it fared, or is a ticket that was done. */
const FORESEEN = new Set([...LISTS, ...WRAPPERS, 'responses', 'operations', 'outcomes', 'statuses']);

/** Rows of tickets that aren't in the list of those that went well. */
function markAbsent(rows: BulkAnswer['results'], wentWell: readonly unknown[]): void {
  const there = new Set(
    wentWell.map((one) => (isJsonObject(one) ? (one.ticket_id ?? one.ticketId ?? one.id) : one)),
  );
  // Under such a name, ids of people may stand; where nothing does, rows that say yes themselves say more.
  const isAny = rows.some(({ ticket_id }) => there.has(ticket_id));
  const isOpen = ({ ok }: (typeof rows)[0]) => (isAny ? ok !== false : there.size === 0 && ok === undefined);
  for (const row of rows) if (isOpen(row) && !there.has(row.ticket_id)) row.ok = null;
}

/** Where an answer may count what became of its tickets. */
const SUMMARIES = ['summary', 'stats', 'statistics', 'counts', 'totals'];

function withSummaries(places: readonly JsonObject[]): JsonObject[] {
  return [...places, ...places.flatMap((place) => SUMMARIES.map((name) => place[name]).filter(isJsonObject))];
}

/**
 * A refusal whose rows say that some of the tickets were done all the same: those are not taken at their word.
 * @returns undefined where it is no such thing.
 */
export function rowsOfRefusal(
  { status, text }: { status: number; text: string },
  form: Form,
  reading: Reading,
  failure: Failure,
): BulkAnswer | undefined {
  if (form.kind !== 'bulk' || status < 400 || status > 499 || status === 401 || status === 429)
    return undefined;
  const json = jsonIn(text);
  if (!hasBulkRows(form, json)) return undefined;
  const answer = readBulk(form, json, reading);
  if (!answer.results.some(({ ok, ticket_id }) => ok && ticket_id)) return undefined;
  for (const row of answer.results) if (row.ok !== false) row.ok = null;
  refusals.set(answer, failure);
  return answer;
}

const refusals = new WeakMap<BulkAnswer, Failure>();

/** The refusal as which rows came. */
export function refusalOf(answer: BulkAnswer): Failure | undefined {
  return refusals.get(answer);
}

function jsonIn(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

const doubted = new WeakSet<BulkAnswer>();

/** HTTP 202: all of it was taken, and may be done later, whatever its rows say. */
export function asTaken(answer: BulkAnswer): void {
  for (const row of answer.results) if (row.ok !== false) row.ok = null;
}

/** Whether what is around the rows says that not all went well. */
export function isDoubted(answer: BulkAnswer): boolean {
  return doubted.has(answer);
}

/** Whether there is a row for any ticket, so that each row says more than what is around them. */
export function hasBulkRows(form: Form, json: unknown): boolean {
  const found = keyedRows(form, json) ?? findList(['results', ...form.own], json);
  return isFilled(found?.items) || listsApart(form, json).some(({ items }) => isFilled(items));
}

function readRows(form: Form, { items, path }: FoundList, reading: Reading): BulkAnswer['results'] {
  const first = reading.differences.length;
  const rows = items.map((item) => {
    if (typeof item === 'boolean') return { ok: item };
    // A word for how it went.
    return typeof item === 'string' && !looksLikeId(item) ? { status: item } : item;
  });
  const results = list(form.schema)(rows, reading) as BulkAnswer['results'];
  const under = path.join('.');
  if (under) reading.inside(first, under);
  if (under !== 'results') reading.note('', `a list under ${under || 'nothing'} instead of results`);
  return results;
}

/** `{results: {"t-8fK2aQ": {ok: true}}}`, also with no more than a word or a flag for each, and bare. */
function keyedRows(form: Form, json: unknown): FoundList | undefined {
  if (!isJsonObject(json)) return undefined;
  const names = ['results', ...form.own, ...WRAPPERS];
  const bare = rowsIn(json, true);
  if (bare) return { items: bare.rows, envelopes: [bare.rest], path: [] };
  for (const name of names) {
    const place = json[name];
    if (!isJsonObject(place)) continue;
    const keyed = rowsIn(place, WRAPPERS.includes(name));
    if (keyed) return { items: keyed.rows, envelopes: [json, keyed.rest], path: [name] };
    for (const deeper of WRAPPERS.includes(name) ? names : []) {
      const inside = place[deeper];
      const rows = isJsonObject(inside) ? rowsIn(inside, false)?.rows : undefined;
      if (rows) return { items: rows, envelopes: [json, place], path: [name, deeper] };
    }
  }
  return undefined;
}

/**
 * Rows under the ids of their tickets, and what stands among them.
 * @param mayTell whether words of the answer's own may.
 */
function rowsIn(place: JsonObject, mayTell: boolean): { rows: JsonObject[]; rest: JsonObject } | undefined {
  const all = Object.entries(place);
  const isWhole = all.length > 0 && all.every(([key, value]) => looksLikeId(key) && isVerdict(value, key));
  const found = isWhole ? all : mayTell && !hasList(place) ? all.filter(isRowAmongWords) : [];
  if (found.length === 0) return undefined;
  const rows = found.map(([ticket_id, value]): JsonObject => {
    if (isJsonObject(value)) return { ticket_id, ...value };
    if (value === null) return { ticket_id, ok: null };
    return typeof value === 'boolean' ? { ticket_id, ok: value } : { ticket_id, status: value };
  });
  return { rows, rest: Object.fromEntries(all.filter((entry) => !found.includes(entry))) };
}

const isVerdict = (value: unknown, key: string) =>
  isJsonObject(value) ||
  typeof value === 'boolean' ||
  typeof value === 'string' ||
  ((value === null || typeof value === 'number') && /\d/.test(key));
const isRowAmongWords = ([key, value]: [string, unknown]) =>
  looksLikeId(key) && (isJsonObject(value) || typeof value === 'boolean');
const hasList = (place: JsonObject) =>
  Object.entries(place).some(
    ([name, value]) => name !== 'errors' && Array.isArray(value) && value.length > 0,
  );

interface ListApart {
  name: string;
  items: unknown[];
  ok: boolean | null;
  /** What its name says of each. */
  code?: string;
}

/** Around an answer, and where `results` holds a list for each outcome. */
function placesOfLists(json: unknown): JsonObject[] {
  const places = envelopesOf(json);
  return [...places, ...places.map(({ results }) => results).filter(isJsonObject)];
}

/** Lists that hold only what went well, or only what didn't. */
function listsApart(form: Form, json: unknown): ListApart[] {
  const isOwnAct = (act: string) => form.act === act || (act === 'removed' && form.act === 'unassigned');
  return placesOfLists(json).flatMap((place) => {
    const itemsOf = (name: string) => {
      const value = place[name];
      // Under `errors`, names of fields stand, too, and tickets that have none.
      if (!isJsonObject(value)) return value;
      if (name !== 'errors') return rowsIn(value, false)?.rows;
      return Object.keys(value).every(isTicketId) ? rowsIn(errorsOf(value), false)?.rows : value;
    };
    const of = (names: string[], ok: boolean): ListApart[] => {
      const spelled = Object.keys(place).filter((name) =>
        names.includes(snakeCase(name).replace(OF_WHAT, '')),
      );
      const lists = [...new Set([...names, ...spelled])]
        .map((name) => ({ name, items: itemsOf(name) as unknown[], ok }))
        .filter(({ name, items }) => isListOfRows(form, name, items));
      const list = lists.find(({ items }) => items.length > 0) ?? lists[0];
      return list ? [list] : [];
    };
    const named = (names: readonly string[], ok: false | null) =>
      names.flatMap((name): ListApart[] => {
        const items = itemsOf(name);
        return Array.isArray(items) && items.length > 0 ? [{ name, items, ok, code: snakeCase(name) }] : [];
      });
    return [
      ...of([...SUCCEEDED, ...ACTS.filter(isOwnAct)], true),
      ...of(FAILED, false),
      ...named(
        ACTS.filter((act) => !isOwnAct(act)),
        null,
      ),
      ...named(LEFT_OUT, false),
      ...named(PASSED_OVER, null),
    ];
  });
}

/** `errors` may be rows, or say of the whole call what is wrong with it. */
function isListOfRows(form: Form, name: string, value: unknown): boolean {
  return Array.isArray(value) && (name !== 'errors' || !hasErrors(form, { errors: value }));
}

function errorsOf(byTicket: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(byTicket).filter(([, error]) => isError(error)));
}

/** Whether `errors` says something that it doesn't say of one ticket. */
function hasErrors({ schema }: Form, { errors }: JsonObject): boolean {
  if (errors === true) return true;
  if (!Array.isArray(errors)) return isFilled(errors) && !Object.keys(errors as object).every(isTicketId);
  return !errors.every((error) => {
    // A word with a hyphen alone is a code, as `read-only`.
    if (!isJsonObject(error)) return typeof error === 'string' && looksLikeId(error) && /\d/.test(error);
    // An error may have an id of its own (JSON:API).
    const { id: _its, ...others } = error;
    return schema.fieldOf(others, 'ticket_id') !== undefined;
  });
}

const REASONS = ['status', 'state', 'code', 'message', 'error', 'errors', 'warnings', 'warning', 'meta'];

/** What an answer says of itself in words, where that is more than a plain yes. */
function reasonsIn(envelopes: readonly JsonObject[], apart: readonly ListApart[]): JsonObject | undefined {
  const reasons: JsonObject = {};
  for (const name of REASONS) {
    for (const { [name]: value } of envelopes)
      if (isSaid(value) && apart.every(({ items }) => items !== value)) reasons[name] ??= value;
  }
  return isFilled(reasons) ? reasons : undefined;
}

function isSaid(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number'
    ? value !== '' && !saysYes(value)
    : isFilled(value);
}
