/**
 * The additions of this session: which of them may have made a row that no answer has named, and which rows have been
 * named. A look after a lost answer never takes a row that another call has, and is unsure where two could have made it.
 */

/** A request that was lost can still be carried out for a while after its call has ended. */
const LATE_MS = 120_000;
/** Rows are remembered for longer than any look reaches back. */
const MAX_ROWS = 10_000;

export interface PendingCreate {
  tool: string;
  /** With names looked up: what was sent. */
  input: unknown;
  /** On the clock of `performance.now()`. */
  began: number;
}

export class CreateTracker {
  /** Under way, or ended without anybody's knowing whether it happened. */
  readonly #open = new Set<PendingCreate>();
  readonly #rows = new Set<string>();

  begin(tool: string, input: unknown): PendingCreate {
    const pending = { tool, input, began: performance.now() };
    this.#open.add(pending);
    return pending;
  }

  /** It made that row. */
  made(pending: PendingCreate, row: string): void {
    this.#open.delete(pending);
    this.#rows.add(row);
    if (this.#rows.size > MAX_ROWS) this.#rows.delete(this.#rows.values().next().value!);
  }

  /** It made nothing. */
  failed(pending: PendingCreate): void {
    this.#open.delete(pending);
  }

  /** It may have made a row, or may yet. */
  lost(pending: PendingCreate): void {
    setTimeout(() => this.#open.delete(pending), LATE_MS).unref();
  }

  isTaken(row: string): boolean {
    return this.#rows.has(row);
  }

  /** Other calls that could have made what this one asked for. */
  others(pending: PendingCreate, couldHaveMade: (input: unknown) => boolean): number {
    let count = 0;
    for (const one of this.#open) {
      if (one !== pending && one.tool === pending.tool && couldHaveMade(one.input)) count++;
    }
    return count;
  }
}
