import type { Database } from '../db/database.ts';

export type BudgetKind = 'read' | 'write';

/** What is left of a token's budget after a request drew on it. */
export interface Budget {
  /** Requests a minute. */
  limit: number;
  remaining: number;
  /** Whole seconds until one more request is allowed when none is; else until the budget is full again. */
  reset: number;
}

/** Whole requests only; the little that is added makes up for what fractions lose. */
const whole = (level: number) => Math.floor(level + 1e-6);

const refilled = 'min(?3, level + max(?4 - at, 0) * ?3 / 60000.0)';

/**
 * A bucket of `limit` requests that fills up evenly over a minute. It lives in the file and changes in one statement,
 * so processes that serve the same file share it.
 */
const drawOne = `
  INSERT INTO budgets (token_id, kind, level, at, granted) VALUES (?1, ?2, ?3 - 1, ?4, 1)
  ON CONFLICT (token_id, kind) DO UPDATE SET
    granted = ${refilled} >= 1 - 1e-6,
    level = iif(${refilled} >= 1 - 1e-6, max(${refilled} - 1, 0), ${refilled}),
    at = max(at, ?4)
  RETURNING level, granted`;

/** Draws one request of a token whose budget is `limit` a minute. Not granted: it must not be carried out. */
export function draw(
  db: Database,
  tokenId: string,
  kind: BudgetKind,
  limit: number,
): { budget: Budget; granted: boolean } {
  const row = db.write(() =>
    db.get<{ level: number; granted: number }>(drawOne, tokenId, kind, limit, Date.now()),
  )!;
  return { budget: budgetAt(row.level, limit), granted: row.granted === 1 };
}

/** What is left of a budget, without drawing on it. */
export function peek(db: Database, tokenId: string, kind: BudgetKind, limit: number): Budget {
  const row = db.get<{ level: number }>(
    `SELECT ${refilled} AS level FROM budgets WHERE token_id = ?1 AND kind = ?2`,
    tokenId,
    kind,
    limit,
    Date.now(),
  );
  return budgetAt(row?.level ?? limit, limit);
}

/** The headers that every authenticated answer carries. */
export function budgetHeaders(budget: Budget): Record<string, string> {
  return {
    'RateLimit-Limit': String(budget.limit),
    'RateLimit-Remaining': String(budget.remaining),
    'RateLimit-Reset': String(budget.reset),
  };
}

function budgetAt(level: number, limit: number): Budget {
  const remaining = whole(level);
  const missing = remaining === 0 ? 1 - level : limit - level;
  return { limit, remaining, reset: Math.ceil((missing * 60) / limit) };
}
