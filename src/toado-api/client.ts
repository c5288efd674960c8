/**
 * The REST client: takes a call of the route table through its turn, its retries and its answer's shape.
 * What may be sent again follows from one question: is a second time the same as once?
 */
import type { AbortLike } from '../base/abort.ts';
import { type Effect, isRepeatable } from '../base/effect.ts';
import { Failure } from '../base/failure.ts';
import type { ToadoApi } from './api.ts';
import { badAnswer, failureOf } from './api-errors.ts';
import type { ServerClock } from './clock.ts';
import { EtagCache } from './etag-cache.ts';
import type { Http, HttpAnswer } from './http.ts';
import { isLasting } from './network-errors.ts';
import { type Budget, type BudgetState, MAX_WAIT_S, type Pacer } from './pace.ts';
import { prepare, type Route, routes } from './routes.ts';
import { Misshapen, type Reader } from './schema.ts';

const BACKOFF_MS = 250;
const MAX_ATTEMPTS = 5;
/** A 429 was not carried out, so it counts apart: mostly other programs spend the same budget. */
const MAX_REFUSALS = 20;

export interface CallOptions {
  /** What kind of action the caller is; a `read` can't reach a route that writes. */
  effect: Effect;
  /** Closes the socket at once. */
  signal?: AbortLike;
  /** Nothing more leaves, but what is on the wire may still be answered; `signal` by default. */
  leaving?: AbortLike;
  /** On the clock of `performance.now()`: the call has ended by then, its retries included. */
  deadline: number;
  /** The most that one attempt may take, so that there is time for another. */
  attemptMs?: number;
  /** Told, in a sentence, when the call waits for something. */
  onWait?: (sentence: string) => void;
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
  pacer: Pacer;
  clock: ServerClock;
  /** Whether the API answers a repeated Idempotency-Key with the first outcome. */
  repeatsByKey: () => boolean;
  /** Toado refused the token, or a scope of it: what is known of it may be old. */
  onRefused?: () => void;
  onCall?: (record: CallRecord) => void;
}

export interface Client {
  /** The API as one call may use it. */
  for(options: CallOptions): ToadoApi;
  budget(of: Budget): BudgetState;
  /** Another token: nothing learned under the old one may serve it. */
  forget(): void;
  close(): Promise<void>;
}

