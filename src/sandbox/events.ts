import type { Database } from './db/database.ts';
import { type ActivityEntry, activityAfter, lastActivitySeq } from './rows/activity.ts';

export type ChangeListener = (change: ActivityEntry) => void;

const pollMs = 200;

/**
 * Tells listeners of every write to the file, by whichever process, in order: it follows the rows of the history.
 * Writes of this process are told at once (`poke`), those of others are noticed within 200 ms. Without listeners it
 * does nothing.
 */
export class ChangeFeed {
  readonly #db: Database;
  readonly #listeners = new Set<{ projectId: string | undefined; listener: ChangeListener }>();
  #timer: NodeJS.Timeout | undefined;
  #seenSeq = 0;
  #seenVersion = 0;

  constructor(db: Database) {
    this.#db = db;
  }

  /**
   * Calls `listener` for each change from now on: of one project (a ticket that leaves it for another one counts), or
   * of everything. Returns how to stop that.
   */
  subscribe(listener: ChangeListener, projectId?: string): () => void {
    const entry = { projectId, listener };
    if (this.#listeners.size === 0) this.#start();
    this.#listeners.add(entry);
    return () => {
      this.#listeners.delete(entry);
      if (this.#listeners.size === 0) this.close();
    };
  }

  /** To be called after a write of this process was committed. */
  poke(): void {
    if (this.#listeners.size === 0) return;
    for (const change of activityAfter(this.#db, this.#seenSeq)) {
      this.#seenSeq = change.seq;
      for (const { projectId, listener } of [...this.#listeners]) {
        if (projectId === undefined || touches(change, projectId)) listener(change);
      }
    }
  }

  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #start(): void {
    this.#seenSeq = lastActivitySeq(this.#db);
    this.#seenVersion = this.#version();
    this.#timer = setInterval(() => this.#poll(), pollMs);
    this.#timer.unref();
  }

  #poll(): void {
    const version = this.#version();
    if (version === this.#seenVersion) return;
    this.#seenVersion = version;
    this.poke();
  }

  /** Changes when another connection commits. */
  #version(): number {
    return this.#db.get<{ data_version: number }>('PRAGMA data_version')!.data_version;
  }
}

function touches(change: ActivityEntry, projectId: string): boolean {
  return change.project_id === projectId || change.detail.from_project_id === projectId;
}
