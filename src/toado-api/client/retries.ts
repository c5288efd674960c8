/** Which failures another attempt may mend, and what is known when it didn't. */
import { Failure } from '../../base/failure.ts';
import { isLasting } from '../http/network-errors.ts';

/**
 * Whether another attempt may fare better: no answer at all, an overloaded or broken gateway, an error inside Toado,
 * and for a write whatever leaves its outcome open. A redirect stays one, and so does a success.
 */
export function isTransient({ outcome, details: { status, cause } }: Failure): boolean {
  if (status === undefined) return !isLasting(cause);
  if (status >= 500) return true;
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
