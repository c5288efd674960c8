import type { HttpAnswer } from './http.ts';

/** The API's clock as its `Date` headers tell it (to the second), for comparing with the times in its answers. */
export class ServerClock {
  #offsetMs = 0;

  learn({ headers }: HttpAnswer): void {
    const at = typeof headers.date === 'string' ? Date.parse(headers.date) : Number.NaN;
    if (Number.isFinite(at)) this.#offsetMs = at - Date.now();
  }

  /** Milliseconds by which the API's clock is ahead of ours. */
  get offsetMs(): number {
    return this.#offsetMs;
  }

  now(): Date {
    return new Date(Date.now() + this.#offsetMs);
  }
}
