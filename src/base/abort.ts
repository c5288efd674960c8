/**
 * AbortController and AbortSignal for what lives as long as one call. Node's own are among the dearest things that a
 * small call makes (docs/performance.md, Pieces); where one of them is needed, `realSignal` makes it.
 */

/** As much of an AbortSignal as is used here. AbortSignal is one. */
export interface AbortLike {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

class LeanSignal implements AbortLike {
  aborted = false;
  /** Few, and mostly one. */
  #listeners: (() => void)[] = [];

  addEventListener(_type: 'abort', listener: () => void): void {
    if (!this.#listeners.includes(listener)) this.#listeners.push(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    const at = this.#listeners.indexOf(listener);
    if (at >= 0) this.#listeners.splice(at, 1);
  }

  abort(): void {
    if (this.aborted) return;
    this.aborted = true;
    const listeners = this.#listeners;
    this.#listeners = [];
    for (const listener of listeners) listener();
  }
}

export class Aborter {
  readonly #signal = new LeanSignal();

  get signal(): AbortLike {
    return this.#signal;
  }

  /** Calls every listener, the first time. */
  abort(): void {
    this.#signal.abort();
  }
}

/** For what takes nothing else. */
export function realSignal(signal: AbortLike): AbortSignal {
  if (signal instanceof AbortSignal) return signal;
  const controller = new AbortController();
  if (signal.aborted) controller.abort();
  else signal.addEventListener('abort', () => controller.abort(), { once: true });
  return controller.signal;
}
