/**
 * Keeps within the budget that the API announces (`RateLimit-Limit`, `-Remaining`, `-Reset`), so that a burst is
 * spread out instead of running into 429. What other programs spend on the same token shows in the same headers,
 * so several servers on one token adapt to each other.
 */
import { Failure } from '../failure.ts';
import type { HttpAnswer } from './http.ts';

export type Budget = 'read' | 'write';

export interface BudgetState {
  limit?: number;
  remaining?: number;
  /** Seconds until the budget is renewed, as announced. */
  resetIn?: number;
}

export interface Turn {
  /** Milliseconds on the clock of `performance.now()`: no waiting beyond it. */
  deadline: number;
  signal?: AbortSignal;
  onWait?: (seconds: number) => void;
}

interface Waiter {
  go: () => void;
  stop: (failure: Failure) => void;
  deadline: number;
}

class Account {
  limit?: number;
  remaining?: number;
  resetAt = 0;
  inFlight = 0;
  waiting: Waiter[] = [];
  timer?: NodeJS.Timeout;

  /** How many requests may leave now. After the renewal one goes ahead and finds out how many may follow. */
  get free(): number {
    if (this.remaining === undefined) return Number.POSITIVE_INFINITY;
    const left = this.remaining - this.inFlight;
    if (left > 0) return left;
    return this.inFlight === 0 && performance.now() >= this.resetAt ? 1 : 0;
  }
}

export function rateLimited(seconds: number, budget?: Budget): Failure {
  return new Failure(
    'rate_limited',
    `The token's ${budget ? `${budget} ` : ''}budget for this minute is used up; the call was not carried out.`,
    `Wait ${seconds} s, then call again.`,
    { outcome: 'not_sent', status: 429, retryAfter: seconds },
  );
}

export class Pacer {
  readonly #accounts: Record<Budget, Account> = { read: new Account(), write: new Account() };

  /** Waits until a request on this budget may leave. The caller calls the returned function when it is answered. */
  async turn(budget: Budget, { deadline, signal, onWait }: Turn): Promise<(answer?: HttpAnswer) => void> {
    const account = this.#accounts[budget];
    if (account.waiting.length > 0 || account.free < 1) {
      const seconds = secondsUntil(account.resetAt);
      if (account.resetAt > deadline) throw rateLimited(seconds, budget);
      onWait?.(seconds);
      await this.#queue(account, budget, deadline, signal);
    } else {
      account.inFlight++;
    }
    return (answer) => {
      account.inFlight--;
      if (answer) this.#learn(account, answer);
      this.#release(account);
    };
  }

  /** What the token info says of a budget that no answer has drawn on yet. */
  assume(budget: Budget, limit: number | null | undefined): void {
    const account = this.#accounts[budget];
    if (typeof limit !== 'number' || account.limit === limit) return;
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
    account.resetAt = performance.now() + seconds * 1000;
  }

  /** Another token has other budgets. */
  forget(): void {
    for (const account of Object.values(this.#accounts)) {
      account.limit = undefined;
      account.remaining = undefined;
      account.resetAt = 0;
      this.#release(account);
    }
  }

  #queue(account: Account, budget: Budget, deadline: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        account.waiting = account.waiting.filter((one) => one !== waiter);
        signal?.removeEventListener('abort', onAbort);
      };
      const waiter: Waiter = {
        deadline,
        go: () => {
          account.inFlight++;
          leave();
          resolve();
        },
        stop: (failure) => {
          leave();
          reject(failure);
        },
      };
      const onAbort = () =>
        waiter.stop(
          new Failure('cancelled', 'The call was cancelled while it waited for its turn.', 'Call again.', {
            outcome: 'not_sent',
          }),
        );
      signal?.addEventListener('abort', onAbort, { once: true });
      account.waiting.push(waiter);
      this.#wake(account, budget);
    });
  }

  #learn(account: Account, { headers }: HttpAnswer): void {
    const limit = Number(headers['ratelimit-limit']);
    const remaining = Number(headers['ratelimit-remaining']);
    const reset = Number(headers['ratelimit-reset']);
    if (headers['ratelimit-limit'] && limit >= 0) account.limit = limit;
    if (!headers['ratelimit-remaining'] || !(remaining >= 0)) return;
    account.remaining = remaining;
    account.resetAt = performance.now() + (reset > 0 ? reset * 1000 : 1000);
  }

  /** Lets go as many as may go, in the order in which they came. */
  #release(account: Account): void {
    for (let free = account.free; free >= 1 && account.waiting.length > 0; free--) account.waiting[0]!.go();
    if (account.waiting.length > 0) this.#wake(account);
  }

  #wake(account: Account, budget?: Budget): void {
    clearTimeout(account.timer);
    const wait = Math.max(account.resetAt - performance.now(), 20);
    account.timer = setTimeout(() => {
      for (const waiter of account.waiting) {
        if (account.resetAt > waiter.deadline)
          waiter.stop(rateLimited(secondsUntil(account.resetAt), budget));
      }
      this.#release(account);
    }, wait);
  }
}

function secondsUntil(at: number): number {
  return Math.max(1, Math.ceil((at - performance.now()) / 1000));
}
