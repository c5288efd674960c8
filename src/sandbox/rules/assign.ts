import { membersOf, requireWriter } from '../auth/permissions.ts';
import type { Database } from '../db/database.ts';
import type { Actor } from '../model/actor.ts';
import { ApiError } from '../model/errors.ts';
import type { Json } from '../queries/json.ts';
import { requireTicket, type Ticket, ticketJson } from '../queries/ticket.ts';
import { recordTicketChange } from './record-activity.ts';

/** Assigns somebody who can see the project; throws `user_not_found` for anybody else. */
export function assign(db: Database, actor: Actor, id: string, userId: string): Json<Ticket> {
  const { ticket, access } = requireTicket(db, actor, id);
  requireWriter(access);
  const user = requireMember(db, ticket.project_id, userId);
  const added = db.run(
    'INSERT INTO assignees (ticket_seq, user_id) VALUES (?, ?) ON CONFLICT DO NOTHING',
    ticket.seq,
    userId,
  );
  if (added) recordTicketChange(db, actor, { action: 'assign', ticket, detail: { user } });
  return ticketJson(db, id);
}

/** Takes an assignee off, who may have left the project since. */
export function unassign(db: Database, actor: Actor, id: string, userId: string): Json<Ticket> {
  const { ticket, access } = requireTicket(db, actor, id);
  requireWriter(access);
  const assigned = db.get<{ id: string; name: string }>(
    `SELECT u.id, u.name FROM assignees a JOIN users u ON u.id = a.user_id WHERE a.ticket_seq = ? AND a.user_id = ?`,
    ticket.seq,
    userId,
  );
  if (!assigned) {
    requireMember(db, ticket.project_id, userId);
    return ticketJson(db, id);
  }
  db.run('DELETE FROM assignees WHERE ticket_seq = ? AND user_id = ?', ticket.seq, userId);
  recordTicketChange(db, actor, {
    action: 'unassign',
    ticket,
    detail: { user: { id: assigned.id, name: assigned.name } },
  });
  return ticketJson(db, id);
}

function requireMember(db: Database, projectId: string, userId: string): { id: string; name: string } {
  const member = membersOf(db, projectId).find(({ id }) => id === userId);
  if (!member)
    throw new ApiError('user_not_found', 'Nobody with this id can see the project of this ticket.');
  return { id: member.id, name: member.name };
}
