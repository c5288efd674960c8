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
import { looksLikeId } from '../vocabulary/ids.ts';
import {
  countIn,
  isDoubtful,
  isFilled,
  isRehearsal,
  namesJob,
  saysYes,
} from '../vocabulary/outcome-words.ts';
import { envelopesOf } from './envelopes.ts';
import { keepExtraFields } from './extra-fields.ts';
import { FAILED, hasBulkRows, hasErrors, keyedRows, type ListApart, listsApart } from './find-bulk-rows.ts';
import { addUnknown, type FoundList, findList } from './find-list.ts';

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
  for (const one of apart) {
    delete answer[one.name];
    addApart(answer.results, one, form, reading, isRehearsed);
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

function addApart(
  results: BulkAnswer['results'],
  { name, items, ok, code }: ListApart,
  form: Form,
  reading: Reading,
  isRehearsed: boolean,
): void {
  const done = new Set(results.filter((one) => one.ok === true).map(({ ticket_id }) => ticket_id));
  for (const value of items) {
    const row = form.schema(value, reading) as BulkAnswer['results'][0];
    // A row that says otherwise than its list's name tells nothing for sure.
    const isContradicted = ok ? row.ok === false || row.ok === null : row.ok === true;
    row.ok = isContradicted || (isRehearsed && ok) ? null : ok;
    if (code) row.error ??= { code };
    // Told as done elsewhere, and here under a name that nobody knows for sure: only a look tells.
    if (ok === false && !code && !FAILED.includes(name) && row.ticket_id && done.has(row.ticket_id)) {
      row.ok = null;
      row.error ??= { code: name };
    }
    results.push(row);
  }
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
  leaveOpen(answer);
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

/** What its rows say was done may not be, or be done later: HTTP 202, or a refusal. */
export function leaveOpen(answer: BulkAnswer): void {
  for (const row of answer.results) if (row.ok !== false) row.ok = null;
}

/** Whether what is around the rows says that not all went well. */
export function isDoubted(answer: BulkAnswer): boolean {
  return doubted.has(answer);
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
