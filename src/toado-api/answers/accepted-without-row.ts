/**
 * A write that Toado accepted (2xx) without saying what became of the row: no body, `{ok: true}`, an id alone,
 * something unreadable. It is done and is never sent again; who wants to show the row has to read it. Thrown, so that
 * nobody can take it for the row.
 */
export class Accepted extends Error {
  override readonly name = 'Accepted';

  constructor(
    /** Undefined where it said something that can't be about this write: then only a look tells. */
    readonly status: number | undefined,
    /** Of the row, where that much was said. */
    readonly id?: string,
    /** It said more, which can't be read: it broke off, or is no JSON. */
    readonly isUnread = false,
    /** What else it said, as it stood there: to be shown, since it may say why nothing is to be seen yet. */
    readonly said?: Record<string, unknown>,
  ) {
    super(`accepted with HTTP ${status ?? '2xx'}`);
  }

  /** What to say where the row can't be read. */
  get sentence(): string {
    if (this.status === undefined)
      return 'Toado answered as if this was done, but did not show it, and a look did not tell: look before doing it again.';
    const more = this.isUnread
      ? 'what else it said can’t be read'
      : this.said
        ? 'said nothing of the row but what is under toado_answered'
        : 'said nothing more';
    return `Toado accepted it (HTTP ${this.status}) and ${more}.${this.later}`;
  }

  /** 202: accepted now, carried out in a moment. */
  get later(): string {
    return this.status === 202 ? ' It may take a moment until it shows.' : '';
  }
}
