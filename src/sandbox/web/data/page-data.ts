import type { Context } from '../../api/context.ts';
import { membersOf, type ProjectAccess, projectsFor, requireProject } from '../../auth/access.ts';
import type { Database } from '../../db/database.ts';
import type { Actor } from '../../model/actor.ts';
import type { Attachment, Capture } from '../../model/capture.ts';
import type { Role } from '../../model/role.ts';
import {
  type ActivityEntry,
  type ActivityPage,
  activityOfTicket,
  latestOfTickets,
} from '../../queries/activity.ts';
import { columnsOf, listTickets } from '../../queries/board.ts';
import { attachmentsOf, captureOf } from '../../queries/capture.ts';
import { companiesFor } from '../../queries/companies.ts';
import { parse } from '../../queries/json.ts';
import type { Page } from '../../queries/page.ts';
import { searchTickets } from '../../queries/search-results.ts';
import {
  requireTicket,
  summaryColumns,
  type Ticket,
  type TicketSummary,
  ticketJson,
} from '../../queries/ticket.ts';
import { type ShownComments, shownComments } from './shown-comments.ts';

export interface CompanyWithProjects {
  id: string;
  name: string;
  role: Role;
  projects: { id: string; name: string }[];
}

/** What the person may look at, for switching between it. */
export function companiesWithProjects(db: Database, person: Actor): CompanyWithProjects[] {
  const projects = projectsFor(db, person);
  return companiesFor(db, person).map((company) => ({
    ...company,
    projects: projects
      .filter(({ company_id }) => company_id === company.id)
      .map(({ id, name }) => ({ id, name })),
  }));
}

export interface User {
  id: string;
  name: string;
}

export function usersOf(db: Database): User[] {
  return db.all<User>('SELECT id, name FROM users ORDER BY rowid').map(({ id, name }) => ({ id, name }));
}

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

function projectName(db: Database, id: string): { id: string; name: string } {
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
export function search(
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

export interface TicketView {
  ticket: Ticket;
  seq: number;
  access: ProjectAccess;
  /** Whether the person's role lets them write, and edit this one. */
  mayWrite: boolean;
  mayEdit: boolean;
  project: { id: string; name: string };
  columns: { id: string; name: string; project: string }[];
  members: User[];
  capture: Capture | undefined;
  annotations: number;
  attachments: Attachment[];
  comments: ShownComments;
  history: Page<ActivityEntry>;
}

/** Throws `ticket_not_found` and `forbidden`. */
export function ticketView(
  { db, pictures }: Context,
  person: Actor,
  id: string,
  { comments, history }: { comments?: string | undefined; history: ActivityPage },
): TicketView {
  const { ticket: row, access } = requireTicket(db, person, id);
  const captured = row.has_capture ? captureOf(db, pictures, row.seq) : undefined;
  const mayWrite = access.role !== 'viewer' && !access.read_only;
  const ticket = parse(ticketJson(db, id));
  return {
    ticket,
    seq: row.seq,
    access,
    mayWrite,
    mayEdit: mayWrite && (access.role !== 'member' || row.created_by === person.user.id),
    project: projectName(db, row.project_id),
    columns: projectsFor(db, person)
      .filter(({ company_id }) => company_id === access.company_id)
      .sort((a, b) => Number(b.id === row.project_id) - Number(a.id === row.project_id))
      .flatMap((project) =>
        columnsOf(db, project.id).map(({ id, name }) => ({ id, name, project: project.name })),
      ),
    members: membersOf(db, row.project_id),
    capture: captured?.capture,
    annotations: captured?.annotations.length ?? 0,
    attachments: attachmentsOf(db, pictures, row.seq),
    comments: shownComments(db, row.seq, comments),
    history: activityOfTicket(db, person, id, history),
  };
}
