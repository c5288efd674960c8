/** Which failures another attempt may mend, how many there are and after which pause, and what is known when none did. */
import { Failure } from '../../base/failure.ts';
import { isLasting } from '../http/network-errors.ts';
import { MAX_WAIT_S } from './rate-limiter.ts';

const BACKOFF_MS = 250;
const MAX_ATTEMPTS = 5;
/** A read that met a 500 is tried once more: a second one means what it says. */
const MAX_INTERNAL_ERRORS = 2;
/** Toado's 429 was not carried out, so it counts apart: mostly other programs spend the same budget. */
const MAX_REFUSALS = 20;
/** What an attempt needs to be worth its start. */
const ATTEMPT_MS = 500;

export interface Attempts {
  /** That failed, but for refusals. */
  failures: number;
  /** That Toado answered by 429. */
  refusals: number;
  /** Until the call's deadline. */
  leftMs: number;
  /** Whether a request that may have been carried out may be sent again. */
  isRepeatable: boolean;
}

/** Milliseconds until the next attempt; undefined where there is none. */
export function waitBeforeRetry(
  failure: Failure,
  { failures, refusals, leftMs, isRepeatable }: Attempts,
): number | undefined {
  if (failure.code === 'cancelled') return undefined;
  const { status, retryAfter = 0 } = failure.details;
  const askedMs = retryAfter * 1000;
  if (retryAfter > MAX_WAIT_S || askedMs > leftMs) return undefined;
  if (isOverBudget(failure)) {
    return refusals > MAX_REFUSALS ? undefined : Math.max(askedMs, BACKOFF_MS) + Math.random() * BACKOFF_MS;
  }
  if (failures >= (status === 500 ? MAX_INTERNAL_ERRORS : MAX_ATTEMPTS)) return undefined;
  if (!isTransient(failure)) return undefined;
  if (failure.outcome !== 'not_sent' && status !== 429 && !isRepeatable) return undefined;
  const backoff = Math.max(askedMs, BACKOFF_MS * 2 ** (failures - 1) * (0.5 + Math.random()));
  return backoff + ATTEMPT_MS < leftMs ? backoff : undefined;
}

/** Whether Toado itself says that the token's budget is used up. A gateway's 429 tells of nobody's budget. */
export function isOverBudget({ code, details }: Failure): boolean {
  return details.status === 429 && code !== 'intercepted';
}

/**
 * Whether another attempt may fare better: no answer at all, an overloaded or broken gateway or one that counts
 * requests, an error inside Toado, and for a write whatever leaves its outcome open. A redirect stays one, and so does a success.
 */
function isTransient({ outcome, details: { status, cause } }: Failure): boolean {
  if (status === undefined) return !isLasting(cause);
  if (status >= 500 || status === 429) return true;
  return outcome === 'outcome_unknown' && !(status >= 200 && status < 400);
}

export function stillUnknown(unknown: Failure, last: Failure): Failure {
  return new Failure(
    unknown.code,
    `${unknown.sentence} Trying again ended with ${last.code}, so whether the first attempt took effect is not known.`,
    unknown.next,
    { ...unknown.details, outcome: 'outcome_unknown', cause: last },
  );
}