export function createClient(options: ClientOptions): Client {
  const { http, token, pacer, clock, repeatsByKey, onRefused, onCall } = options;
  /** One token's only: a call that began under another one keeps that one's. */
  let cache = new EtagCache();

  async function call(
    route: Route,
    args: Record<string, unknown>,
    options: CallOptions,
    token: string,
    cache: EtagCache,
  ): Promise<unknown> {
    const { signal, leaving = signal } = options;
    const isRead = route.method === 'GET';
    if (!isRead && options.effect === 'read')
      throw new Error(`${route.method} ${route.path} from a tool that only reads`);
    const request = prepare(route, args);
    const budget: Budget = isRead ? 'read' : 'write';
    const key = isRead ? undefined : crypto.randomUUID();
    const repeatable = isRead || isRepeatable(options.effect) || repeatsByKey();
    // Once one attempt may have happened, a later attempt's clear "no" says nothing about it any more.
    let unknown: Failure | undefined;
    let refusals = 0;

    for (let attempt = 1; ; attempt++) {
      try {
        return await once();
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        if (error.outcome === 'outcome_unknown') unknown = error;
        if (error.details.status === 429) refusals++;
        const wait = waitBefore(attempt - refusals, error);
        if (wait === undefined) throw unknown && error !== unknown ? stillUnknown(unknown, error) : error;
        await pause(wait, leaving);
      }

      async function once(): Promise<unknown> {
        const answered = await pacer.turn(budget, {
          deadline: options.deadline,
          signal: leaving,
          onWait: (seconds) =>
            options.onWait?.(`Waiting up to ${seconds} s for the token's ${budget} budget to be renewed`),
        });
        const started = performance.now();
        const cached = isRead ? cache.get(request.target) : undefined;
        let answer: HttpAnswer | undefined;
        let status: number | string = 'failed';
        try {
          answer = await http.send({
            method: request.method,
            token,
            target: request.target,
            body: request.body,
            headers: {
              ...(key ? { 'idempotency-key': key } : {}),
              ...(cached ? { 'if-none-match': cached.etag } : {}),
            },
            signal,
            timeoutMs: Math.max(1, Math.min(options.deadline - started, options.attemptMs ?? Infinity)),
          });
          status = answer.status;
          clock.learn(answer, started);
        } catch (error) {
          if (error instanceof Failure) status = error.code;
          throw error;
        } finally {
          answered(answer);
          onCall?.({
            method: request.method,
            path: request.target.replace(/\?.*/, ''),
            status,
            ms: Math.round(performance.now() - started),
            attempt,
          });
        }
        if (answer.status === 304 && cached) return cached.answer;
        if (answer.status < 200 || answer.status > 299) {
          const failure = failureOf(answer, isRead);
          const { status, retryAfter } = failure.details;
          if (status === 429) pacer.exhausted(budget, retryAfter ?? 1);
          if (status === 401 || failure.code === 'insufficient_scope') onRefused?.();
          throw failure;
        }
        const value = read(answer, route.answer, isRead);
        const { etag } = answer.headers;
        if (isRead && typeof etag === 'string')
          cache.set(request.target, { etag, answer: value, bytes: answer.text.length });
        return value;
      }
    }

    /** Milliseconds to wait before the next attempt; undefined where there is none. */
    function waitBefore(failures: number, failure: Failure): number | undefined {
      if (leaving?.aborted || signal?.aborted || failure.code === 'cancelled') return undefined;
      const left = options.deadline - performance.now();
      const { status, retryAfter = 0 } = failure.details;
      if (retryAfter > MAX_WAIT_S || retryAfter * 1000 > left) return undefined;
      if (status === 429) {
        if (refusals > MAX_REFUSALS) return undefined;
        if (retryAfter > 0) options.onWait?.(`Waiting ${retryAfter} s: Toado asked for it`);
        return Math.max(retryAfter * 1000, BACKOFF_MS) + Math.random() * BACKOFF_MS;
      }
      if (failures >= MAX_ATTEMPTS) return undefined;
      if (!isTransient(failure) || (failure.outcome !== 'not_sent' && !repeatable)) return undefined;
      const backoff = Math.max(retryAfter * 1000, BACKOFF_MS * 2 ** (failures - 1) * (0.5 + Math.random()));
      return backoff + 500 < left ? backoff : undefined;
    }
  }

  /** A method for each route, made once: every call gets an API of its own. */
  class Bound {
    constructor(
      readonly options: CallOptions,
      readonly token: string,
      readonly cache: EtagCache,
    ) {}
  }
  for (const [name, route] of Object.entries(routes)) {
    Object.defineProperty(Bound.prototype, name, {
      value(this: Bound, args: Record<string, unknown>) {
        return call(route, args, this.options, this.token, this.cache);
      },
    });
  }

  return {
    for: (options) => new Bound(options, token(), cache) as unknown as ToadoApi,
    budget: (of) => pacer.state(of),
    forget: () => {
      cache = new EtagCache();
      pacer.forget();
    },
    close: () => http.close(),
  };
}

/**
 * Whether another attempt may fare better: no answer at all, an overloaded or broken gateway, and for a write
 * whatever leaves its outcome open. A redirect stays one.
 */
function isTransient({ outcome, details: { status, cause } }: Failure): boolean {
  if (status === undefined) return !isLasting(cause);
  if (status === 502 || status === 503 || status === 504) return true;
  return outcome === 'outcome_unknown' && !(status >= 300 && status < 400);
}

function read(answer: HttpAnswer, reader: Reader<unknown>, isRead: boolean): unknown {
  let json: unknown;
  try {
    json = JSON.parse(answer.text);
  } catch {
    throw badAnswer('it is not JSON', isRead, answer.status);
  }
  try {
    return reader(json);
  } catch (error) {
    if (!(error instanceof Misshapen)) throw error;
    const place = error.path.join('.') || 'the top';
    throw badAnswer(`its shape is not the one this version knows (at ${place})`, isRead, answer.status);
  }
}

function stillUnknown(unknown: Failure, last: Failure): Failure {
  return new Failure(
    unknown.code,
    `${unknown.sentence} Trying again ended with ${last.code}, so whether the first attempt took effect is not known.`,
    unknown.next,
    { ...unknown.details, outcome: 'outcome_unknown', cause: last },
  );
}

function pause(ms: number, signal?: AbortLike): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    if (signal?.aborted) end();
    else signal?.addEventListener('abort', end, { once: true });
  });
}
