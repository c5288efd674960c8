/** People, and who did something when, with which token. */
import { isJsonObject, type JsonObject } from '../../base/json-object.ts';
import { type Read, text, time } from '../schema-kit/scalar-readers.ts';
import { objectSchema } from '../schema-kit/tolerant-schema.ts';
import { fromId, ID } from './common.ts';

/** Other names of a person's name. */
export const NAMES = ['full_name', 'display_name', 'username', 'login'];

/** A name in two parts. */
export function gatherName(data: JsonObject): void {
  if (data.name !== undefined) return;
  const parts = [data.first_name ?? data.firstName, data.last_name ?? data.lastName];
  if (parts.every((part) => typeof part === 'string')) data.name = parts.join(' ');
}

export const person = objectSchema(
  'person',
  { id: text, name: text },
  { also: { id: ['user_id', ...ID], name: NAMES }, gather: gatherName, from: fromId },
);

export const tokenMade = objectSchema(
  'token',
  { id: text, label: text },
  { also: { id: ['token_id', ...ID], label: ['token_label', 'name'] }, from: fromId },
);

export const attribution = objectSchema(
  'attribution',
  { user: person, token: tokenMade, via: text, at: time },
  {
    also: {
      user: ['author', 'by', 'owner', 'actor'],
      token: ['api_token'],
      via: ['source', 'client'],
      at: ['timestamp', 'time', 'date', 'created_at', 'updated_at'],
    },
    gather: (data) => flatToken(data),
  },
);

/** `token_id` and `token_label` beside the user stand for the token. */
function flatToken(data: JsonObject): void {
  const id = data.token_id ?? data.tokenId;
  const label = data.token_label ?? data.tokenLabel;
  if (data.token !== undefined || (id ?? label ?? undefined) === undefined) return;
  data.token = { id, label };
  for (const name of ['token_id', 'tokenId', 'token_label', 'tokenLabel']) delete data[name];
}

const WHO = {
  created: ['author', 'user', 'creator', 'reporter', 'created_by', 'createdBy'],
  updated: ['updated_by', 'updatedBy', 'editor'],
};
const FLAT_TOKEN = ['token', 'via', 'token_id', 'tokenId', 'token_label', 'tokenLabel'];

/** Where who and when stand beside the other fields instead of in one. */
export function gatherAttribution(data: JsonObject, field: 'created' | 'updated'): void {
  gather(data, field, false);
}

/** The same where there is no other attribution: also a time and a token beside it are its own. */
export function gatherOnlyAttribution(data: JsonObject): void {
  gather(data, 'created', true);
}

function gather(data: JsonObject, field: 'created' | 'updated', isOnly: boolean): void {
  const value = data[field];
  if (isJsonObject(value)) return;
  // `created` may be no more than a time.
  if (typeof value === 'string' || typeof value === 'number') {
    data[`${field}_at`] ??= value;
    delete data[field];
  }
  const who = WHO[field].find((name) => data[name] !== undefined && data[name] !== null);
  const at = [`${field}_at`, `${field}At`, ...(isOnly ? ['timestamp', 'at'] : [])].find(
    (name) => data[name] !== undefined,
  );
  if (!who && !(isOnly && at)) return;
  const made: JsonObject = { user: who && data[who], at: at && data[at] };
  if (who) delete data[who];
  if (isOnly) {
    if (at) delete data[at];
    for (const name of FLAT_TOKEN) {
      if (data[name] === undefined) continue;
      made[name] = data[name];
      delete data[name];
    }
  }
  data[field] = made;
}

export type Attribution = Read<typeof attribution>;
