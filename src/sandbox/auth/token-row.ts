import type { Database } from '../db/database.ts';

/** A row of the view `token_holders`. */
export interface TokenRow {
  id: string;
  label: string;
  user_id: string;
  user_name: string;
  /** JSON, in the spelling they were granted in. */
  scopes: string;
  /** JSON; null is no restriction. */
  companies: string | null;
  projects: string | null;
  created_at: string;
  expires_at: string | null;
  revoked_at: string | null;
  reads_per_minute: number;
  writes_per_minute: number;
  /** How many companies it reaches. */
  reaches: number;
}

/**
 * `powerless`: its owner is a viewer, or no member any more, in all companies that it is for. `withdrawn`: it was
 * taken out of the companies that the reader runs.
 */
export type TokenState = 'live' | 'powerless' | 'expired' | 'revoked' | 'withdrawn';

export function stateOf(
  row: Pick<TokenRow, 'expires_at' | 'revoked_at' | 'reaches'>,
): Exclude<TokenState, 'withdrawn'> {
  if (row.revoked_at !== null) return 'revoked';
  if (row.expires_at !== null && row.expires_at <= new Date().toISOString()) return 'expired';
  return row.reaches > 0 ? 'live' : 'powerless';
}

/** Undefined for a token that isn't there. */
export function ownerOf(db: Database, id: string): string | undefined {
  return db.get<{ user_id: string }>('SELECT user_id FROM tokens WHERE id = ?', id)?.user_id;
}

/** A restriction as it is stored. */
export function parseIds(json: string | null): string[] | null {
  return json === null ? null : JSON.parse(json);
}
