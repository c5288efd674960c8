/**
 * What the token may do, as far as it is known. Nothing is offered on a guess: until Toado has said which scopes
 * the token has there are none. Keeps asking while Toado can't be reached or refuses the token.
 */
import { Failure } from '../base/failure.ts';
import { readScopes, type Scope } from '../base/scopes.ts';
import type { TokenInfo } from '../toado-api/schemas/index.ts';

export type GrantState =
  /** Not answered yet. */
  | { state: 'asking' }
  | {
      state: 'granted';
      info: TokenInfo;
      scopes: Scope[];
      unknownScopes: string[];
      /** Why Toado could not be asked again; absent when all this is fresh. */
      lastFailure?: Failure;
    }
  /** The settings have no token that could be asked about: nothing is sent. */
  | { state: 'misconfigured'; failure: Failure }
  /** Toado does not accept the token. */
  | { state: 'refused'; failure: Failure }
  /** Toado could not be asked, or its answer could not be understood. */
  | { state: 'unreachable'; failure: Failure };

export interface GrantOptions {
  /** Asks `GET /auth/token-info`; throws a Failure. */
  ask: () => Promise<TokenInfo>;
  /** After every change of what is known. */
  onChange: (now: GrantState, before: GrantState) => void;
  /** First pause before asking again, in milliseconds; it doubles up to the longest. */
  backoffMs?: number;
  longestBackoffMs?: number;
}

/** A call that finds the token refused asks again first, but not more often than this. */
const ASK_AGAIN_MS = 1_000;
/** How long the explanation of a refusal waits for what the token is limited to now. */
const EXPLAINED_WITHIN_MS = 2_000;

export class Grant {
  #now: GrantState = { state: 'asking' };
  readonly #options: Required<GrantOptions>;
  /** The question under way, which everybody joins who wants to know. */
  #asking?: Promise<GrantState> | undefined;
  /** Counts tokens: what was asked about an earlier one says nothing about this one. */
  #generation = 0;
  #askedAt = 0;
  #failures = 0;
  #timer?: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(options: GrantOptions) {
    this.#options = { backoffMs: 500, longestBackoffMs: 30_000, ...options };
  }

  get now(): GrantState {
    return this.#now;
  }

  /** Asks, or joins the question that is under way. Never throws: a failure is a state. */
  refresh(): Promise<GrantState> {
    if (this.#asking) return this.#asking;
    const asking = this.#ask().finally(() => {
      if (this.#asking === asking) this.#asking = undefined;
    });
    this.#asking = asking;
    return asking;
  }

  /** Another token: nothing is known of it until Toado has been asked about it. */
  forget(): void {
    this.#generation++;
    this.#asking = undefined;
    this.#failures = 0;
    this.#now = { state: 'asking' };
  }

  /** What is known after at most `ms`, for a list that has to be answered. */
  async untilKnown(ms: number, signal?: AbortSignal): Promise<GrantState> {
    // Without a token there is nothing to send: asking again only looks whether there is one now.
    if (this.#now.state !== 'asking' && this.#now.state !== 'misconfigured') return this.#now;
    await waitAtMost(this.refresh(), ms, signal);
    return this.#now;
  }

  /** The same for a call: where the token is not accepted, or Toado away, it asks again before it gives up. */
  async untilGranted(ms: number, signal?: AbortSignal): Promise<GrantState> {
    const began = performance.now();
    const { state } = await this.untilKnown(ms, signal);
    const now = performance.now();
    if (state !== 'granted' && now - this.#askedAt > ASK_AGAIN_MS)
      await waitAtMost(this.refresh(), ms - (now - began), signal);
    return this.#now;
  }

  /** Before a refusal is explained: an owner may have taken something out of the token's reach meanwhile. */
  async freshened(signal?: AbortSignal): Promise<void> {
    if (performance.now() - this.#askedAt > ASK_AGAIN_MS)
      await waitAtMost(this.refresh(), EXPLAINED_WITHIN_MS, signal);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #ask(): Promise<GrantState> {
    clearTimeout(this.#timer);
    let next: GrantState;
    // The question itself may find that the token was replaced.
    const asked = this.#options.ask();
    const generation = this.#generation;
    try {
      const info = await asked;
      const { granted, unknown } = readScopes(info.scopes);
      next = { state: 'granted', info, scopes: granted, unknownScopes: unknown };
    } catch (error) {
      next = this.#afterFailure(error);
    }
    // Answered for a token that has been replaced meanwhile.
    if (generation !== this.#generation) return this.refresh();
    this.#failures = next.state === 'granted' ? 0 : this.#failures + 1;
    this.#askedAt = performance.now();
    const before = this.#now;
    this.#now = next;
    if (!this.#stopped) {
      if (next.state !== 'granted') this.#askLater();
      this.#options.onChange(next, before);
    }
    return next;
  }

  #afterFailure(error: unknown): GrantState {
    const failure =
      error instanceof Failure
        ? error
        : new Failure('internal', 'The token could not be checked.', 'Start toado-mcp again.', {
            outcome: 'no_answer',
            cause: error,
          });
    if (failure.code === 'settings') return { state: 'misconfigured', failure };
    const { status } = failure.details;
    // What something in between answers says nothing of the token.
    if ((status === 401 || status === 403) && failure.code !== 'intercepted')
      return { state: 'refused', failure };
    // Known scopes stay known while Toado is away: the calls themselves say that it is.
    if (this.#now.state === 'granted') return { ...this.#now, lastFailure: failure };
    return { state: 'unreachable', failure };
  }

  #askLater(): void {
    const { backoffMs, longestBackoffMs } = this.#options;
    const pause = Math.min(longestBackoffMs, backoffMs * 2 ** Math.min(this.#failures - 1, 20));
    this.#timer = setTimeout(() => void this.refresh(), pause * (0.75 + Math.random() / 2));
    this.#timer.unref();
  }
}

async function waitAtMost(promise: Promise<unknown>, ms: number, signal?: AbortSignal): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let onAbort: (() => void) | undefined;
  await Promise.race([
    promise,
    new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
      onAbort = resolve;
      signal?.addEventListener('abort', onAbort, { once: true });
    }),
  ]);
  clearTimeout(timer);
  if (onAbort) signal?.removeEventListener('abort', onAbort);
}
