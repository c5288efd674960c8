/**
 * The REST client: takes a call of the route table through its turn, its retries and its answer's schema.
 * A read may be sent again, and a write that certainly was not carried out, or whose key Toado recognises.
 */
import type { Effect } from '../../base/effect.ts';
import { Failure } from '../../base/failure.ts';
import { pause } from '../../base/pause.ts';
import { readSuccess } from '../answers/success.ts';
import { failureOf, type RequestInfo } from '../errors/api-errors.ts';
import type { Budget } from '../errors/rate-limit.ts';
import type { Http, HttpResponse } from '../http/http.ts';
import { LargeAnswers, type LargePlace } from '../http/large-answers.ts';
import type { ToadoApi } from '../routes/calls.ts';
import { prepare, type Route, type RouteName, type RouteTable, routes } from '../routes/routes.ts';
import { type Difference, type FieldNames, Reading } from '../schema-kit/reading.ts';
import type { ServerClock } from './clock.ts';
import { EtagCache } from './etag-cache.ts';
import { KnownNames } from './known-names.ts';
import { type BudgetState, MAX_WAIT_S, type Pacer } from './pace.ts';
import { inPages } from './pages.ts';
import { isTransient, stillUnknown } from './retries.ts';

const BACKOFF_MS = 250;
const MAX_ATTEMPTS = 5;
/** A read that met a 500 is tried once more: a second one means what it says. */
const MAX_INTERNAL_ERRORS = 2;
/** A 429 was not carried out, so it counts apart: mostly other programs spend the same budget. */
const MAX_REFUSALS = 20;

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
  pacer: Pacer;
  clock: ServerClock;
  /** Whether the API answers a repeated Idempotency-Key with the first outcome. */
  hasIdempotencyKeys: () => boolean;
  /** Toado refused the token, or a scope of it: what is known of it may be old. */
  onRefused?: () => void;
  onCall?: ((record: CallRecord) => void) | undefined;
  /** The API's host, for failures that come from somewhere else. */
  host: string;
  /** The routes with a map's corrections; the contract's by default. */
  routes?: RouteTable;
  /** What a map calls fields. */
  fields?: FieldNames;
}

export interface Client {
  /** The API as one call may use it. */
  for(options: CallOptions): ToadoApi;
  budget(of: Budget): BudgetState;
  /** For a call, which has to leave it. */
  place(): LargePlace;
  /** The names of what answers have shown so far. */
  names: KnownNames;
  /** Another token: nothing learned under the old one may serve it. */
  forget(): void;
  close(): Promise<void>;
}

