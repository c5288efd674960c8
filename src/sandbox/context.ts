import type { Database } from './db/database.ts';
import type { ChangeFeed } from './events.ts';
import type { Pictures } from './pictures.ts';

/** What every part of a running sandbox shares. */
export interface Context {
  db: Database;
  changes: ChangeFeed;
  pictures: Pictures;
  /** The host it listens on. */
  host: string;
  /** What token-info announces. */
  features: readonly string[];
  /** How long a presigned asset address works. */
  assetTtlMs: number;
}
