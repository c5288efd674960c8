import type { HttpResponse } from '../http/http.ts';

/** `Date` headers tell whole seconds. */
const RESOLUTION_MS = 1_000;
/** A clock that seems to have jumped is believed after this many answers that agree, over this long. */
const AGREEING = 3;
const AGREEING_FOR_MS = 3_000;

/** Clocks that differ by more than this are not both right. */
const FAR_MS = 2_000;

/** By how much the API's clock can be ahead of ours, as one or several answers bound it. */
interface Bounds {
  low: number;
  high: number;
  count: number;
  /** When the first of them came, on our clock. */
  since: number;
}

/**
 * The API's clock, as the `Date` headers of fresh answers bound it, for comparing with the times in its rows. An answer
 * out of a cache says nothing, and one that contradicts what several have said is not believed.
 */
export class ServerClock {
  #known?: Bounds;
  /** What contradicts it, or what nothing has confirmed yet. */
  #other?: Bounds | undefined;
  #isDoubted = false;

  /** @param askedAt when the request left, on the clock of `performance.now()`. */
  learn({ headers, status }: Pick<HttpResponse, 'headers' | 'status'>, askedAt: number): void {
    const at = typeof headers.date === 'string' ? Date.parse(headers.date) : Number.NaN;
    if (!Number.isFinite(at) || status === 304 || isFromCache(headers)) return;
    const now = performance.now();
    const heard = { low: at - now, high: at + RESOLUTION_MS - askedAt, count: 1, since: now };
    if (!this.#known) {
      this.#known = heard;
      return;
    }
    const agreed = both(this.#known, heard);
    if (agreed) {
      this.#known = agreed;
      this.#isDoubted &&= agreed.count < AGREEING;
      return;
    }
    // One against one: neither is known to be right.
    if (this.#known.count < 2) this.#isDoubted = true;
    this.#other = (this.#other && both(this.#other, heard)) ?? heard;
    if (this.#other.count < AGREEING || now - this.#other.since < AGREEING_FOR_MS) return;
    this.#known = this.#other;
    this.#other = undefined;
    this.#isDoubted = false;
  }

  /** The earliest time on the API's clock that a moment on ours can have been; undefined where that isn't known. */
  earliest(at: number): number | undefined {
    return this.#known && !this.#isDoubted ? at + this.#known.low : undefined;
  }

  /** The latest time on the API's clock that a moment on ours can have been, and a little more: its machines differ a little. */
  #latest(at: number): number {
    return this.#known ? at + this.#known.high + RESOLUTION_MS : Number.NEGATIVE_INFINITY;
  }

  /**
   * Whether a time of the API's is not before a moment on our clock; undefined where nothing tells. What announces the
   * clock may be another machine than the one that writes the times, and steadily wrong: where it is far from our own
   * clock, only what both say counts. A time that is still to come was written by a clock that nothing is known of: such
   * a row can be as old as any.
   * @param span for how long the time stands, where it was told in whole seconds.
   */
  isSince(time: number, moment: number, span = 0): boolean | undefined {
    const earliest = this.earliest(moment);
    if (earliest === undefined || !Number.isFinite(time)) return undefined;
    const now = performance.now();
    const ours = Date.now() - now;
    const { low, high } = this.#known!;
    const isFar = ours < low - FAR_MS || ours > high + FAR_MS;
    if (time > Math.max(this.#latest(now), isFar ? now + ours + NARROWEST_MS : 0)) return undefined;
    const isSince = time + span >= earliest;
    if (!isFar) return isSince;
    return time + span + NARROWEST_MS >= moment + ours === isSince ? isSince : undefined;
  }

  /** Milliseconds by which the API's clock is ahead of ours, as well as is known. */
  get offsetMs(): number {
    if (!this.#known) return 0;
    const { low, high } = this.#known;
    return Math.round((low + high) / 2 + performance.now() - Date.now());
  }
}

/** The clocks' speeds differ a little, and a machine sleeps: bounds are never narrower than this. */
const NARROWEST_MS = 50;

function both(a: Bounds, b: Bounds): Bounds | undefined {
  const low = Math.max(a.low, b.low);
  const high = Math.min(a.high, b.high);
  if (low > high + NARROWEST_MS) return undefined;
  const middle = (low + high) / 2;
  return {
    low: Math.min(low, middle - NARROWEST_MS),
    high: Math.max(high, middle + NARROWEST_MS),
    count: a.count + b.count,
    since: Math.min(a.since, b.since),
  };
}

function isFromCache({ age, 'x-cache': cache }: HttpResponse['headers']): boolean {
  return (age !== undefined && Number(age) !== 0) || /\bhit\b/i.test(String(cache ?? ''));
}
