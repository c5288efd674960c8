import { steadyMs } from '../db/clock.ts';
import type { Database } from '../db/database.ts';

export type BudgetKind = 'read' | 'write';

/** What is left of a token's budget. */
export interface Budget {
  /** Requests a minute. */
  limit: number;
  remaining: number;
  /** Whole seconds until the next place is free: until one more request may be made than now. */
  reset: number;
}

export interface Drawn {
  budget: Budget;
  granted: boolean;
}

const WINDOW_MS = 60_000;
/** What the clocks of two processors may differ by. */
const MAX_CLOCK_DIFFERENCE_MS = 1000;

/** A request that was granted: the how manieth of its token, and when. */
interface Numbered {
  n: number;
  at: number;
}

/** The requests of the last 60 seconds, as the first and the last of them; without any, `first` is after `last`. */
interface Window {
  now: number;
  first: Numbered;
  last: number;
}

/**
 * Draws one request of a token whose budget is `limit` a minute. Not granted: it must not be carried out. Every granted
 * request is a row with its time, and the rows of the last 60 seconds are counted, so that no 60 seconds have more of
 * them. They lie in a file and change in one transaction: processes that serve the same sandbox share them.
 */
export function draw(
  db: Database,
  tokenId: string,
  kind: BudgetKind,
  limit: number,
  { now: at }: { now?: number } = {},
): Drawn {
  const { requests } = db;
  return requests.write(() => {
    // Read while nobody else can draw: a moment before, another process may have drawn at a later time.
    const { now, first, last } = windowAt(db, tokenId, kind, at ?? steadyMs());
    requests.run('DELETE FROM requests WHERE token_id = ? AND kind = ? AND n < ?', tokenId, kind, first.n);
    const granted = last - first.n + 1 < limit;
    if (granted) {
      requests.run(
        'INSERT INTO requests (token_id, kind, n, at) VALUES (?, ?, ?, ?)',
        tokenId,
        kind,
        last + 1,
        now,
      );
      requests.run(
        'INSERT OR REPLACE INTO last_used (token_id, at) VALUES (?, ?)',
        tokenId,
        new Date().toISOString(),
      );
    }
    const after = { now, first, last: granted ? last + 1 : last };
    return { budget: budgetOf(db, tokenId, kind, limit, after), granted };
  });
}

/** What is left of a budget, without drawing on it. */
export function peek(
  db: Database,
  tokenId: string,
  kind: BudgetKind,
  limit: number,
  now = steadyMs(),
): Budget {
  return budgetOf(db, tokenId, kind, limit, windowAt(db, tokenId, kind, now));
}

function windowAt({ requests }: Database, tokenId: string, kind: BudgetKind, at: number): Window {
  const last = requests.get<Numbered>(
    'SELECT n, at FROM requests WHERE token_id = ? AND kind = ? ORDER BY n DESC LIMIT 1',
    tokenId,
    kind,
  ) ?? { n: 0, at: 0 };
  // A clock that went back belongs to another start of the machine: everything is long ago.
  if (last.at > at + MAX_CLOCK_DIFFERENCE_MS) {
    return { now: at, first: { n: last.n + 1, at }, last: last.n };
  }
  // Their times are in their order, too, whichever processor's clock they were read from.
  const now = Math.max(at, last.at);
  const first = requests.get<Numbered>(
    'SELECT n, at FROM requests WHERE token_id = ? AND kind = ? AND at > ? ORDER BY n LIMIT 1',
    tokenId,
    kind,
    now - WINDOW_MS,
  );
  return { now, first: first ?? { n: last.n + 1, at: now }, last: last.n };
}

function budgetOf(
  { requests }: Database,
  tokenId: string,
  kind: BudgetKind,
  limit: number,
  { now, first, last }: Window,
): Budget {
  const used = last - first.n + 1;
  // Where a limit was lowered, more than one has to go before the next place is free.
  const going =
    used > limit
      ? requests.get<Numbered>(
          'SELECT n, at FROM requests WHERE token_id = ? AND kind = ? AND n = ?',
          tokenId,
          kind,
          last - limit + 1,
        )!
      : first;
  const reset = used === 0 ? 0 : Math.max(1, Math.ceil((going.at + WINDOW_MS - now) / 1000));
  return { limit, remaining: Math.max(0, limit - used), reset };
}

/** When a token's last request was counted; null for one that made none. */
export function lastUsed({ requests }: Database, tokenId: string): string | null {
  return requests.get<{ at: string }>('SELECT at FROM last_used WHERE token_id = ?', tokenId)?.at ?? null;
}

/** As if none of the tokens had made any. */
export function forgetRequests({ requests }: Database): void {
  requests.write(() => {
    requests.run('DELETE FROM requests');
    requests.run('DELETE FROM last_used');
  });
}

/** The headers that every authenticated answer carries. */
export function budgetHeaders(budget: Budget): Record<string, string> {
  return {
    'RateLimit-Limit': String(budget.limit),
    'RateLimit-Remaining': String(budget.remaining),
    'RateLimit-Reset': String(budget.reset),
  };
}
