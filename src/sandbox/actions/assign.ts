import { membersOf, requireWriter } from '../auth/access.ts';
import type { Actor } from '../auth/actor.ts';
import type { Database } from '../db/database.ts';
import { ApiError } from '../errors.ts';
import { requireTicket, type Ticket, ticketAnswer } from '../rows/ticket.ts';
import { recordChange } from './record.ts';

/** Assigns somebody who can see the project; throws `user_not_found` for anybody else. */
export function assign(db: Database, actor: Actor, id: string, userId: string): Ticket {
  const { ticket, access } = requireTicket(db, actor, id);
  requireWriter(access);
  const user = requireMember(db, ticket.project_id, userId);
  const added = db.run(
    'INSERT INTO assignees (ticket_seq, user_id) VALUES (?, ?) ON CONFLICT DO NOTHING',
    ticket.seq,
    userId,
  );
  if (added) recordChange(db, actor, { action: 'assign', ticket, detail: { user } });
  return ticketAnswer(db, id);
}

/** Takes an assignee off, who may have left the project since. */
export function unassign(db: Database, actor: Actor, id: string, userId: string): Ticket {
  const { ticket, access } = requireTicket(db, actor, id);
  requireWriter(access);
  const assigned = ticketAnswer(db, id).assignees.find((assignee) => assignee.id === userId);
  if (!assigned) {
    requireMember(db, ticket.project_id, userId);
    return ticketAnswer(db, id);
  }
  db.run('DELETE FROM assignees WHERE ticket_seq = ? AND user_id = ?', ticket.seq, userId);
  recordChange(db, actor, { action: 'unassign', ticket, detail: { user: assigned } });
  return ticketAnswer(db, id);
}

function requireMember(db: Database, projectId: string, userId: string): { id: string; name: string } {
  const member = membersOf(db, projectId).find(({ id }) => id === userId);
  if (!member)
    throw new ApiError('user_not_found', 'Nobody with this id can see the project of this ticket.');
  return { id: member.id, name: member.name };
}
