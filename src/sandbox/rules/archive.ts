import { requireWriter } from '../auth/access.ts';
import type { Database } from '../db/database.ts';
import type { Actor } from '../model/actor.ts';
import { columnsOf } from '../queries/board.ts';
import type { Json } from '../queries/json.ts';
import { requireTicket, type Ticket, ticketJson } from '../queries/ticket.ts';
import { bottomRank } from './place-in-column.ts';
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

/** Puts a ticket back where it was, or at the bottom of the project's first column if its own is gone. */
export function restoreTicket(db: Database, actor: Actor, id: string): Json<Ticket> {
  const { ticket, access } = requireTicket(db, actor, id);
  requireWriter(access);
  if (ticket.archived_at === null) return ticketJson(db, id);
  const columns = columnsOf(db, ticket.project_id);
  const own = columns.find((column) => column.id === ticket.column_id);
  if (!own) {
    const first = columns[0]!;
    db.run(
      'UPDATE tickets SET column_id = ?, rank = ? WHERE seq = ?',
      first.id,
      bottomRank(db, first.id),
      ticket.seq,
    );
  }
  db.run('UPDATE tickets SET archived_at = NULL WHERE seq = ?', ticket.seq);
  recordTicketChange(db, actor, {
    action: 'restore_ticket',
    ticket,
    detail: { to: (own ?? columns[0]!).name },
  });
  return ticketJson(db, id);
}
