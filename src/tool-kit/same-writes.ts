/**
 * Remembers which additions are under way or just ended, so that a look after a lost answer never takes another
 * call's comment or ticket for its own.
 */

/** Longer than a look reaches back before its call began. */
const REMEMBER_MS = 5_000;

interface Entry {
  running: number;
  /** How many of them may have happened, those under way included. */
  maybe: number;
  forget?: NodeJS.Timeout;
}

export interface Repeat {
  /** Whether no other call that may have happened asked for the same since shortly before this one began. */
  isAlone(): boolean;
  end(mayHaveHappened: boolean): void;
}

export class Repeats {
  readonly #entries = new Map<string, Entry>();

  begin(tool: string, input: unknown): Repeat {
    const key = JSON.stringify([tool, input]);
    const entry = this.#entries.get(key) ?? { running: 0, maybe: 0 };
    this.#entries.set(key, entry);
    clearTimeout(entry.forget);
    entry.running++;
    entry.maybe++;
    return {
      isAlone: () => entry.maybe === 1,
      end: (mayHaveHappened) => {
        entry.running--;
        if (!mayHaveHappened) entry.maybe--;
        if (entry.running > 0) return;
        entry.forget = setTimeout(() => this.#entries.delete(key), REMEMBER_MS).unref();
      },
    };
  }
}
