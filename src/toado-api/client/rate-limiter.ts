/**
 * Keeps within the budget that the API announces (`RateLimit-Limit`, `-Remaining`, `-Reset`), so that a burst is
 * spread out instead of running into 429. What other programs spend on the same token shows in the same headers,
 * so several servers on one token adapt to each other.
 */
import { Failure } from '../../base/failure.ts';
import { type Budget, rateLimited, rateLimitHeader, secondsAnnounced } from '../errors/rate-limit.ts';
import type { HttpResponse } from '../http/http.ts';

/** A longer `Retry-After`, or a longer wait for the budget's renewal, is told instead of waited for (contract §5). */
export const MAX_WAIT_S = 5;
/** However long it is announced to last: after this, one request goes ahead and finds out. */
const MAX_PAUSE_S = 120;
/** Where the budget is used up and nothing says for how long: one request goes ahead this often and finds out. */
const PROBE_MS = 1_000;

export interface BudgetState {
  limit?: number | undefined;
  remaining?: number | undefined;
  /** Seconds until the budget is renewed, as announced. */
  resetIn?: number;
}

export interface Turn {
  /** Milliseconds on the clock of `performance.now()`: no waiting beyond it. */
  deadline: number;
  signal?: AbortSignal | undefined;
  onWait?: (seconds: number) => void;
  /** Goes at once, whatever is left: who asks what is wrong must not wait for it to be over. */
  isUrgent?: boolean | undefined;
}

interface Waiter {
  go: () => void;
  stop: (failure: Failure) => void;
}

class Account {
  limit?: number;
  remaining?: number | undefined;
  resetAt = 0;
  inFlight = 0;
  waiting: Waiter[] = [];
  timer?: NodeJS.Timeout;
  /** When `remaining` was heard. Answers overtake each other: one to an earlier request may be older news. */
  heardAt = 0;

  constructor(readonly budget: Budget) {}

  /** How many requests may leave now. After the renewal one goes ahead and finds out how many may follow. */
  get free(): number {
    if (this.remaining === undefined) return Number.POSITIVE_INFINITY;
    const left = this.remaining - this.inFlight;
    if (left > 0) return left;
    return performance.now() >= this.resetAt ? 1 : 0;
  }

  take(): void {
    const isProbe = this.remaining !== undefined && this.remaining <= this.inFlight;
    if (isProbe) this.resetAt = performance.now() + PROBE_MS;
    this.inFlight++;
  }

  /** Seconds to the renewal, where the budget is used up and that is too long to wait for. */
  get tooLong(): number | undefined {
    if (this.remaining !== 0) return undefined;
    const seconds = secondsUntil(this.resetAt);
    return seconds > MAX_WAIT_S ? seconds : undefined;
  }
}

function cancelledInQueue(): Failure {
  return new Failure('cancelled', 'The call was cancelled while it waited for its turn.', 'Call again.', {
    outcome: 'not_sent',
  });
}

/** To be called when the request is over. @param isSent false where nothing of it had left. */
export type Answered = (answer?: HttpResponse, isSent?: boolean) => void;

export class RateLimiter {
  #accounts: Record<Budget, Account> = newAccounts();

  /** Waits until a request on this budget may leave. The caller calls the returned function when it is answered. */
  async turn(budget: Budget, { deadline, signal, onWait, isUrgent = false }: Turn): Promise<Answered> {
    const account = this.#accounts[budget];
    if (signal?.aborted) throw cancelledInQueue();
    if (isUrgent) {
      account.inFlight++;
    } else if (account.waiting.length > 0 || account.free < 1) {
      if (account.tooLong) throw rateLimited(account.tooLong, budget);
      onWait?.(secondsUntil(account.resetAt));
      await this.#queue(account, deadline, signal);
    } else {
      account.take();
    }
    const startedAt = performance.now();
    return (answer, isSent = true) => {
      account.inFlight--;
      if (answer) learn(account, answer, startedAt);
      // Nobody knows whether it was counted: it may have been.
      else if (isSent && account.remaining) account.remaining--;
      this.#release(account);
    };
  }

