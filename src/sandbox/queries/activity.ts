import type { Database } from '../db/database.ts';
import { type Attribution, type AttributionRow, toAttribution } from './attribution.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { type Page, pageOf } from './page.ts';

/** One write, as the history keeps it. */
export interface ActivityEntry {
  seq: number;
  action: string;
  by: Attribution;
  /** Null where it isn't about a ticket (a token that was made or revoked). */
  project_id: string | null;
  ticket_id: string | null;
  ticket_title: string | null;
  detail: Record<string, unknown>;
}

interface ActivityRow extends AttributionRow {
  seq: number;
  action: string;
  project_id: string | null;
  ticket_id: string | null;
  ticket_title: string | null;
  detail: string;
}

const activityRows = `
  SELECT a.seq, a.action, a.project_id, a.ticket_id, t.title AS ticket_title, a.detail, a.user_id,
    u.name AS user_name, a.token_id, a.token_label, a.via, a.at
  FROM activity a
  JOIN users u ON u.id = a.user_id
  LEFT JOIN tickets t ON t.id = a.ticket_id`;

export interface ActivityPage {
  limit: number;
  cursor?: string | undefined;
}

/** What a token did, newest first. */
export function activityOfToken(db: Database, tokenId: string, page: ActivityPage): Page<ActivityEntry> {
  return newestFirst(db, 'a.token_id', tokenId, page);
}

/** What was done to a ticket, newest first. */
export function activityOfTicket(db: Database, ticketId: string, page: ActivityPage): Page<ActivityEntry> {
  return newestFirst(db, 'a.ticket_id', ticketId, page);
}

/** What was done since a row of the history, oldest first. */
export function activityAfter(db: Database, seq: number): ActivityEntry[] {
  return db.all<ActivityRow>(`${activityRows} WHERE a.seq > ? ORDER BY a.seq`, seq).map(toEntry);
}

export function lastActivitySeq(db: Database): number {
  return db.get<{ seq: number | null }>('SELECT max(seq) AS seq FROM activity')!.seq ?? 0;
}

function newestFirst(
  db: Database,
  column: 'a.token_id' | 'a.ticket_id',
  id: string,
  { limit, cursor }: ActivityPage,
): Page<ActivityEntry> {
  const list = ['activity', column, id];
  const [before = Number.MAX_SAFE_INTEGER] = cursor === undefined ? [] : readCursor(db, list, cursor);
  const rows = db.all<ActivityRow>(
    `${activityRows} WHERE ${column} = ? AND a.seq < ? ORDER BY a.seq DESC LIMIT ?`,
    id,
    before,
    limit + 1,
  );
  return pageOf(rows, limit, toEntry, (last) => writeCursor(db, list, [last.seq]));
}

function toEntry(row: ActivityRow): ActivityEntry {
  return {
    seq: row.seq,
    action: row.action,
    by: toAttribution(row),
    project_id: row.project_id,
    ticket_id: row.ticket_id,
    ticket_title: row.ticket_title,
    detail: JSON.parse(row.detail),
  };
}

/** The last thing done to each of some tickets. */
export function latestOfTickets(db: Database, ticketIds: string[]): ActivityEntry[] {
  return db
    .all<ActivityRow>(
      `${activityRows} WHERE a.seq IN (
         SELECT (SELECT max(seq) FROM activity WHERE ticket_id = wanted.value) FROM json_each(?) wanted)`,
      JSON.stringify(ticketIds),
    )
    .map(toEntry);
}
