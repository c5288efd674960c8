/**
 * What became of the request, so that the caller knows whether calling again is safe.
 *
 * - `not_sent`: nothing left this machine, or the API said that it was not carried out.
 * - `rejected`: the API received it and said no.
 * - `outcome_unknown`: a write went out and no answer came back; it may have happened.
 * - `no_answer`: a read went out and no usable answer came back; nothing was changed.
 */
export type Outcome = 'not_sent' | 'rejected' | 'outcome_unknown' | 'no_answer';

export interface FailureDetails {
  outcome: Outcome;
  /** What holds whatever the reason is: in our own words, too. */
  besides?: string;
  /** HTTP status, where there was one. */
  status?: number;
  /** Seconds until it is worth trying again. */
  retryAfter?: number | undefined;
  /** The scope that was missing. */
  requiredScope?: string | undefined;
  /** What Toado said or has: written elsewhere, so only ever shown inside the fence. */
  apiMessage?: string | undefined;
  /** Under which Toado's support finds the request. */
  requestId?: string | undefined;
  /** What there is, under a title in our own words: names that people gave, so only ever shown inside the fence. */
  lists?: { title: string; text: string } | undefined;
  cause?: unknown;
}

/** An error as a value: a code, a sentence in our own words, and the next call or human step. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly outcome: Outcome;
  readonly details: FailureDetails;

  constructor(
    /** From the contract's table where the API said it; otherwise one of `unreachable`, `timeout`, `bad_answer`, … */
    readonly code: string,
    /** What happened and why. */
    readonly sentence: string,
    /** What the agent or the person can do about it. */
    readonly next: string,
    details: FailureDetails,
  ) {
    super(sentence, { cause: details.cause });
    this.outcome = details.outcome;
    this.details = details;
  }
}

/** Whether the token was refused, so that nothing was carried out. */
export function isTokenRefused(error: unknown): boolean {
  return error instanceof Failure && error.details.status === 401 && error.outcome !== 'outcome_unknown';
}

/** Arguments that can't be used: nothing was sent. */
export function invalidArguments(sentence: string, next: string): Failure {
  return new Failure('validation_error', sentence, next, { outcome: 'not_sent' });
}
