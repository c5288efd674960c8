import { requireWriter } from '../auth/permissions.ts';
import type { Database } from '../db/database.ts';
import type { Actor } from '../model/actor.ts';
import { requireColumn } from '../queries/board.ts';
import type { Json } from '../queries/json.ts';
import { requireTicket, type Ticket, ticketJson } from '../queries/ticket.ts';
import { recordTicketChange } from './record-activity.ts';

/** Takes a ticket off the board; it keeps its column and its place there. */
export function archiveTicket(db: Database, actor: Actor, id: string): Json<Ticket> {
  const { ticket, access } = requireTicket(db, actor, id);
  requireWriter(access);
  if (ticket.archived_at !== null) return ticketJson(db, id);
  db.run('UPDATE tickets SET archived_at = ? WHERE seq = ?', new Date().toISOString(), ticket.seq);
  recordTicketChange(db, actor, { action: 'archive_ticket', ticket });
  return ticketJson(db, id);
}

/** Puts a ticket back where it was; a column that is gone has handed it to the project's first one (migrations.ts). */
export function restoreTicket(db: Database, actor: Actor, id: string): Json<Ticket> {
  const { ticket, access } = requireTicket(db, actor, id);
  requireWriter(access);
  if (ticket.archived_at === null) return ticketJson(db, id);
  db.run('UPDATE tickets SET archived_at = NULL WHERE seq = ?', ticket.seq);
  const column = requireColumn(db, ticket.project_id, ticket.column_id);
  recordTicketChange(db, actor, { action: 'restore_ticket', ticket, detail: { to: column.name } });
  return ticketJson(db, id);
}
