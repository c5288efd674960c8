import type { Database } from './database.ts';

/** How often the ranks of a column were spread anew: a cursor from before names a rank that no longer holds. */
export function spreadsOf(db: Database, columnId: string): number {
  return Number(
    db.get<{ value: string }>('SELECT value FROM meta WHERE key = ?', keyOf(columnId))?.value ?? 0,
  );
}

export function countSpread(db: Database, columnId: string): void {
  db.run(
    'INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2',
    keyOf(columnId),
    String(spreadsOf(db, columnId) + 1),
  );
}

function keyOf(columnId: string): string {
  return `spreads.${columnId}`;
}
