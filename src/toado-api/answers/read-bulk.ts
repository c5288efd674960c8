/** Reads what a bulk call answered: a row for each ticket, in one list or in one for each outcome. */
import { isJsonObject, type JsonObject } from '../../base/json-object.ts';
import { WRAPPERS } from '../reading/envelope-names.ts';
import { deniesAct, FLAGS, isRehearsal, STATUS_WORDS, saysNo } from '../reading/negative-flags.ts';
import { type Reading, typeName } from '../reading/reading.ts';
import { list } from '../reading/tolerant-schema.ts';
import type { BulkAnswer, Form } from '../routes/answer-forms.ts';
import { addUnknown, type FoundList, findList } from './find-list.ts';

/** Names of lists that hold only what succeeded, or only what failed. */
const SUCCEEDED = ['succeeded', 'success', 'updated', 'moved', 'assigned', 'unassigned', 'ok'];
const FAILED = ['failed', 'failures', 'errors', 'rejected'];

export function readBulk(form: Form, json: unknown, reading: Reading): BulkAnswer {
  const answer: BulkAnswer = { results: [] };
  const inside = isJsonObject(json) ? WRAPPERS.map((name) => json[name]).find(isJsonObject) : undefined;
  const apart = [json, inside].flatMap((place) => (isJsonObject(place) ? listsByOutcome(place) : []));
  const found = keyedRows(form, json) ?? findList(['results', ...form.own], json, { anyName: true });
  const isApart = apart.some(({ items }) => items === found?.items);
  if (found && !isApart) {
    const first = reading.differences.length;
    const rows = found.items.map((item) => (typeof item === 'boolean' ? { ok: item } : item));
    answer.results = list(form.schema)(rows, reading) as BulkAnswer['results'];
    const under = found.path.join('.');
    if (under) reading.inside(first, under);
    if (under !== 'results') reading.note('', `a list under ${under || 'nothing'} instead of results`);
    // Above rows that don't say themselves how they fared, a flag says that not all went well.
    const isRehearsed = found.envelopes.some(isRehearsal);
    const isRefused = isRehearsed || found.envelopes.some(isDoubtful);
    for (const row of isRefused ? answer.results : [])
      if (row.ok === undefined || (isRehearsed && row.ok)) row.ok = null;
    addUnknown(answer, found);
    // What is said there may be the reason.
    if (isRefused) for (const envelope of found.envelopes) addReasons(answer, envelope);
  }
  const filled = apart.filter(({ items }) => items.length > 0);
  if (filled.length > 0 || (apart.length > 0 && !found))
    reading.note('', `lists under ${apart.map(({ name }) => name).join(' and ')} instead of results`);
  for (const { name, items, ok } of apart) {
    delete answer[name];
    for (const value of items)
      answer.results.push({ ...form.schema(value, reading), ok } as BulkAnswer['results'][0]);
  }
  // Nothing is said of any ticket: none of them is confirmed.
  if (!found && apart.length === 0) reading.note('', `${typeName(json)} instead of results`, false);
  return answer;
}

/** `{results: {"t-8fK2aQ": {ok: true}}}`, also with no more than a word or a flag for each, and bare. */
function keyedRows(form: Form, json: unknown): FoundList | undefined {
  if (!isJsonObject(json)) return undefined;
  const names = ['results', ...form.own, ...WRAPPERS];
  for (const name of [undefined, ...names]) {
    const place = name === undefined ? json : json[name];
    if (!isJsonObject(place)) continue;
    const entries = Object.entries(place);
    if (entries.length === 0 || !entries.every(([key, value]) => AN_ID.test(key) && isVerdict(value)))
      continue;
    const items = entries.map(([ticket_id, value]) => {
      if (isJsonObject(value)) return { ticket_id, ...value };
      return typeof value === 'boolean' ? { ticket_id, ok: value } : { ticket_id, status: value };
    });
    return { items, envelopes: name === undefined ? [] : [json], path: name === undefined ? [] : [name] };
  }
  return undefined;
}

/** Ids have a digit or a hyphen in them, and no envelope's field has. */
const AN_ID = /^(?=.*[\d-])[\w.:~-]{1,200}$/;
const isVerdict = (value: unknown) =>
  isJsonObject(value) || typeof value === 'boolean' || typeof value === 'string';

/** Of a bulk answer: its lists of what went well, and of what didn't. */
function listsByOutcome(place: JsonObject): { name: string; items: unknown[]; ok: boolean }[] {
  const of = (names: string[], ok: boolean) => {
    const name = names.find((one) => Array.isArray(place[one]));
    return name ? [{ name, items: place[name] as unknown[], ok }] : [];
  };
  return [...of(SUCCEEDED, true), ...of(FAILED, false)];
}

function addReasons(answer: BulkAnswer, envelope: JsonObject): void {
  for (const name of ['status', 'message', 'error', 'errors']) {
    const value = envelope[name];
    if (value && !Object.hasOwn(answer, name)) answer[name] = value;
  }
}

const FAILED_COUNTS = ['failed', 'failed_count', 'failedCount', 'failures', 'error_count', 'errorCount'];

/** What stands around the rows says that not all went well, in whatever form. */
function isDoubtful(envelope: Record<string, unknown>): boolean {
  const { error, status, statusCode, code } = envelope;
  return (
    FLAGS.some((name) => saysNo(envelope[name])) ||
    deniesAct(envelope) ||
    envelope.partial === true ||
    STATUS_WORDS.some((name) => {
      const word = envelope[name];
      return typeof word === 'string' && (saysNo(word) || /^partial/i.test(word));
    }) ||
    [status, statusCode, code].some((number) => Number(number) >= 400) ||
    (typeof error === 'string' ? error !== '' : error === true || isJsonObject(error)) ||
    FAILED_COUNTS.some((name) => Number(envelope[name]) > 0)
  );
}
