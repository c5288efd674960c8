/** What Toado says of the token. */
import { isJsonObject } from '../../base/json-object.ts';
import { readScopes, scopeOf } from '../../base/scopes.ts';
import {
  count,
  type Read,
  type Reader,
  readIf,
  reference,
  text,
  time,
} from '../schema-kit/scalar-readers.ts';
import { list, needed, objectSchema } from '../schema-kit/tolerant-schema.ts';
import { ID } from './common.ts';
import { person } from './people.ts';

/** Scopes as a list, or as one text with spaces or commas between. */
const scopeList: Reader<string[]> = (value, reading) => {
  if (typeof value !== 'string') return list(text)(value, reading);
  reading.note('', 'text instead of a list');
  return value.split(/[\s,]+/).filter(Boolean);
};

export const limits = objectSchema(
  'limits',
  { reads_per_minute: count, writes_per_minute: count },
  { also: { reads_per_minute: ['reads', 'read'], writes_per_minute: ['writes', 'write'] } },
);

export const tokenInfo = objectSchema(
  'token_info',
  {
    id: text,
    label: text,
    user: person,
    scopes: needed(scopeList),
    companies: list(reference),
    projects: list(reference),
    limits,
    expires_at: time,
    features: list(text),
  },
  {
    also: {
      id: ['token_id', ...ID],
      label: ['token_label', 'name'],
      user: ['owner', 'created_by'],
      scopes: ['scope', 'permissions'],
      companies: ['company_ids', 'company_filter'],
      projects: ['project_ids', 'project_filter'],
      limits: ['rate_limits', 'rate_limit'],
      expires_at: ['expires', 'expiry', 'exp'],
    },
  },
);

export type TokenInfo = Read<typeof tokenInfo>;

const SCOPE_LISTS = /^(token_?)?(scopes?|permissions)$/i;
/** A user or a company may hold lists of such names for other ends. */
const INSIDE = /^(data|result|payload|response|token|token_?info|api_?token|auth)$/i;
const MAX_DEPTH = 3;

/**
 * Where an answer holds several lists of scopes, what all of them grant: nothing more is offered than each allows.
 * To be called before the answer is read, which changes it.
 */
export function narrowestScopes(json: unknown): (info: TokenInfo) => void {
  const lists = scopeLists(json, 0);
  return (info) => {
    if (lists.length < 2) return;
    const each = [info.scopes, ...lists].map((list) => readScopes(list).granted);
    const common = each[0]!.filter((scope) => each.every((granted) => granted.includes(scope)));
    if (common.length < each[0]!.length) info.scopes = common;
  };
}

function scopeLists(value: unknown, depth: number): string[][] {
  if (!isJsonObject(value) || depth > MAX_DEPTH) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    if (INSIDE.test(name)) return scopeLists(inner, depth + 1);
    if (!SCOPE_LISTS.test(name)) return [];
    const list = readIf(scopeList, Array.isArray(inner) ? [...inner] : inner);
    // Permissions may be of another kind.
    return list && (/scope/i.test(name) || list.some(scopeOf)) ? [list] : [];
  });
}
