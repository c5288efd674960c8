import type { MiddlewareHandler } from 'hono';
import type { Pictures } from '../assets/pictures.ts';
import type { Database } from '../db/database.ts';
import type { Guide } from '../model/guide.ts';
import type { ChangeFeed } from '../queries/change-feed.ts';
import type { SeedToken } from '../seed/world/world.ts';
import type { Fault } from './faults.ts';

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
  /** The tokens that a new sandbox has, whose text is no secret. */
  readyTokens: SeedToken[];
  /** Whether there are pages, and the routes of the person at this machine. */
  pages: boolean;
  guide?: Guide | undefined;
  faults: readonly Fault[];
  around?: MiddlewareHandler | undefined;
}
