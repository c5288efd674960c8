import type { Database } from '../db/database.ts';
import { countSpread } from '../db/rank-spreads.ts';
import { evenRanks, MAX_RANK_LENGTH, rankBetween } from './rank-keys.ts';

/** The rank below everything in a column, the hidden (archived, drafts) included. */
export function bottomRank(db: Database, columnId: string): string {
  return shortRank(db, columnId, () => findBottom(db, columnId));
}

function findBottom(db: Database, columnId: string): string {
  const last = db.get<{ rank: string }>(
    'SELECT rank FROM tickets WHERE column_id = ? ORDER BY rank DESC LIMIT 1',
    columnId,
  );
  return rankBetween(last?.rank, undefined);
}

/**
 * The rank that puts a ticket at `position` (0 is the top) among the others that a board shows in this column; the
 * bottom when there are fewer.
 */
export function rankAt(db: Database, columnId: string, position: number, movingSeq: number): string {
  return shortRank(db, columnId, () => findRank(db, columnId, position, movingSeq));
}

function shortRank(db: Database, columnId: string, find: () => string): string {
  const rank = find();
  if (rank.length <= MAX_RANK_LENGTH) return rank;
  spreadAnew(db, columnId);
  return find();
}

function spreadAnew(db: Database, columnId: string): void {
  const tickets = db.all<{ seq: number }>(
    'SELECT seq FROM tickets WHERE column_id = ? ORDER BY rank, seq',
    columnId,
  );
  const ranks = evenRanks(tickets.length);
  for (const [at, { seq }] of tickets.entries()) {
    db.run('UPDATE tickets SET rank = ? WHERE seq = ?', ranks[at]!, seq);
  }
  countSpread(db, columnId);
}

function findRank(db: Database, columnId: string, position: number, movingSeq: number): string {
  if (position === 0) {
    const first = db.get<{ rank: string }>(
      'SELECT rank FROM tickets WHERE column_id = ? ORDER BY rank LIMIT 1',
      columnId,
    );
    return rankBetween(undefined, first?.rank);
  }
  const above = db.get<{ rank: string }>(
    `SELECT rank FROM tickets WHERE column_id = ? AND archived_at IS NULL AND is_draft = 0 AND seq <> ?
     ORDER BY rank, seq LIMIT 1 OFFSET ?`,
    columnId,
    movingSeq,
    position - 1,
  );
  if (!above) return findBottom(db, columnId);
  const below = db.get<{ rank: string }>(
    'SELECT rank FROM tickets WHERE column_id = ? AND rank > ? ORDER BY rank LIMIT 1',
    columnId,
    above.rank,
  );
  return rankBetween(above.rank, below?.rank);
}

interface Placed {
  seq: number;
  column_id: string;
  rank: string;
}

/** How many tickets a board shows above this one in its column. */
export function positionOf(db: Database, { column_id, rank, seq }: Placed): number {
  return db.get<{ above: number }>(
    `SELECT count(*) AS above FROM tickets WHERE column_id = ? AND archived_at IS NULL AND is_draft = 0
     AND (rank, seq) < (?, ?)`,
    column_id,
    rank,
    seq,
  )!.above;
}

/** Whether a board shows none below this one in its column. */
export function isLast(db: Database, { column_id, rank, seq }: Placed): boolean {
  const below = db.get(
    `SELECT 1 FROM tickets WHERE column_id = ? AND archived_at IS NULL AND is_draft = 0 AND (rank, seq) > (?, ?)
     LIMIT 1`,
    column_id,
    rank,
    seq,
  );
  return below === undefined;
}