export function createClient(options: ClientOptions): Client {
  const { http, token, pacer, clock, hasIdempotencyKeys, onRefused, onCall, host, fields } = options;
  const table = options.routes ?? routes;
  const names = new KnownNames();
  const largeAnswers = new LargeAnswers();
  /** One token's only: a call that began under another one keeps that one's. */
  let cache = new EtagCache();

  /** A list that the contract gives whole comes as an array, however many pages it has. */
  async function callInPages(
    name: RouteName,
    args: Record<string, unknown>,
    ...rest: [CallOptions, token: string, EtagCache, began: number]
  ): Promise<unknown> {
    const answer = await inPages(table[name], args, (route, more) => call(name, route, more, ...rest));
    if (Array.isArray(answer)) names.learn(name, answer);
    return answer;
  }

  async function call(
    name: RouteName,
    route: Route,
    args: Record<string, unknown>,
    options: CallOptions,
    token: string,
    cache: EtagCache,
    began: number,
  ): Promise<unknown> {
    const { signal, leaving = signal } = options;
    const { isRead } = route;
    const requestInfo: RequestInfo = { route, host, isNextPage: args.cursor !== undefined };
    if (!isRead && options.effect === 'read')
      throw new Error(`${route.method} ${route.path} from a tool that only reads`);
    const request = prepare(route, args);
    const budget: Budget = isRead ? 'read' : 'write';
    const key = isRead ? undefined : crypto.randomUUID();
    // A write that may have been carried out is not sent again by itself: it could undo what a person did since.
    const repeatable = isRead || hasIdempotencyKeys();
    // Once one attempt may have happened, a later attempt's clear "no" says nothing about it any more.
    let unknown: Failure | undefined;
    let refusals = 0;
    const place = options.place ?? largeAnswers.place();

    for (let attempt = 1; ; attempt++) {
      try {
        return await once();
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        if (error.outcome === 'outcome_unknown') unknown = error;
        if (error.details.status === 429) refusals++;
        const wait = waitBefore(attempt - refusals, error);
        if (wait === undefined) throw unknown && error !== unknown ? stillUnknown(unknown, error) : error;
        place.pass();
        await pause(wait, leaving);
      } finally {
        if (!options.place) place.leave();
      }

      async function once(): Promise<unknown> {
        const answered = await pacer.turn(budget, {
          deadline: options.deadline,
          signal: leaving,
          isUrgent: options.isUrgent,
          onWait: (seconds) =>
            options.onWait?.(`Waiting up to ${seconds} s for the token's ${budget} budget to be renewed`),
        });
        const started = performance.now();
        const cached = route.method === 'GET' ? cache.get(request.target) : undefined;
        let answer: HttpResponse | undefined;
        let status: number | string = 'failed';
        if (!isRead) options.onWrite?.();
        try {
          answer = await http.send({
            method: request.method,
            isRead,
            token,
            target: request.target,
            body: request.body,
            headers: {
              ...(key ? { 'idempotency-key': key } : {}),
              ...(cached ? { 'if-none-match': cached.etag } : {}),
            },
            signal,
            whenLarge: place.enter,
            timeoutMs: Math.max(1, Math.min(options.deadline - started, options.attemptMs ?? Infinity)),
            attempt,
            callBegan: began,
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
        if (answer.status === 304 && cached) answer = cached;
        const read = answer;
        const reading = new Reading(fields, options.onAnswer !== undefined);
        const report = (failure?: Failure) =>
          options.onAnswer?.({
            route: name,
            status: read.status,
            headers: read.headers,
            ms: Math.round(performance.now() - started),
            differences: reading.differences,
            failure,
          });
        let value: unknown;
        try {
          if (answer.status < 200 || answer.status > 299) throw failureOf(answer, requestInfo);
          value = await readSuccess(answer, requestInfo, route.answer, reading, signal);
        } catch (error) {
          if (error instanceof Failure) {
            report(error);
            heard(error);
          }
          throw error;
        }
        report();
        const { etag } = answer.headers;
        if (route.method === 'GET' && typeof etag === 'string')
          await cache.set(request.target, { ...answer, etag });
        return value;
      }

      function heard({ code, details: { status, retryAfter } }: Failure): void {
        if (status === 429) pacer.exhausted(budget, retryAfter ?? 1);
        if (code === 'unauthorized' || code === 'insufficient_scope') onRefused?.();
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
      if (failures >= (status === 500 ? MAX_INTERNAL_ERRORS : MAX_ATTEMPTS)) return undefined;
      if (!isTransient(failure) || (failure.outcome !== 'not_sent' && !repeatable)) return undefined;
      const backoff = Math.max(retryAfter * 1000, BACKOFF_MS * 2 ** (failures - 1) * (0.5 + Math.random()));
      return backoff + 500 < left ? backoff : undefined;
    }
  }

  /** A method for each route, made once: every call gets an API of its own. */
  class BoundApi {
    readonly began = performance.now();

    constructor(
      readonly options: CallOptions,
      readonly token: string,
      readonly cache: EtagCache,
    ) {}
  }
  for (const name of Object.keys(table) as RouteName[]) {
    Object.defineProperty(BoundApi.prototype, name, {
      value(this: BoundApi, args: Record<string, unknown>) {
        return callInPages(name, args, this.options, this.token, this.cache, this.began);
      },
    });
  }

  return {
    for: (options) => new BoundApi(options, token(), cache) as unknown as ToadoApi,
    budget: (of) => pacer.state(of),
    place: () => largeAnswers.place(),
    names,
    forget: () => {
      names.clear();
      cache = new EtagCache();
      pacer.forget();
    },
    close: () => http.close(),
  };
}
