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

interface Count {
  used: number;
  next: number;
  last: number;
}

/**
 * Draws one request of a token whose budget is `limit` a minute. Not granted: it must not be carried out. Every granted
 * request is a row with its time, and the rows of the last 60 seconds are counted, so that no 60 seconds have more of
 * them. They lie in the file and change in one transaction: processes that serve the same file share them. `earlier`
 * are the times of requests that were granted while the file couldn't be written.
 */
export function draw(
  db: Database,
  tokenId: string,
  kind: BudgetKind,
  limit: number,
  { now: at, earlier = [] }: { now?: number; earlier?: readonly number[] } = {},
): Drawn {
  return db.write(() => {
    // Read while nobody else can draw: a moment before, another process may have drawn at a later time.
    const now = at ?? steadyMs();
    const count = countAt(db, tokenId, kind, now);
    let { used, next } = count;
    const granted = used + earlier.length < limit;
    for (const moment of granted ? [...earlier, now] : earlier) {
      db.run('INSERT INTO requests (token_id, kind, at, n) VALUES (?, ?, ?, ?)', tokenId, kind, moment, next);
      used += 1;
      next += 1;
    }
    db.run(
      `INSERT INTO budgets (token_id, kind, used, next, last) VALUES (?1, ?2, ?3, ?4, ?5)
       ON CONFLICT (token_id, kind) DO UPDATE SET used = ?3, next = ?4, last = ?5`,
      tokenId,
      kind,
      used,
      next,
      Math.max(now, count.last > now + MAX_CLOCK_DIFFERENCE_MS ? now : count.last),
    );
    if (granted) db.run('UPDATE tokens SET last_used_at = ? WHERE id = ?', new Date().toISOString(), tokenId);
    return { budget: budgetAt(db, tokenId, kind, limit, used, now), granted };
  });
}

/** How many requests of the last 60 seconds there are; older rows go. */
function countAt(db: Database, tokenId: string, kind: BudgetKind, now: number): Count {
  const found = db.get<Count>(
    'SELECT used, next, last FROM budgets WHERE token_id = ? AND kind = ?',
    tokenId,
    kind,
  ) ?? { used: 0, next: 0, last: 0 };
  // A clock that went back belongs to another start of the machine: everything is long ago.
  const oldest = found.last > now + MAX_CLOCK_DIFFERENCE_MS ? Number.MAX_VALUE : now - WINDOW_MS;
  const gone = db.run(
    'DELETE FROM requests WHERE token_id = ? AND kind = ? AND at <= ?',
    tokenId,
    kind,
    oldest,
  );
  return { ...found, used: found.used - gone };
}

/** What is left of a budget, without drawing on it. */
export function peek(
  db: Database,
  tokenId: string,
  kind: BudgetKind,
  limit: number,
  now = steadyMs(),
): Budget {
  const { used } = db.get<{ used: number }>(
    'SELECT count(*) AS used FROM requests WHERE token_id = ? AND kind = ? AND at > ? AND at <= ?',
    tokenId,
    kind,
    now - WINDOW_MS,
    now,
  )!;
  return budgetAt(db, tokenId, kind, limit, used, now);
}

function budgetAt(
  db: Database,
  tokenId: string,
  kind: BudgetKind,
  limit: number,
  used: number,
  now: number,
): Budget {
  // Where a limit was lowered, more than one has to go before the next place is free.
  const first = db.get<{ at: number }>(
    'SELECT at FROM requests WHERE token_id = ? AND kind = ? AND at > ? ORDER BY at, n LIMIT 1 OFFSET ?',
    tokenId,
    kind,
    now - WINDOW_MS,
    Math.max(0, used - limit),
  );
  return budgetOf(limit, used, first?.at, now);
}

function budgetOf(limit: number, used: number, firstAt: number | undefined, now: number): Budget {
  const reset = firstAt === undefined ? 0 : Math.max(1, Math.ceil((firstAt + WINDOW_MS - now) / 1000));
  return { limit, remaining: Math.max(0, limit - used), reset };
}

/** The headers that every authenticated answer carries. */
export function budgetHeaders(budget: Budget): Record<string, string> {
  return {
    'RateLimit-Limit': String(budget.limit),
    'RateLimit-Remaining': String(budget.remaining),
    'RateLimit-Reset': String(budget.reset),
  };
}

/**
 * Reads that were granted while the file couldn't be written (locked by another program, or the disk full): they go on,
 * are counted here, and are written with the next one that can be.
 */
export class UnwrittenReads {
  readonly #times = new Map<string, number[]>();

  /** As `draw`, from what the file says and what isn't written yet. */
  draw(db: Database, tokenId: string, limit: number, now = steadyMs()): Drawn {
    const times = this.of(tokenId, now);
    const written = db.all<{ at: number }>(
      'SELECT at FROM requests WHERE token_id = ? AND kind = ? AND at > ? AND at <= ? ORDER BY at',
      tokenId,
      'read',
      now - WINDOW_MS,
      now,
    );
    const granted = written.length + times.length < limit;
    if (granted) this.#times.set(tokenId, [...times, now]);
    const all = [...written.map(({ at }) => at), ...(granted ? [...times, now] : times)];
    return { budget: budgetOf(limit, all.length, all[Math.max(0, all.length - limit)], now), granted };
  }

  of(tokenId: string, now = steadyMs()): readonly number[] {
    return (this.#times.get(tokenId) ?? []).filter((at) => at > now - WINDOW_MS);
  }

  /** They are in the file now. */
  forget(tokenId: string): void {
    this.#times.delete(tokenId);
  }
}
