/**
 * Which kinds of writes change a ticket's `updated_at`, as answered ones of this session have shown. Only of those does
 * an old time say that a lost one was not carried out: Toado may leave the time as it is when a ticket moves.
 */
import type { Arguments } from '../arguments/read-arguments.ts';

/** Times of more tickets are not remembered. */
const MAX_TICKETS = 1_000;

export class StampingWrites {
  readonly #kinds = new Set<string>();
  /** By ticket: the time that the last answer showed. */
  readonly #times = new Map<string, string>();

  /** A tool with certain fields: not all of them need change the time. */
  static kindOf(tool: string, input: Arguments): string {
    const fields = Object.keys(input).filter((field) => input[field] !== undefined);
    return [tool, ...fields.sort()].join(' ');
  }

  has(kind: string): boolean {
    return this.#kinds.has(kind);
  }

  /**
   * Such a write was answered with this row.
   * @param isSince whether its time is not older than the write.
   */
  answered(
    kind: string,
    { id, updated_at: at }: Record<string, unknown>,
    isSince: (at: string) => unknown,
  ): void {
    if (typeof id !== 'string' || typeof at !== 'string') return;
    // Another write of just before may have left it.
    if (this.#times.get(id) !== at && isSince(at) === true) this.#kinds.add(kind);
    this.#times.delete(id);
    this.#times.set(id, at);
    if (this.#times.size > MAX_TICKETS) this.#times.delete(this.#times.keys().next().value!);
  }
}
