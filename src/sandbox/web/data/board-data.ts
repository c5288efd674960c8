import { type ProjectAccess, projectsFor, requireProject } from '../../auth/permissions.ts';
import type { Database } from '../../db/database.ts';
import type { Actor } from '../../model/actor.ts';
import { type ActivityEntry, latestOfTickets } from '../../queries/activity.ts';
import { columnsOf, listTickets } from '../../queries/board.ts';
import { parse } from '../../queries/json.ts';
import { searchTickets } from '../../queries/search-tickets.ts';
import { summaryColumns, type TicketSummary } from '../../queries/ticket.ts';

/** As many as one page shows; beyond them, words find a ticket. */
export const MAX_CARDS = 1000;

/** A card: the ticket, and what was done to it last. */
export interface Card {
  ticket: TicketSummary;
  last: ActivityEntry | undefined;
  /** Where it is, in a list of several projects. */
  place?: { project: string; column: string };
}

export interface BoardColumn {
  id: string;
  name: string;
  /** All there are. */
  count: number;
  /** As many as are shown, from the top. */
  cards: Card[];
}

export interface Board {
  project: { id: string; name: string };
  access: ProjectAccess;
  columns: BoardColumn[];
  archived: number;
  drafts: number;
}

/** A project's board, with so many cards a column. Throws `project_not_found` and `forbidden`. */
export function boardOf(db: Database, person: Actor, projectId: string, limit: number): Board {
  const access = requireProject(db, person, projectId);
  // By column: that is what the indexes hold, so that a board of thousands is counted without reading it.
  const count = (columnId: string, condition = '') =>
    db.get<{ count: number }>(
      `SELECT count(*) AS count FROM tickets WHERE column_id = ? ${condition}`,
      columnId,
    )!.count;
  let [archived, drafts] = [0, 0];
  const columns = columnsOf(db, projectId).map(({ id, name }) => {
    const active = count(id, 'AND archived_at IS NULL AND is_draft = 0');
    const hidden = count(id, 'AND archived_at IS NOT NULL AND is_draft = 0');
    archived += hidden;
    drafts += count(id) - active - hidden;
    const shown = listTickets(db, projectId, { column_id: id, status: 'active', limit }).items;
    return { id, name, count: active, cards: withLast(db, person, shown.map(parse)) };
  });
  return { project: projectName(db, projectId), access, columns, archived, drafts };
}

export function projectName(db: Database, id: string): { id: string; name: string } {
  return { id, name: db.get<{ name: string }>('SELECT name FROM projects WHERE id = ?', id)!.name };
}

function withLast(db: Database, person: Actor, tickets: TicketSummary[]): Card[] {
  const last = new Map(
    latestOfTickets(
      db,
      person,
      tickets.map(({ id }) => id),
    ).map((entry) => [entry.ticket_id, entry]),
  );
  return tickets.map((ticket) => ({ ticket, last: last.get(ticket.id) }));
}

/** What a board leaves out. */
export function hiddenCards(
  db: Database,
  person: Actor,
  projectId: string,
  which: 'archived' | 'drafts',
  limit: number,
): Card[] {
  requireProject(db, person, projectId);
  const condition = which === 'drafts' ? 't.is_draft = 1' : 't.archived_at IS NOT NULL AND t.is_draft = 0';
  const rows = db.all<{ seq: number; json: string }>(
    `SELECT ${summaryColumns} FROM tickets t WHERE t.project_id = ? AND ${condition}
     ORDER BY (SELECT max(seq) FROM activity WHERE ticket_id = t.id) DESC, t.seq DESC LIMIT ?`,
    projectId,
    limit,
  );
  return withLast(
    db,
    person,
    rows.map(({ json }) => parse<TicketSummary>(json)),
  );
}

/** What has all of the words, the best first. */
export function searchCards(
  db: Database,
  person: Actor,
  query: string,
  limit: number,
): { cards: Card[]; more: boolean } {
  const projects = projectsFor(db, person);
  const found = searchTickets(
    db,
    projects.map(({ id }) => id),
    { query, limit },
  );
  const columns = new Map(
    projects.flatMap(({ id, name }) =>
      columnsOf(db, id).map((column) => [column.id, { project: name, column: column.name }]),
    ),
  );
  const cards = withLast(db, person, found.items.map(parse)).map((card) => {
    const place = columns.get(card.ticket.column_id ?? '');
    return place ? { ...card, place } : card;
  });
  return { cards, more: found.cursor !== undefined };
}
