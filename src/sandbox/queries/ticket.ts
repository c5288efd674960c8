import { type ProjectAccess, requireProject } from '../auth/permissions.ts';
import type { Database } from '../db/database.ts';
import type { Actor } from '../model/actor.ts';
import type { Attachment, Capture } from '../model/capture.ts';
import { ApiError } from '../model/errors.ts';
import type { Attribution } from './attribution.ts';
import { attributionJson, booleanJson, type Json } from './json.ts';

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

export interface Ticket extends TicketSummary {
  description: string;
  created: Attribution;
  updated: Attribution;
  archived_at: string | null;
  capture?: Capture;
  attachments?: Attachment[];
  annotations?: unknown[];
  devtools?: unknown;
}

const summaryFields = `
  'id', t.id,
  'title', t.title,
  'project_id', t.project_id,
  'column_id', t.column_id,
  'status', iif(t.archived_at IS NULL, 'active', 'archived'),
  'resolved', ${booleanJson('t.resolved')},
  'is_draft', ${booleanJson('t.is_draft')},
  'assignees', json((
    SELECT json_group_array(json_object('id', u.id, 'name', u.name) ORDER BY a.seq)
    FROM assignees a JOIN users u ON u.id = a.user_id WHERE a.ticket_seq = t.seq)),
  'comment_count', t.comment_count,
  'has_capture', ${booleanJson('t.has_capture')},
  'has_ai_activity', ${booleanJson('t.has_ai_activity')},
  'source_url', t.source_url,
  'branch_name', t.branch_name,
  'created_at', t.created_at,
  'updated_at', t.updated_at`;

/** A ticket in a list. Few columns: each costs the driver about a microsecond a row. */
export interface SummaryRow {
  seq: number;
  json: Json<TicketSummary>;
}

/** The columns of a SummaryRow, of a table called `t`. */
export const summaryColumns = `t.seq, json_object(${summaryFields}) AS json`;

/** What the rules look at. */
export interface TicketRow {
  seq: number;
  id: string;
  project_id: string;
  column_id: string;
  rank: string;
  title: string;
  archived_at: string | null;
  has_capture: number;
  branch_name: string | null;
  created_by: string;
}

/** Throws `ticket_not_found` for an id that doesn't exist, `forbidden` for a ticket out of reach. */
export function requireTicket(
  db: Database,
  actor: Actor,
  id: string,
): { ticket: TicketRow; access: ProjectAccess } {
  const ticket = db.get<TicketRow>(
    `SELECT seq, id, project_id, column_id, rank, title, archived_at, has_capture, branch_name, created_by
     FROM tickets WHERE id = ?`,
    id,
  );
  if (!ticket) {
    throw new ApiError('ticket_not_found', 'There is no ticket with this id (ids are case-sensitive).');
  }
  return { ticket, access: requireProject(db, actor, ticket.project_id) };
}

/** A ticket as it stands, without the parts that came with its capture. */
export function ticketJson(db: Database, id: string): Json<Ticket> {
  return db.get<{ json: Json<Ticket> }>(
    `SELECT json_object(${summaryFields},
       'description', t.description,
       'created', ${attributionJson('t', 'created', 'cu')},
       'updated', ${attributionJson('t', 'updated', 'uu')},
       'archived_at', t.archived_at) AS json
     FROM tickets t
     JOIN users cu ON cu.id = t.created_by
     JOIN users uu ON uu.id = t.updated_by
     WHERE t.id = ?`,
    id,
  )!.json;
}
