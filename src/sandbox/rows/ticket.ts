import { type ProjectAccess, requireProject } from '../auth/access.ts';
import type { Actor, Via } from '../auth/actor.ts';
import type { Database } from '../db/database.ts';
import { ApiError } from '../errors.ts';
import { type Attribution, toAttribution } from './attribution.ts';
import { type Attachment, attachmentsOf, type Capture, captureOf } from './capture.ts';

export interface TicketSummary {
  id: string;
  title: string;
  project_id: string;
  column_id: string;
  status: 'active' | 'archived';
  resolved: boolean;
  is_draft: boolean;
  assignees: { id: string; name: string }[];
  comment_count: number;
  has_capture: boolean;
  has_ai_activity: boolean;
  source_url: string | null;
  branch_name: string | null;
  created_at: string;
  updated_at: string;
}

/** A ticket without its DevTools data, which are spliced into an answer as they are stored. */
export interface Ticket extends TicketSummary {
  description: string;
  created: Attribution;
  updated: Attribution;
  archived_at: string | null;
  capture?: Capture;
  attachments?: Attachment[];
  annotations?: unknown[];
}

export type Include = 'capture' | 'attachments' | 'annotations' | 'devtools';

export interface SummaryRow {
  seq: number;
  id: string;
  title: string;
  project_id: string;
  column_id: string;
  rank: string;
  archived_at: string | null;
  resolved: number;
  is_draft: number;
  comment_count: number;
  has_capture: number;
  has_ai_activity: number;
  source_url: string | null;
  branch_name: string | null;
  created_at: string;
  updated_at: string;
}

/** The columns of a SummaryRow, of a table called `t`. */
export const summaryColumns = `t.seq, t.id, t.title, t.project_id, t.column_id, t.rank, t.archived_at, t.resolved,
  t.is_draft, t.comment_count, t.has_capture, t.has_ai_activity, t.source_url, t.branch_name, t.created_at,
  t.updated_at`;

export interface TicketRow extends SummaryRow {
  description: string;
  created_by: string;
  created_name: string;
  created_token_id: string | null;
  created_token_label: string | null;
  created_via: Via;
  updated_by: string;
  updated_name: string;
  updated_token_id: string | null;
  updated_token_label: string | null;
  updated_via: Via;
}

const ticketById = `
  SELECT ${summaryColumns}, t.description,
    t.created_by, cu.name AS created_name, t.created_token_id, t.created_token_label, t.created_via,
    t.updated_by, uu.name AS updated_name, t.updated_token_id, t.updated_token_label, t.updated_via
  FROM tickets t
  JOIN users cu ON cu.id = t.created_by
  JOIN users uu ON uu.id = t.updated_by
  WHERE t.id = ?`;

/** Throws `ticket_not_found` for an id that doesn't exist, `forbidden` for a ticket out of reach. */
export function requireTicket(
  db: Database,
  actor: Actor,
  id: string,
): { ticket: TicketRow; access: ProjectAccess } {
  const ticket = db.get<TicketRow>(ticketById, id);
  if (!ticket) {
    throw new ApiError('ticket_not_found', 'There is no ticket with this id (ids are case-sensitive).');
  }
  return { ticket, access: requireProject(db, actor, ticket.project_id) };
}

/** The summaries of a page of rows, with one query for all their assignees. */
export function toSummaries(db: Database, rows: SummaryRow[]): TicketSummary[] {
  const assignees = new Map<number, { id: string; name: string }[]>();
  const found = db.all<{ ticket_seq: number; id: string; name: string }>(
    `SELECT a.ticket_seq, u.id, u.name FROM assignees a JOIN users u ON u.id = a.user_id
     WHERE a.ticket_seq IN (SELECT value FROM json_each(?)) ORDER BY a.seq`,
    JSON.stringify(rows.map((row) => row.seq)),
  );
  for (const { ticket_seq, id, name } of found) {
    const ofTicket = assignees.get(ticket_seq);
    if (ofTicket) ofTicket.push({ id, name });
    else assignees.set(ticket_seq, [{ id, name }]);
  }
  return rows.map((row) => toSummary(row, assignees.get(row.seq) ?? []));
}

/** A ticket as it stands, with the parts of its capture that are asked for. */
export function ticketAnswer(db: Database, id: string, include: readonly Include[] = []): Ticket {
  const row = db.get<TicketRow>(ticketById, id)!;
  const ticket: Ticket = {
    ...toSummaries(db, [row])[0]!,
    description: row.description,
    created: toAttribution({
      user_id: row.created_by,
      user_name: row.created_name,
      token_id: row.created_token_id,
      token_label: row.created_token_label,
      via: row.created_via,
      at: row.created_at,
    }),
    updated: toAttribution({
      user_id: row.updated_by,
      user_name: row.updated_name,
      token_id: row.updated_token_id,
      token_label: row.updated_token_label,
      via: row.updated_via,
      at: row.updated_at,
    }),
    archived_at: row.archived_at,
  };
  if (row.has_capture && (include.includes('capture') || include.includes('annotations'))) {
    const { capture, annotations } = captureOf(db, row.seq);
    if (include.includes('capture')) ticket.capture = capture;
    if (include.includes('annotations')) ticket.annotations = annotations;
  }
  if (include.includes('attachments')) ticket.attachments = attachmentsOf(db, row.seq);
  return ticket;
}

function toSummary(row: SummaryRow, assignees: { id: string; name: string }[]): TicketSummary {
  return {
    id: row.id,
    title: row.title,
    project_id: row.project_id,
    column_id: row.column_id,
    status: row.archived_at === null ? 'active' : 'archived',
    resolved: row.resolved === 1,
    is_draft: row.is_draft === 1,
    assignees,
    comment_count: row.comment_count,
    has_capture: row.has_capture === 1,
    has_ai_activity: row.has_ai_activity === 1,
    source_url: row.source_url,
    branch_name: row.branch_name,
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}
