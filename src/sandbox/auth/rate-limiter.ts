import { MAX_CLOCK_DIFFERENCE_MS, steadyMs } from '../db/clock.ts';
import type { Database } from '../db/database.ts';
import { isBusy } from '../db/storage-errors.ts';

export type BudgetKind = 'read' | 'write';

/** What is left of a token's budget. */
export interface Budget {
  /** Requests a minute. */
  limit: number;
  remaining: number;
  /** Whole seconds until the next place is free: until one more request may be made than now. */
  reset: number;
}

export interface Consumed {
  budget: Budget;
  granted: boolean;
}

const WINDOW_MS = 60_000;

/** The requests of the last 60 seconds, by their numbers; without any, `first` is the one after `last`. */
interface Window {
  now: number;
  first: number;
  /** When the first one was. */
  firstAt: number;
  last: number;
  /** Whether there are older ones. */
  hasOlder: boolean;
}

/**
 * Takes one request from the budget of a token whose budget is `limit` a minute. Not granted: it must not be carried out. Every granted
 * request is a row with its time, and the rows of the last 60 seconds are counted, so that no 60 seconds have more of
 * them. They lie in a file and change in one transaction: processes that serve the same sandbox share them.
 */
export function consume(
  db: Database,
  tokenId: string,
  kind: BudgetKind,
  limit: number,
  { now: at }: { now?: number } = {},
): Consumed {
  const { requests } = db;
  const consumed = requests.write((): Consumed => {
    insertUncounted(db);
    // Read while nobody else can: a moment before, another process may have taken one at a later time.
    const window = windowAt(db, tokenId, kind, at ?? steadyMs());
    const { now, first, last, hasOlder } = window;
    if (last - first + 1 >= limit)
      return { budget: budgetOf(db, tokenId, kind, limit, window), granted: false };
    insert(db, [tokenId, kind, last + 1, now, Date.now()]);
    if (hasOlder) {
      requests.run('DELETE FROM requests WHERE token_id = ? AND kind = ? AND n < ?', tokenId, kind, first);
    }
    return { budget: budgetOf(db, tokenId, kind, limit, { ...window, last: last + 1 }), granted: true };
  });
  uncounted.delete(db);
  return consumed;
}

/** Reads that were granted while another program had locked the file that counts them: by token, when each was. */
const uncounted = new WeakMap<Database, Map<string, number[]>>();

/**
 * `consume` for a read while the file is locked. Nobody who reads waits for the counting: this process counts by itself,
 * on top of what the file had, and puts the reads down with the first request that can be. Meanwhile other processes
 * that serve the same sandbox don't see them.
 */
export function consumeUncounted(db: Database, tokenId: string, limit: number): Consumed {
  const at = steadyMs();
  const window = windowIfReadable(db, tokenId, at);
  const byToken = uncounted.get(db) ?? new Map<string, number[]>();
  uncounted.set(db, byToken);
  const own = (byToken.get(tokenId) ?? []).filter((one) => one > at - WINDOW_MS);
  const counted = window.last - window.first + 1;
  const granted = counted + own.length < limit;
  if (granted) own.push(at);
  byToken.set(tokenId, own);
  const firstAt = counted > 0 ? window.firstAt : (own[0] ?? at);
  return {
    granted,
    budget: {
      limit,
      remaining: Math.max(0, limit - counted - own.length),
      reset: secondsUntilGone(firstAt, at),
    },
  };
}

function windowIfReadable(db: Database, tokenId: string, at: number): Window {
  try {
    return windowAt(db, tokenId, 'read', at);
  } catch (error) {
    if (!isBusy(error)) throw error;
    return { now: at, first: 1, firstAt: at, last: 0, hasOlder: false };
  }
}

/** Inside of a `write`: puts down what was granted without. */
function insertUncounted(db: Database): void {
  const byToken = uncounted.get(db);
  if (!byToken) return;
  const usedAt = Date.now() - steadyMs();
  for (const [tokenId, times] of byToken) {
    for (const at of times) {
      const { now, last } = windowAt(db, tokenId, 'read', at);
      insert(db, [tokenId, 'read', last + 1, now, usedAt + at]);
    }
  }
}

/** At a stop nobody waits long for another program to release the file. */
const MAX_STOP_WAIT_MS = 500;

