/** What a client is made with, what each call of it is given, and what is told of them. */
import type { Effect } from '../../base/effect.ts';
import type { Failure } from '../../base/failure.ts';
import type { Http, HttpResponse } from '../http/http.ts';
import type { LargePlace } from '../http/large-answers.ts';
import type { RouteName, RouteTable } from '../routes/routes.ts';
import type { Difference, FieldNames } from '../schema-kit/reading.ts';
import type { ServerClock } from './clock.ts';
import type { RateLimiter } from './rate-limiter.ts';

export interface CallOptions {
  /** What kind of action the caller is; a `read` can't reach a route that writes. */
  effect: Effect;
  /** Closes the socket at once. */
  signal?: AbortSignal;
  /** Nothing more leaves, but what is on the wire may still be answered; `signal` by default. */
  leaving?: AbortSignal;
  /** On the clock of `performance.now()`: the call has ended by then, its retries included. */
  deadline: number;
  /** Waits for no budget: it is asked what is wrong. */
  isUrgent?: boolean;
  /** The most that one attempt may take, so that there is time for another. */
  attemptMs?: number;
  /** The call's own, which it leaves at its end; otherwise each request has one until its answer is read. */
  place?: LargePlace;
  /** Told before a write leaves. */
  onWrite?: () => void;
  /** Told, in a sentence, when the call waits for something. */
  onWait?: (sentence: string) => void;
  /** Told of every answer how it was read, also where it couldn't be. */
  onAnswer?: (report: AnswerReport) => void;
}

/** How one answer compares with the contract: for who wants to know what this Toado does differently. */
export interface AnswerReport {
  route: RouteName;
  status: number;
  headers: HttpResponse['headers'];
  ms: number;
  /** Empty where it came as the contract says. */
  differences: readonly Difference[];
  /** Why it could not be read, or what the API refused. */
  failure?: Failure | undefined;
}

export interface CallRecord {
  method: string;
  path: string;
  status: number | string;
  ms: number;
  attempt: number;
}

export interface ClientOptions {
  http: Http;
  /** The token of this moment. A call keeps the one it began with, so that its idempotency key stays the same one's. */
  token: () => string;
  rateLimiter: RateLimiter;
  clock: ServerClock;
  /** Whether the API answers a repeated Idempotency-Key with the first outcome. */
  hasIdempotencyKeys: () => boolean;
  /** Toado refused the token, or a scope of it: what is known of it may be old. */
  onRefused?: () => void;
  onCall?: ((record: CallRecord) => void) | undefined;
  /** What a person does where Toado doesn't accept the token any more; a sentence. */
  renewal?: string | undefined;
  /** The API's host, for failures that come from somewhere else. */
  host: string;
  /** The routes with a map's corrections; the contract's by default. */
  routes?: RouteTable;
  /** What a map calls fields. */
  fields?: FieldNames;
}
