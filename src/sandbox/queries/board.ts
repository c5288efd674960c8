import type { Database } from '../db/database.ts';
import { spreadsOf } from '../db/rank-spreads.ts';
import { matchFor, ticketsWithWord } from '../db/search-index.ts';
import { ApiError } from '../model/errors.ts';
import { readCursor, writeCursor } from './cursor.ts';
import type { Json } from './json.ts';
import { type Page, pageOf } from './page.ts';
import { type SummaryRow, summaryColumns, type TicketSummary } from './ticket.ts';

export type Status = 'active' | 'archived' | 'all';

export interface BoardFilter {
  column_id?: string | undefined;
  status: Status;
  query?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

interface ColumnRow {
  id: string;
  name: string;
  position: number;
}

/** The same words as in the partial indexes, so that SQLite uses them. */
const shown: Record<Status, string> = {
  active: 't.archived_at IS NULL AND t.is_draft = 0',
  archived: 't.archived_at IS NOT NULL AND t.is_draft = 0',
  all: 't.is_draft = 0',
};

/** A project's columns in board order. */
export function columnsOf(db: Database, projectId: string): ColumnRow[] {
  return db.all<ColumnRow>(
    'SELECT id, name, position FROM columns WHERE project_id = ? ORDER BY position, id',
    projectId,
  );
}

/** Throws `column_not_found` unless the project has this column. */
export function requireColumn(db: Database, projectId: string, columnId: string): ColumnRow {
  const column = columnsOf(db, projectId).find(({ id }) => id === columnId);
  if (!column) throw new ApiError('column_not_found', 'This project has no column with this id.');
  return column;
}

/** Where a page ended: the last row's column and its place in it, as long as that isn't spread anew. */
type Place = [position: number, columnId: string, rank: string, seq: number, spreads: number];

/** A page of a project's tickets in board order: column by column, from the top. */
export function listTickets(db: Database, projectId: string, filter: BoardFilter): Page<Json<TicketSummary>> {
  const { column_id: columnId, status, query = '', limit, cursor } = filter;
  const columns =
    columnId === undefined ? columnsOf(db, projectId) : [requireColumn(db, projectId, columnId)];
  const list = ['board', projectId, columnId ?? null, status, query.trim()];
  const after = cursor === undefined ? undefined : asOfNow(db, readCursor(db, list, cursor) as Place);
  const rows = walkColumns(db, columns, { status, query, wanted: limit + 1, after });
  return pageOf(
    rows,
    limit,
    ({ json }) => json,
    ({ seq }) => writeCursor(db, list, placeOf(db, seq)),
  );
}

function placeOf(db: Database, ticketSeq: number): Place {
  const { position, id, rank, seq } = db.get<{ position: number; id: string; rank: string; seq: number }>(
    `SELECT c.position, c.id, t.rank, t.seq FROM tickets t JOIN columns c ON c.id = t.column_id WHERE t.seq = ?`,
    ticketSeq,
  )!;
  return [position, id, rank, seq, spreadsOf(db, id)];
}

/** A place in a column whose ranks were spread anew since is where its ticket is now. */
function asOfNow(db: Database, place: Place): Place {
  const [position, columnId, , seq, spreads = 0] = place;
  const now = spreadsOf(db, columnId);
  if (spreads === now) return place;
  const found = db.get<{ rank: string }>(
    'SELECT rank FROM tickets WHERE seq = ? AND column_id = ?',
    seq,
    columnId,
  );
  return found ? [position, columnId, found.rank, seq, now] : place;
}

/** Column after column, each straight out of its index, until there are enough. */
function walkColumns(
  db: Database,
  columns: ColumnRow[],
  {
    status,
    query,
    wanted,
    after,
  }: { status: Status; query: string; wanted: number; after: Place | undefined },
): SummaryRow[] {
  const match = matchFor(query);
  if (query.trim() !== '' && !match) return [];
  const words = match?.words ?? [];
  const matching = words.map(() => `AND +t.seq IN (${ticketsWithWord})`).join(' ');
  const [, columnId, rank, seq] = after ?? [];
  const rows: SummaryRow[] = [];
  for (const column of columns) {
    if (rows.length === wanted) break;
    if (after && isBefore(column, after)) continue;
    const [fromRank, fromSeq] = column.id === columnId ? [rank!, seq!] : ['', 0];
    rows.push(
      ...db.all<SummaryRow>(
        // The + keeps SQLite from walking the matches instead, and then having to sort them.
        `SELECT ${summaryColumns} FROM tickets t
         WHERE t.column_id = ? AND ${shown[status]} AND (t.rank, t.seq) > (?, ?) ${matching}
         ORDER BY t.rank, t.seq LIMIT ?`,
        column.id,
        fromRank,
        fromSeq,
        ...words,
        wanted - rows.length,
      ),
    );
  }
  return rows;
}

function isBefore(column: ColumnRow, [position, columnId]: Place): boolean {
  return column.position < position || (column.position === position && column.id < columnId);
}
