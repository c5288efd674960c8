import type { Database } from '../db/database.ts';
import type { Actor } from '../model/actor.ts';
import { ApiError } from '../model/errors.ts';
import { expandScopes } from '../model/scopes.ts';
import { hashToken } from './token-hash.ts';
import { parseIds, stateOf, type TokenRow } from './token-row.ts';

/** A live token, as every request looks it up anew: a revocation holds from the next request on. */
export interface Bearer {
  actor: Actor & { token: { id: string; label: string } };
  /** Scopes in the spelling they were granted in. */
  granted: string[];
  expiresAt: string | null;
  /** Requests a minute: the smallest that any company within the token's reach allows. */
  limits: { read: number; write: number };
}

/** Throws ApiError `unauthorized` unless the header carries a token that is known, not revoked and not expired. */
export function authenticate(db: Database, authorization: string | undefined, isMcp: boolean): Bearer {
  const text = authorization?.match(/^Bearer +(\S+)$/i)?.[1];
  if (!text) throw unauthorized('Send the token as `Authorization: Bearer tok_…`.');
  const row = db.get<TokenRow>('SELECT * FROM token_holders WHERE hash = ?', hashToken(text));
  if (!row) throw unauthorized('This token is not known here.');
  const state = stateOf(row);
  if (state !== 'live') throw unauthorized(whyRefused(state, row));
  const granted: string[] = JSON.parse(row.scopes);
  return {
    actor: {
      user: { id: row.user_id, name: row.user_name },
      token: { id: row.id, label: row.label },
      via: isMcp ? 'mcp' : 'api',
      scopes: expandScopes(granted),
      companies: parseIds(row.companies),
      projects: parseIds(row.projects),
    },
    granted,
    expiresAt: row.expires_at,
    limits: { read: row.reads_per_minute, write: row.writes_per_minute },
  };
}

function whyRefused(
  state: Exclude<ReturnType<typeof stateOf>, 'live'>,
  { user_name: owner }: TokenRow,
): string {
  if (state === 'revoked') return 'This token was revoked.';
  if (state === 'expired') return 'This token has expired.';
  return `This token reaches no company: ${owner} is a viewer, or no member any more, in those that it is for, and viewers hold no tokens.`;
}

function unauthorized(message: string): ApiError {
  return new ApiError('unauthorized', message, undefined, { 'WWW-Authenticate': 'Bearer' });
}
