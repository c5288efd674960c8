import { requireEditor, requireProject, requireWriter } from '../auth/permissions.ts';
import { randomText } from '../auth/token-hash.ts';
import type { Database } from '../db/database.ts';
import { indexTicket } from '../db/search-index.ts';
import type { Actor } from '../model/actor.ts';
import { ApiError } from '../model/errors.ts';
import { columnsOf, requireColumn } from '../queries/board.ts';
import type { Json } from '../queries/json.ts';
import { requireTicket, type Ticket, ticketJson } from '../queries/ticket.ts';
import { bottomRank } from './rank-in-column.ts';
import { record, recordTicketChange } from './record-activity.ts';

export interface NewTicket {
  title: string;
  description?: string | undefined;
  column_id?: string | undefined;
  source_url?: string | undefined;
}

/** Makes a ticket at the bottom of the named column, or of the project's first. */
export function createTicket(db: Database, actor: Actor, projectId: string, input: NewTicket): Json<Ticket> {
  const access = requireProject(db, actor, projectId);
  requireWriter(access);
  const column =
    input.column_id === undefined
      ? columnsOf(db, projectId)[0]
      : requireColumn(db, projectId, input.column_id);
  if (!column) throw new ApiError('column_not_found', 'This project has no columns.');
  const id = newTicketId(db);
  const at = new Date().toISOString();
  db.run(
    `INSERT INTO tickets (id, project_id, column_id, rank, title, description, source_url, has_ai_activity,
       created_at, created_by, created_token_id, created_token_label, created_via,
       updated_at, updated_by, updated_token_id, updated_token_label, updated_via)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?9, ?10, ?11, ?12, ?13)`,
    id,
    projectId,
    column.id,
    bottomRank(db, column.id),
    input.title,
    input.description ?? '',
    input.source_url ?? null,
    actor.via === 'mcp' ? 1 : 0,
    at,
    actor.user.id,
    actor.token?.id ?? null,
    actor.token?.label ?? null,
    actor.via,
  );
  indexTicket(db, seqOf(db, id));
  record(db, actor, at, {
    action: 'create_ticket',
    ticket: { id, project_id: projectId },
    detail: { title: input.title, column: column.name },
  });
  return ticketJson(db, id);
}

export interface TicketEdit {
  title?: string | undefined;
  description?: string | undefined;
  resolved?: boolean | undefined;
  is_draft?: boolean | undefined;
}

/** Changes what differs from what is there; nothing is written when nothing does. */
export function updateTicket(db: Database, actor: Actor, id: string, edit: TicketEdit): Json<Ticket> {
  const { ticket, access } = requireTicket(db, actor, id);
  requireWriter(access);
  requireEditor(access, actor, ticket.created_by);
  const wanted = {
    title: edit.title,
    description: edit.description,
    resolved: edit.resolved === undefined ? undefined : Number(edit.resolved),
    is_draft: edit.is_draft === undefined ? undefined : Number(edit.is_draft),
  };
  const current = db.get<Record<keyof typeof wanted, string | number>>(
    'SELECT title, description, resolved, is_draft FROM tickets WHERE seq = ?',
    ticket.seq,
  )!;
  const changed: Record<string, string | number> = {};
  for (const [field, value] of Object.entries(wanted)) {
    if (value !== undefined && value !== current[field as keyof typeof wanted]) changed[field] = value;
  }
  const fields = Object.keys(changed);
  if (fields.length === 0) return ticketJson(db, id);
  db.run(
    `UPDATE tickets SET ${fields.map((field) => `${field} = ?`).join(', ')} WHERE seq = ?`,
    ...Object.values(changed),
    ticket.seq,
  );
  if (fields.includes('title') || fields.includes('description')) indexTicket(db, ticket.seq);
  recordTicketChange(db, actor, { action: 'update_ticket', ticket, detail: { fields } });
  return ticketJson(db, id);
}

function newTicketId(db: Database): string {
  for (;;) {
    const id = `t-${randomText(6)}`;
    if (!db.get('SELECT 1 FROM tickets WHERE id = ?', id)) return id;
  }
}

function seqOf(db: Database, id: string): number {
  return db.get<{ seq: number }>('SELECT seq FROM tickets WHERE id = ?', id)!.seq;
}
