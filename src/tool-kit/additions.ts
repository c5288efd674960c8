/**
 * The additions of this session: which of them may have made a row that no answer has named, and which rows have been
 * named. A look after a lost answer never takes a row that another call has, and is unsure where two could have made it.
 */

/** A request that was lost can still be carried out for a while after its call has ended. */
const LATE_MS = 120_000;
/** Rows are remembered for longer than any look reaches back. */
const MAX_ROWS = 10_000;

export interface Addition {
  tool: string;
  /** With names looked up: what was sent. */
  input: unknown;
  /** On the clock of `performance.now()`. */
  began: number;
}

export class Additions {
  /** Under way, or ended without anybody's knowing whether it happened. */
  readonly #open = new Set<Addition>();
  readonly #rows = new Set<string>();

  begin(tool: string, input: unknown): Addition {
    const addition = { tool, input, began: performance.now() };
    this.#open.add(addition);
    return addition;
  }

  /** It made that row. */
  made(addition: Addition, row: string): void {
    this.#open.delete(addition);
    this.#rows.add(row);
    if (this.#rows.size > MAX_ROWS) this.#rows.delete(this.#rows.values().next().value!);
  }

  /** It made nothing. */
  failed(addition: Addition): void {
    this.#open.delete(addition);
  }

  /** It may have made a row, or may yet. */
  lost(addition: Addition): void {
    setTimeout(() => this.#open.delete(addition), LATE_MS).unref();
  }

  isTaken(row: string): boolean {
    return this.#rows.has(row);
  }

  /** Other calls that could have made what this one asked for. */
  others(addition: Addition, couldHaveMade: (input: unknown) => boolean): number {
    let count = 0;
    for (const one of this.#open) {
      if (one !== addition && one.tool === addition.tool && couldHaveMade(one.input)) count++;
    }
    return count;
  }
}
