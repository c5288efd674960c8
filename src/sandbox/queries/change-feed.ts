import type { Database } from '../db/database.ts';
import { storageError } from '../db/storage-errors.ts';
import { activityAfter, type FoundEntry, lastActivitySeq } from './activity.ts';

export type ChangeListener = (change: FoundEntry) => void;

const POLL_MS = 200;

/**
 * Tells listeners of every write to the file, by whichever process, in order: it follows the rows of the history.
 * Writes of this process are told at once (`poke`), those of others are noticed within 200 ms. Without listeners it
 * does nothing.
 */
export class ChangeFeed {
  readonly #db: Database;
  readonly #listeners = new Set<ChangeListener>();
  #timer: NodeJS.Timeout | undefined;
  #seenSeq = 0;
  #seenVersion = 0;
  #telling = false;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Calls `listener`, another one each time, for each change from now on. Returns how to stop that. */
  subscribe(listener: ChangeListener): () => void {
    if (this.#listeners.size === 0) this.#start();
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.close();
    };
  }

  /** To be called after a write of this process was committed: it has happened, whether it can be told or not. */
  poke(): void {
    this.#unlessUnreadable(() => this.#tellUnseen());
  }

  #tellUnseen(): void {
    // A listener may write, which comes back here: its change is told after this one.
    if (this.#telling || this.#listeners.size === 0) return;
    this.#telling = true;
    try {
      for (let changes = this.#unseen(); changes.length > 0; changes = this.#unseen()) {
        for (const change of changes) this.#tell(change);
      }
    } finally {
      this.#telling = false;
    }
  }

  #unseen(): FoundEntry[] {
    return activityAfter(this.#db, this.#seenSeq);
  }

  #tell(change: FoundEntry): void {
    this.#seenSeq = change.seq;
    for (const listener of [...this.#listeners]) {
      try {
        listener(change);
      } catch (error) {
        // The write has happened: a listener's trouble is not the writer's.
        console.error('toado-mcp sandbox: a listener to changes failed:', error);
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
    this.#timer = setInterval(() => this.#poll(), POLL_MS);
    this.#timer.unref();
  }

  /** Whoever is told of changes; for seeing that nobody stays who has left. */
  get listeners(): number {
    return this.#listeners.size;
  }

  #poll(): void {
    this.#unlessUnreadable(() => {
      const version = this.#version();
      if (version === this.#seenVersion) return;
      this.#tellUnseen();
      this.#seenVersion = version;
    });
  }

  /**
   * Another program keeps even readers out for now, or the file is damaged, which whoever asks for something is told.
   * Once it can be read again, the changes are told from where this stopped.
   */
  #unlessUnreadable(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!storageError(error)) console.error('toado-mcp sandbox: changes can’t be read:', error);
    }
  }

  /** Changes when another connection commits. */
  #version(): number {
    return this.#db.get<{ data_version: number }>('PRAGMA data_version')!.data_version;
  }
}
