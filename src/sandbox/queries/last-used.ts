import { MAX_CLOCK_DIFFERENCE_MS, steadyMs } from '../db/clock.ts';
import type { Database } from '../db/database.ts';

/** When a token made its last request, as far as it is known: else when it wrote last, or was used before requests were counted apart; null for neither. */
export function lastUsed(db: Database, tokenId: string): string | null {
  // By the clock that doesn't jump, which of them was the last; what is later than now was before the machine started.
  const last = db.requests.get<{ used_at: number }>(
    'SELECT used_at FROM requests WHERE token_id = ? ORDER BY at > ?, at DESC, used_at DESC, n DESC LIMIT 1',
    tokenId,
    steadyMs() + MAX_CLOCK_DIFFERENCE_MS,
  );
  if (last) return new Date(last.used_at).toISOString();
  const before = db.get<{ at: string | null }>(
    `SELECT max(at) AS at FROM (
      SELECT at FROM used_before WHERE token_id = ?1
      UNION ALL SELECT * FROM (SELECT at FROM activity WHERE token_id = ?1 ORDER BY seq DESC LIMIT 1))`,
    tokenId,
  );
  return before?.at ?? null;
}
