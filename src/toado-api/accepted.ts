/**
 * A write that Toado accepted (2xx) without saying what became of the row: no body, `{ok: true}`, an id alone,
 * something unreadable. It is done and is never sent again; who wants to show the row has to read it. Thrown, so that
 * nobody can take it for the row.
 */
export class Accepted extends Error {
  override readonly name = 'Accepted';

  constructor(
    readonly status: number,
    /** Of the row, where that much was said. */
    readonly id?: string,
  ) {
    super(`accepted with HTTP ${status}`);
  }

  /** What to say where the row can't be read. */
  get sentence(): string {
    return `Toado accepted it (HTTP ${this.status}) and said nothing more.${this.later}`;
  }

  /** 202: accepted now, carried out in a moment. */
  get later(): string {
    return this.status === 202 ? ' It may take a moment until it shows.' : '';
  }
}
