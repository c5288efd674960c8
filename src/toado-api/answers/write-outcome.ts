/** What the answer to a write says of itself, beside the row: that it was denied, only tried out, or there already. */
import { isJsonObject, type JsonObject } from '../../base/json-object.ts';
import { setField } from '../../base/set-field.ts';
import type { Form } from '../routes/answer-forms.ts';
import { deniesNew } from '../vocabulary/denies-new.ts';
import { WRAPPERS } from '../vocabulary/envelope-names.ts';
import {
  deniesAct,
  deniesDeed,
  flagIn,
  holdsError,
  isDoubtful,
  isRehearsal,
  isYesFlag,
  STATUS_WORDS,
  saysYes,
} from '../vocabulary/outcome-words.ts';
import { envelopesOf } from './envelopes.ts';
import { hasRemark } from './extra-fields.ts';

export { deniesNew };

/** To be asked before the answer is read: that puts fields elsewhere. */
export function writeOutcome(json: unknown, { schema }: Form) {
  const places = placesIn(json);
  const isDenied = places.some(deniesAct);
  const isTrial = places.some(isRehearsal);
  return {
    isDenied,
    isTrial,
    /** Of what was only tried out, or denied in the same breath, only a look tells whether it was done. */
    isDone: !isTrial && !isDenied && !places.some(isContradicted),
    said: saidIn(places),
    around: saidIn(placesAround(places, schema)),
  };
}

export type WriteOutcome = ReturnType<typeof writeOutcome>;

/** Those that are neither a row, which has an id, nor in one. */
function placesAround(places: readonly JsonObject[], { fields, fieldOf }: Form['schema']): JsonObject[] {
  const rows = places.filter((place) => 'id' in fields && fieldOf(place, 'id') !== undefined);
  return places.filter((place) => !rows.some((row) => row === place || Object.values(row).includes(place)));
}

/** Fields that name the answer or its row and say nothing of what was done. */
const NAMELESS = new Set([
  ...['id', 'ticket_id', 'ticketId', 'object', 'type', 'kind', 'apiVersion', 'request_id', 'requestId'],
]);
const MAX_SAID = 20;
const OF_ENVELOPES = new Set([...WRAPPERS, 'meta', 'links', '_links', 'jsonapi', '_meta']);

function isYesOrNothing(name: string, value: unknown): boolean {
  if (typeof value === 'string' || typeof value === 'number') return value === '' || saysYes(value);
  if (typeof value === 'boolean') return value && isYesFlag(name);
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}

/** Where an answer to a write may say something of itself: in what is around the row, or with its one word. */
function placesIn(json: unknown): JsonObject[] {
  const body: unknown = Array.isArray(json) && json.length === 1 ? json[0] : json;
  return typeof body === 'string' || typeof body === 'number' ? [{ answer: body }] : envelopesOf(body);
}

/** `{ok: true, error: 'denied'}`: an error without a yes is a refusal, and with one it confirms nothing. */
function isContradicted(place: JsonObject): boolean {
  return isDoubtful(place) || holdsError(place.errors);
}

/** `{comment: {id: 'cmt_1'}}` */
function isIdAlone(value: unknown): boolean {
  if (!isJsonObject(value)) return false;
  const names = Object.keys(value);
  return names.some((name) => /id$/i.test(name)) && names.every((name) => NAMELESS.has(name));
}

/** Only flags and counts deny an act: most fields are texts. */
function isDenial(name: string, value: unknown): boolean {
  const alone = { [name]: value };
  const mayBeAct = flagIn(value) !== undefined;
  return (mayBeAct && deniesAct(alone)) || deniesNew(alone);
}

/** What an answer says beyond a plain yes and its names; first what denies something, whatever else has that name. */
function saidIn(places: readonly JsonObject[]): JsonObject | undefined {
  const said: JsonObject = {};
  let left = MAX_SAID;
  const add = (name: string, value: unknown) => {
    const isNothing =
      NAMELESS.has(name) ||
      (typeof value === 'object' && OF_ENVELOPES.has(name)) ||
      Object.hasOwn(said, name);
    if (!isNothing && --left >= 0) setField(said, name, value);
  };
  const others: [name: string, value: unknown][] = [];
  for (const place of places) {
    for (const name in place) {
      const value = place[name];
      if (isDenial(name, value)) add(name, value);
      else if (!isYesOrNothing(name, value) && !isIdAlone(value)) others.push([name, value]);
    }
  }
  for (const [name, value] of others) add(name, value);
  return left < MAX_SAID ? said : undefined;
}

/** What people write: it may have stood under `message`, and says nothing of the call. */
const TEXTS = ['title', 'description', 'body'];

/** What of it the row doesn't show. */
export function unknownIn(said: JsonObject, { schema, own }: Form, row: object): JsonObject | undefined {
  const { id, title } = row as JsonObject;
  // Without either it may be no row, and what was read as a field of one is all that is said.
  if ('id' in schema.fields && id === undefined && title === undefined) return said;
  const texts = TEXTS.map((field) => (row as JsonObject)[field]);
  const unknown = Object.entries(said).filter(([name, value]) => {
    if (typeof value === 'string' && texts.includes(value)) return false;
    if (!(name in schema.fields) && !own.includes(name)) return true;
    // What stands around the row has a state of its own.
    const alone = { [name]: value };
    return deniesNew(alone) || deniesDeed(alone) || (STATUS_WORDS.includes(name) && hasRemark(alone));
  });
  return unknown.length > 0 ? Object.fromEntries(unknown) : undefined;
}
