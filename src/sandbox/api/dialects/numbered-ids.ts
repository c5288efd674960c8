/** Ids as numbers: each gets the next one when it is first given out, and is known by it from then on. */
export class NumberedIds {
  readonly #numbers = new Map<string, number>();
  readonly #ids = new Map<string, string>();

  numberOf(id: string): number {
    const known = this.#numbers.get(id);
    if (known !== undefined) return known;
    const number = 1000 + this.#numbers.size;
    this.#numbers.set(id, number);
    this.#ids.set(String(number), id);
    return number;
  }

  /** What a caller wrote, as the sandbox knows it. */
  idOf(written: string): string {
    return this.#ids.get(written) ?? written;
  }
}
