/**
 * Answers of many megabytes are read and gone through one at a time: each takes a multiple of its size in memory, and
 * several at once would only be later all of them. What is read of an answer until it turns out large is kept; the rest
 * waits at its sender's.
 */

/** More than this is large: a busy ticket with its devtools is about 2 MB. */
export const LARGE_BYTES = 4 * 1024 * 1024;

/** What one call takes when it meets a large answer, and gives back when it has ended. */
export interface LargePlace {
  /** Resolves when no other call has one; at once for the call that has it already. */
  enter(): Promise<void>;
  readonly isWaiting: boolean;
  /** Also where it was never entered. */
  leave(): void;
}

export class LargeAnswers {
  #holder: LargePlace | undefined;
  readonly #waiting = new Map<LargePlace, () => void>();

  place(): LargePlace {
    const waiting = this.#waiting;
    const place: LargePlace = {
      enter: () => {
        this.#holder ??= place;
        if (this.#holder === place) return Promise.resolve();
        return new Promise((resolve) => {
          waiting.set(place, resolve);
        });
      },
      get isWaiting() {
        return waiting.has(place);
      },
      leave: () => {
        waiting.delete(place);
        if (this.#holder !== place) return;
        const [next] = waiting;
        this.#holder = next?.[0];
        if (!next) return;
        waiting.delete(next[0]);
        next[1]();
      },
    };
    return place;
  }
}
