/** Where the rows of a bulk answer stand: in one list, under the ids of their tickets, or in a list for each outcome. */
import { isJsonObject, type JsonObject } from '../../base/json-object.ts';
import { snakeCase } from '../../base/letter-case.ts';
import type { Form } from '../routes/answer-forms.ts';
import { WRAPPERS } from '../vocabulary/envelope-names.ts';
import { isTicketId, looksLikeId } from '../vocabulary/ids.ts';
import { isError, isFilled } from '../vocabulary/outcome-words.ts';
import { envelopesOf } from './envelopes.ts';
import { type FoundList, findList } from './find-list.ts';

/** Names of lists that hold only what succeeded, beside the act's own. */
const SUCCEEDED = ['succeeded', 'success', 'successful', 'successes', 'completed', 'done', 'updated', 'ok'];
const ACTS = ['moved', 'assigned', 'unassigned', 'removed'];
/** Only what failed. */
export const FAILED = ['failed', 'failures', 'unsuccessful', 'errors', 'rejected'];
/** `moved_ids`, `failedTickets`, `successful_ticket_ids` */
const OF_WHAT = /(_(tickets?|items|ids))+$/;
/** Those of which nothing was done, called by the reason. */
const LEFT_OUT = [
  ...['not_found', 'notFound', 'missing', 'unprocessed', 'unprocessed_ids', 'unprocessedIds'],
  ...['invalid', 'denied', 'forbidden', 'unauthorized', 'locked', 'conflicts'],
];
/** It may be that there was nothing to do. */
const PASSED_OVER = ['skipped', 'ignored', 'unchanged', 'excluded'];

/** Whether there is a row for any ticket, so that each row says more than what is around them. */
export function hasBulkRows(form: Form, json: unknown): boolean {
  const found = keyedRows(form, json) ?? findList(['results', ...form.own], json);
  return isFilled(found?.items) || listsApart(form, json).some(({ items }) => isFilled(items));
}

/** `{results: {"t-8fK2aQ": {ok: true}}}`, also with no more than a word or a flag for each, and bare. */
export function keyedRows(form: Form, json: unknown): FoundList | undefined {
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

export interface ListApart {
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
export function listsApart(form: Form, json: unknown): ListApart[] {
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
export function hasErrors({ schema }: Form, { errors }: JsonObject): boolean {
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
