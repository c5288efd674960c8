/**
 * One call of a route: its turn, its attempts, and its answer, read by the route's schema. A read may be sent again, and a
 * write that certainly was not carried out, or whose key Toado recognises.
 */
import { Failure } from '../../base/failure.ts';
import { pause } from '../../base/pause.ts';
import { rowsOfRefusal } from '../answers/read-bulk.ts';
import { readSuccess } from '../answers/read-success.ts';
import { failureOf, type RequestInfo } from '../errors/api-errors.ts';
import type { Budget } from '../errors/rate-limit.ts';
import type { HttpResponse } from '../http/http.ts';
import type { LargeAnswers, LargePlace } from '../http/large-answers.ts';
import { type PreparedRequest, prepare, type Route, type RouteName } from '../routes/routes.ts';
import { Reading } from '../schema-kit/reading.ts';
import type { EtagCache } from './etag-cache.ts';
import type { CallOptions, ClientOptions } from './options.ts';
import type { Answered } from './rate-limiter.ts';
import { isOverBudget, stillUnknown, waitBeforeRetry } from './retry-policy.ts';

/** What all calls of a client have in common. */
interface Shared extends Omit<ClientOptions, 'token'> {
  largeAnswers: LargeAnswers;
}

/** What a call keeps from its beginning to its end, however many routes it asks. */
interface Bound {
  options: CallOptions;
  token: string;
  cache: EtagCache;
  /** On the clock of `performance.now()`. */
  began: number;
}

export class RouteCall {
  readonly #shared: Shared;
  readonly #bound: Bound;
  readonly #name: RouteName;
  readonly #route: Route;
  readonly #request: PreparedRequest;
  readonly #requestInfo: RequestInfo;
  readonly #budget: Budget;
  readonly #key: string | undefined;
  /** A write that may have been carried out is not sent again by itself: it could undo what a person did since. */
  readonly #isRepeatable: boolean;
  readonly #place: LargePlace;
  /** Once one attempt may have happened, a later attempt's clear "no" says nothing about it any more. */
  #unknown: Failure | undefined;
  #refusals = 0;

