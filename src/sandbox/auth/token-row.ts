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
}

/** A restriction as it is stored. */
export function parseIds(json: string | null): string[] | null {
  return json === null ? null : JSON.parse(json);
}
