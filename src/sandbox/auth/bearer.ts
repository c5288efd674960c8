import type { Database } from '../db/database.ts';
import type { Actor } from '../model/actor.ts';
import { ApiError } from '../model/errors.ts';
import { expandScopes } from '../model/scopes.ts';
import { hashToken } from './token-hash.ts';
import { parseIds, type TokenRow } from './token-row.ts';

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
  if (row.revoked_at !== null) throw unauthorized('This token was revoked.');
  if (row.expires_at !== null && row.expires_at <= new Date().toISOString()) {
    throw unauthorized('This token has expired.');
  }
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

function unauthorized(message: string): ApiError {
  return new ApiError('unauthorized', message, undefined, { 'WWW-Authenticate': 'Bearer' });
}
