/**
 * Answers of many megabytes are read and gone through one at a time: each takes a multiple of its size in memory, and
 * several at once would only be later all of them. What is read of an answer until it turns out large is kept; the rest
 * waits at its sender's.
 */

/** More than this is large: a busy ticket with its devtools is about 2 MB. */
export const LARGE_BYTES = 4 * 1024 * 1024;

/** Who waits longer than this goes ahead: an answer that drips must not cost the others theirs. */
const MAX_WAIT_MS = 8_000;

/** What one call takes when it meets a large answer, and gives back when it has ended. */
export interface LargePlace {
  /** Resolves when no other call has one, or has had it for long; at once for the call that has it already. */
  enter(): Promise<void>;
  /** Another call may have it while this one waits for something else. */
  pass(): void;
  /** Also where it was never entered. */
  leave(): void;
}

export class LargeAnswers {
  #holder: LargePlace | undefined;
  /** In the order in which they came; each with what it waits for. */
  readonly #waiting = new Map<LargePlace, () => void>();

  place(): LargePlace {
    const waiting = this.#waiting;
    let entering: Promise<void> | undefined;
    const pass = () => {
      if (this.#holder !== place) return;
      const [next] = waiting;
      this.#holder = next?.[0];
      next?.[1]();
    };
    const place: LargePlace = {
      enter: () => {
        this.#holder ??= place;
        if (this.#holder === place) return Promise.resolve();
        entering ??= new Promise((resolve) => {
          const go = () => {
            clearTimeout(timer);
            waiting.delete(place);
            entering = undefined;
            resolve();
          };
          const timer = setTimeout(go, MAX_WAIT_MS);
          waiting.set(place, go);
        });
        return entering;
      },
      pass,
      leave: () => {
        waiting.get(place)?.();
        pass();
      },
    };
    return place;
  }
}