  constructor(shared: Shared, bound: Bound, name: RouteName, route: Route, args: Record<string, unknown>) {
    const { isRead } = route;
    if (!isRead && bound.options.effect === 'read')
      throw new Error(`${route.method} ${route.path} from a tool that only reads`);
    this.#shared = shared;
    this.#bound = bound;
    this.#name = name;
    this.#route = route;
    this.#request = prepare(route, args);
    this.#requestInfo = {
      route,
      host: shared.host,
      renewal: shared.renewal,
      isNextPage: args.cursor !== undefined,
    };
    this.#budget = isRead ? 'read' : 'write';
    this.#key = isRead ? undefined : crypto.randomUUID();
    this.#isRepeatable = isRead || shared.hasIdempotencyKeys();
    this.#place = bound.options.place ?? shared.largeAnswers.place();
  }

  async run(): Promise<unknown> {
    const { options } = this.#bound;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#attempt(attempt);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        if (error.outcome === 'outcome_unknown') this.#unknown = error;
        if (isOverBudget(error)) this.#refusals++;
        const wait = this.#waitBefore(attempt, error);
        const unknown = this.#unknown;
        if (wait === undefined) throw unknown && error !== unknown ? stillUnknown(unknown, error) : error;
        this.#place.pass();
        await pause(wait, this.#leaving);
      } finally {
        if (!options.place) this.#place.leave();
      }
    }
  }

  get #leaving(): AbortSignal | undefined {
    const { signal, leaving = signal } = this.#bound.options;
    return leaving;
  }

  async #attempt(attempt: number): Promise<unknown> {
    const { options, cache } = this.#bound;
    const answered = await this.#shared.rateLimiter.turn(this.#budget, {
      deadline: options.deadline,
      signal: this.#leaving,
      isUrgent: options.isUrgent,
      onWait: (seconds) =>
        options.onWait?.(`Waiting up to ${seconds} s for the token's ${this.#budget} budget to be renewed`),
    });
    const started = performance.now();
    const cached = this.#route.method === 'GET' ? cache.get(this.#request.target) : undefined;
    const answer = await this.#send(attempt, started, cached?.etag, answered);
    return this.#read(answer.status === 304 && cached ? cached : answer, started);
  }

  async #send(
    attempt: number,
    started: number,
    etag: string | undefined,
    answered: Answered,
  ): Promise<HttpResponse> {
    const { http, clock, onCall } = this.#shared;
    const { options, token, began } = this.#bound;
    const { isRead } = this.#route;
    const { method, target, body } = this.#request;
    let answer: HttpResponse | undefined;
    let status: number | string = 'failed';
    let isSent = true;
    if (!isRead) options.onWrite?.();
    try {
      answer = await http.send({
        method,
        isRead,
        token,
        target,
        body,
        idempotencyKey: this.#key,
        etag,
        signal: options.signal,
        whenLarge: this.#place.enter,
        timeoutMs: Math.max(1, Math.min(options.deadline - started, options.attemptMs ?? Infinity)),
        attempt,
        callBegan: began,
      });
      status = answer.status;
      clock.learn(answer, started);
      return answer;
    } catch (error) {
      if (error instanceof Failure) {
        status = error.code;
        isSent = error.outcome !== 'not_sent';
      }
      throw error;
    } finally {
      answered(answer, isSent);
      onCall?.({
        method,
        path: target.replace(/\?.*/, ''),
        status,
        ms: Math.round(performance.now() - started),
        attempt,
      });
    }
  }

  async #read(answer: HttpResponse, started: number): Promise<unknown> {
    const { options, cache } = this.#bound;
    const { status, headers } = answer;
    const reading = new Reading(this.#shared.fields, options.onAnswer !== undefined, answer.text);
    const report = (failure?: Failure) =>
      options.onAnswer?.({
        route: this.#name,
        status,
        headers,
        ms: Math.round(performance.now() - started),
        differences: reading.differences,
        failure,
      });
    let value: unknown;
    try {
      if (status >= 200 && status < 300) {
        value = await readSuccess(answer, this.#requestInfo, this.#route.answer, reading, options.signal);
      } else {
        const failure = failureOf(answer, this.#requestInfo);
        value = rowsOfRefusal(answer, this.#route.answer, reading, failure);
        if (value === undefined) throw failure;
      }
    } catch (error) {
      if (error instanceof Failure) {
        report(error);
        this.#heed(error);
      }
      throw error;
    }
    report();
    const { etag } = headers;
    if (this.#route.method === 'GET' && typeof etag === 'string')
      await cache.set(this.#request.target, { ...answer, etag });
    return value;
  }

  /** What a refusal says to all calls. */
  #heed({ code, details: { status, retryAfter } }: Failure): void {
    if (status === 429) this.#shared.rateLimiter.exhausted(this.#budget, retryAfter ?? 1);
    if (code === 'unauthorized' || code === 'insufficient_scope') this.#shared.onRefused?.();
  }

  /** Milliseconds to wait before the next attempt; undefined where there is none. */
  #waitBefore(attempts: number, failure: Failure): number | undefined {
    const { options } = this.#bound;
    if (this.#leaving?.aborted || options.signal?.aborted) return undefined;
    const wait = waitBeforeRetry(failure, {
      failures: attempts - this.#refusals,
      refusals: this.#refusals,
      leftMs: options.deadline - performance.now(),
      isRepeatable: this.#isRepeatable,
    });
    const { status, retryAfter = 0 } = failure.details;
    if (wait !== undefined && status === 429 && retryAfter > 0)
      options.onWait?.(`Waiting ${retryAfter} s: Toado asked for it`);
    return wait;
  }
}
