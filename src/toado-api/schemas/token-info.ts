/** What Toado says of the token. */
import { count, type Read, type Reader, reference, text, time } from '../scalar-readers.ts';
import { list, needed, objectSchema } from '../tolerant-schema.ts';
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
