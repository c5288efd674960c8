/** What an API says of its rate limits, and the failure where a budget is used up. */
import { Failure, type FailureDetails } from '../../base/failure.ts';
import type { HttpResponse } from '../http/http.ts';

export type Budget = 'read' | 'write';

/** More seconds than anybody announces: a point in time, in seconds since 1970 or in milliseconds. */
const A_TIME_S = 1e9;
const A_TIME_MS = 1e12;

export function rateLimited(
  seconds: number,
  budget?: Budget,
  more: Pick<FailureDetails, 'apiMessage' | 'requestId'> = {},
): Failure {
  return new Failure(
    'rate_limited',
    `The token's ${budget ? `${budget} ` : ''}budget for this minute is used up; the call was not carried out.`,
    `Wait ${seconds} s, then call again.`,
    { outcome: 'not_sent', status: 429, retryAfter: seconds, ...more },
  );
}

/** The names that APIs give to what the contract calls `RateLimit-…`. */
const HEADERS = {
  limit: ['ratelimit-limit', 'x-ratelimit-limit', 'x-rate-limit-limit'],
  remaining: ['ratelimit-remaining', 'x-ratelimit-remaining', 'x-rate-limit-remaining'],
  reset: ['ratelimit-reset', 'x-ratelimit-reset', 'x-rate-limit-reset'],
};

export function rateLimitHeader(
  headers: HttpResponse['headers'],
  what: keyof typeof HEADERS,
): number | undefined {
  for (const name of HEADERS[what]) {
    const text = headers[name];
    if (typeof text === 'string' && /^\d+$/.test(text)) return Number(text);
  }
  return undefined;
}

/** Seconds until the budget is renewed, where an answer says so. */
export function resetIn({ headers }: HttpResponse): number | undefined {
  const reset = rateLimitHeader(headers, 'reset');
  return reset === undefined ? undefined : Math.max(1, Math.ceil(secondsAnnounced(reset)));
}

/** A duration in seconds; some APIs say the point in time instead. */
export function secondsAnnounced(value: number): number {
  if (value >= A_TIME_MS) return Math.max(0, (value - Date.now()) / 1000);
  if (value >= A_TIME_S) return Math.max(0, value - Date.now() / 1000);
  return value;
}
