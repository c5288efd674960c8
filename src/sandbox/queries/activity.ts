import { projectsFor } from '../auth/permissions.ts';
import type { Database } from '../db/database.ts';
import type { Actor } from '../model/actor.ts';
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

/** Where the ticket lies now; what is said of it depends on that. */
export interface FoundEntry extends ActivityEntry {
  ticket_project_id: string | null;
}

interface ActivityRow extends AttributionRow {
  seq: number;
  action: string;
  project_id: string | null;
  ticket_id: string | null;
  ticket_title: string | null;
  ticket_project_id: string | null;
  detail: string;
}

const activityRows = `
  SELECT a.seq, a.action, a.project_id, a.ticket_id, t.title AS ticket_title,
    t.project_id AS ticket_project_id, a.detail, a.user_id,
    u.name AS user_name, a.token_id, a.token_label, a.via, a.at
  FROM activity a
  JOIN users u ON u.id = a.user_id
  LEFT JOIN tickets t ON t.id = a.ticket_id`;

export interface ActivityPage {
  limit: number;
  cursor?: string | undefined;
}

/** What a token did, newest first: everywhere, or in some companies. What is said of it is for `reader`. */
export function activityOfToken(
  db: Database,
  reader: Actor,
  tokenId: string,
  page: ActivityPage,
  companies?: string[],
): Page<ActivityEntry> {
  return newestFirst(db, reader, { column: 'a.token_id', id: tokenId, companies }, page);
}

/** What was done to a ticket, newest first. */
export function activityOfTicket(
  db: Database,
  reader: Actor,
  ticketId: string,
  page: ActivityPage,
): Page<ActivityEntry> {
  return newestFirst(db, reader, { column: 'a.ticket_id', id: ticketId }, page);
}

/** What was done since a row of the history, oldest first; `seenBy` says what of it a person gets to read. */
export function activityAfter(db: Database, seq: number): FoundEntry[] {
  return db.all<ActivityRow>(`${activityRows} WHERE a.seq > ? ORDER BY a.seq`, seq).map(toEntry);
}

/** Ids of the projects that somebody sees. */
export function visibleProjects(db: Database, reader: Actor): Set<string> {
  return new Set(projectsFor(db, reader).map(({ id }) => id));
}

/**
 * An entry without what lies in projects that the reader doesn't see: of one that was written there, nothing but that
 * something was done.
 */
export function seenBy({ ticket_project_id, ...entry }: FoundEntry, visible: Set<string>): ActivityEntry {
  const sees = (project: unknown) => typeof project === 'string' && visible.has(project);
  const { from, from_project_id } = entry.detail;
  const wasSeen = entry.project_id === null || sees(entry.project_id);
  const detail: Record<string, unknown> = wasSeen
    ? { ...entry.detail }
    : // What left a project is told to those who see that one.
      { ...('from_project_id' in entry.detail && { from, from_project_id }) };
  if (!sees(ticket_project_id)) delete detail.title;
  // Others run companies that the reader isn't in.
  if ('companies' in detail) detail.companies = 'some';
  if ('from_project_id' in detail && !sees(detail.from_project_id)) {
    delete detail.from;
    delete detail.from_project_id;
  }
  return { ...entry, detail, ticket_title: sees(ticket_project_id) ? entry.ticket_title : null };
}

export function lastActivitySeq(db: Database): number {
  return db.get<{ seq: number | null }>('SELECT max(seq) AS seq FROM activity')!.seq ?? 0;
}

function newestFirst(
  db: Database,
  reader: Actor,
  {
    column,
    id,
    companies,
  }: { column: 'a.token_id' | 'a.ticket_id'; id: string; companies?: string[] | undefined },
  { limit, cursor }: ActivityPage,
): Page<ActivityEntry> {
  const list = ['activity', column, id];
  const [before = Number.MAX_SAFE_INTEGER] = cursor === undefined ? [] : readCursor(db, list, cursor);
  const rows = db.all<ActivityRow>(
    `${activityRows} WHERE ${column} = ?1 AND a.seq < ?2 AND (?3 IS NULL OR a.project_id IN (
       SELECT id FROM projects WHERE company_id IN (SELECT value FROM json_each(?3))))
     ORDER BY a.seq DESC LIMIT ?4`,
    id,
    before,
    companies ? JSON.stringify(companies) : null,
    limit + 1,
  );
  const visible = visibleProjects(db, reader);
  return pageOf(
    rows,
    limit,
    (row) => seenBy(toEntry(row), visible),
    (last) => writeCursor(db, list, [last.seq]),
  );
}

function toEntry(row: ActivityRow): FoundEntry {
  return {
    seq: row.seq,
    action: row.action,
    by: toAttribution(row),
    project_id: row.project_id,
    ticket_id: row.ticket_id,
    ticket_title: row.ticket_title,
    ticket_project_id: row.ticket_project_id,
    detail: JSON.parse(row.detail),
  };
}

/** The last thing done to each of some tickets. */
export function latestOfTickets(db: Database, reader: Actor, ticketIds: string[]): ActivityEntry[] {
  const visible = visibleProjects(db, reader);
  return db
    .all<ActivityRow>(
      `${activityRows} WHERE a.seq IN (
         SELECT (SELECT max(seq) FROM activity WHERE ticket_id = wanted.value) FROM json_each(?) wanted)`,
      JSON.stringify(ticketIds),
    )
    .map((row) => seenBy(toEntry(row), visible));
}