  /** What the token info says of a budget that no answer has drawn on yet. */
  assume(budget: Budget, limit: number | null | undefined): void {
    if (typeof limit !== 'number') return;
    const account = this.#accounts[budget];
    account.limit = limit;
    account.remaining ??= limit;
  }

  state(budget: Budget): BudgetState {
    const { limit, remaining, resetAt } = this.#accounts[budget];
    return { limit, remaining, ...(resetAt ? { resetIn: secondsUntil(resetAt) } : {}) };
  }

  /** The API said 429 after all: nothing leaves on this budget until then. */
  exhausted(budget: Budget, seconds: number): void {
    const account = this.#accounts[budget];
    account.remaining = 0;
    account.heardAt = performance.now();
    // Newer than whatever an earlier answer announced.
    account.resetAt = account.heardAt + withinReason(seconds) * 1000;
    this.#release(account);
  }

  /** Another token has other budgets: what is under way goes on drawing on the old ones. */
  forget(): void {
    const old = this.#accounts;
    this.#accounts = newAccounts();
    for (const account of Object.values(old)) {
      account.remaining = undefined;
      this.#release(account);
    }
  }

  #queue(account: Account, deadline: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        clearTimeout(expiry);
        account.waiting = account.waiting.filter((one) => one !== waiter);
        signal?.removeEventListener('abort', onAbort);
      };
      const waiter: Waiter = {
        go: () => {
          account.take();
          leave();
          resolve();
        },
        stop: (failure) => {
          leave();
          reject(failure);
        },
      };
      const onAbort = () => waiter.stop(cancelledInQueue());
      const expiry = setTimeout(
        () => waiter.stop(rateLimited(secondsUntil(account.resetAt), account.budget)),
        Math.max(0, deadline - performance.now()),
      );
      signal?.addEventListener('abort', onAbort, { once: true });
      account.waiting.push(waiter);
      this.#wakeLater(account);
    });
  }

  /** Lets go as many as may go, in the order in which they came; tells the others when the wait became too long. */
  #release(account: Account): void {
    for (let free = account.free; free >= 1 && account.waiting.length > 0; free--) account.waiting[0]!.go();
    const { tooLong } = account;
    if (tooLong) for (const waiter of account.waiting) waiter.stop(rateLimited(tooLong, account.budget));
    if (account.waiting.length > 0) this.#wakeLater(account);
    else clearTimeout(account.timer);
  }

  #wakeLater(account: Account): void {
    clearTimeout(account.timer);
    const wait = Math.max(account.resetAt - performance.now(), 20);
    account.timer = setTimeout(() => this.#release(account), wait);
  }
}

function newAccounts(): Record<Budget, Account> {
  return { read: new Account('read'), write: new Account('write') };
}

function learn(account: Account, { status, headers }: HttpResponse, startedAt: number): void {
  const limit = rateLimitHeader(headers, 'limit');
  const remaining = rateLimitHeader(headers, 'remaining');
  const reset = rateLimitHeader(headers, 'reset');
  if (limit !== undefined) account.limit = limit;
  if (remaining === undefined) {
    // An API that announces nothing: after a 429 and its wait, go on as before.
    if (status !== 429 && account.remaining === 0) account.remaining = undefined;
    return;
  }
  const isOlder = startedAt < account.heardAt;
  if (isOlder && account.remaining !== undefined && remaining >= account.remaining) return;
  account.remaining = remaining;
  account.heardAt = performance.now();
  account.resetAt = account.heardAt + Math.max(1, withinReason(reset ?? 1)) * 1000;
}

function withinReason(announced: number): number {
  return Math.min(MAX_PAUSE_S, secondsAnnounced(announced));
}

function secondsUntil(at: number): number {
  return Math.max(1, Math.ceil((at - performance.now()) / 1000));
}
