import { Failure } from './failure.ts';

const SLICE_MS = 12;

/**
 * Long work in slices: other calls, pings and the end of the client get their turn in between, and it stops with the
 * call that it is done for. In a loop: `if (slices.due) await slices.pause();`
 */
export class Slices {
  readonly #signal: AbortSignal | undefined;
  #began = performance.now();

  constructor(signal?: AbortSignal) {
    this.#signal = signal;
  }

  get due(): boolean {
    return performance.now() - this.#began > SLICE_MS;
  }

  async filter<Item>(items: readonly Item[], test: (item: Item) => boolean): Promise<Item[]> {
    const found: Item[] = [];
    for (const item of items) {
      if (this.due) await this.pause();
      if (test(item)) found.push(item);
    }
    return found;
  }

  /** @throws Failure `cancelled` */
  async pause(): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve));
    if (this.#signal?.aborted)
      throw new Failure('cancelled', 'The call was cancelled.', 'Call again if it is still wanted.', {
        outcome: 'no_answer',
      });
    this.#began = performance.now();
  }
}
