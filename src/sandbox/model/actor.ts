import type { Scope } from './scopes.ts';

export type Via = 'web' | 'api' | 'mcp';

/** Who acts: a token on its owner's behalf, or the person at the browser or terminal (then there is no token). */
export interface Actor {
  user: { id: string; name: string };
  token: { id: string; label: string } | null;
  via: Via;
  scopes: ReadonlySet<Scope>;
  /** Ids that the token is limited to; null is no limit. */
  companies: string[] | null;
  projects: string[] | null;
}