/** Puts down what was granted without the file, before it is closed. Where it is still locked, that much is forgotten. */
export async function putDownUncounted(db: Database): Promise<void> {
  if (!uncounted.has(db)) return;
  const { requests } = db;
  try {
    await requests.whenFree(() => requests.write(() => insertUncounted(db)), MAX_STOP_WAIT_MS);
    uncounted.delete(db);
  } catch {
    // A minute's counts are worth no failed stop.
  }
}

function insert(
  { requests }: Database,
  row: [tokenId: string, BudgetKind, n: number, at: number, usedAt: number],
) {
  requests.run('INSERT INTO requests (token_id, kind, n, at, used_at) VALUES (?, ?, ?, ?, ?)', ...row);
}

/** What is left of a budget, without taking from it. */
export function currentBudget(
  db: Database,
  tokenId: string,
  kind: BudgetKind,
  limit: number,
  now = steadyMs(),
): Budget {
  return budgetOf(db, tokenId, kind, limit, windowAt(db, tokenId, kind, now));
}

interface Ends {
  first: number;
  firstAt: number;
  last: number;
  lastAt: number;
}

const ends = `
  SELECT first.n AS first, first.at AS firstAt, last.n AS last, last.at AS lastAt
  FROM (SELECT n, at FROM requests WHERE token_id = ?1 AND kind = ?2 ORDER BY n LIMIT 1) AS first,
    (SELECT n, at FROM requests WHERE token_id = ?1 AND kind = ?2 ORDER BY n DESC LIMIT 1) AS last`;

function windowAt({ requests }: Database, tokenId: string, kind: BudgetKind, at: number): Window {
  const found = requests.get<Ends>(ends, tokenId, kind);
  if (!found) return { now: at, first: 1, firstAt: at, last: 0, hasOlder: false };
  const { first, firstAt, last, lastAt } = found;
  // A clock that went back belongs to another start of the machine: everything is long ago.
  const isEarlierBoot = lastAt > at + MAX_CLOCK_DIFFERENCE_MS;
  // Their times are in their order, too, whichever processor's clock they were read from.
  const now = isEarlierBoot ? at : Math.max(at, lastAt);
  if (isEarlierBoot || lastAt <= now - WINDOW_MS) {
    return { now, first: last + 1, firstAt: now, last, hasOlder: true };
  }
  if (firstAt > now - WINDOW_MS) return { now, first, firstAt, last, hasOlder: false };
  const within = requests.get<{ n: number; at: number }>(
    'SELECT n, at FROM requests WHERE token_id = ? AND kind = ? AND at > ? ORDER BY n LIMIT 1',
    tokenId,
    kind,
    now - WINDOW_MS,
  )!;
  return { now, first: within.n, firstAt: within.at, last, hasOlder: true };
}

function budgetOf(
  { requests }: Database,
  tokenId: string,
  kind: BudgetKind,
  limit: number,
  { now, first, firstAt, last }: Window,
): Budget {
  const used = last - first + 1;
  // Where a limit was lowered, more than one has to go before the next place is free.
  const goesAt =
    used > limit
      ? requests.get<{ at: number }>(
          'SELECT at FROM requests WHERE token_id = ? AND kind = ? AND n = ?',
          tokenId,
          kind,
          last - limit + 1,
        )!.at
      : firstAt;
  const reset = used === 0 ? 0 : secondsUntilGone(goesAt, now);
  return { limit, remaining: Math.max(0, limit - used), reset };
}

/** Until the request of `at` no longer counts. Times are fractions: added to and taken from a minute they give 60.000…01. */
function secondsUntilGone(at: number, now: number): number {
  return Math.max(1, Math.ceil((WINDOW_MS - (now - at)) / 1000));
}

/** As if none of the tokens had made any. */
export function forgetRequests({ requests }: Database): void {
  requests.write(() => requests.run('DELETE FROM requests'));
}

/** The headers that every authenticated answer carries. */
export function budgetHeaders(budget: Budget): Record<string, string> {
  return {
    'RateLimit-Limit': String(budget.limit),
    'RateLimit-Remaining': String(budget.remaining),
    'RateLimit-Reset': String(budget.reset),
  };
}
