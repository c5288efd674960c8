import { membersOf, requireProject, requireWriter } from '../auth/permissions.ts';
import type { Database } from '../db/database.ts';
import type { Actor } from '../model/actor.ts';
import { ApiError } from '../model/errors.ts';
import type { Json } from '../queries/json.ts';
import { requireTicket, type Ticket, ticketJson } from '../queries/ticket.ts';
import { bottomRank, isLast, positionOf, rankAt } from './rank-in-column.ts';
import { recordTicketChange } from './record-activity.ts';

export interface Move {
  target_column_id: string;
  /** From the top; the bottom by default. */
  position?: number | undefined;
}

/**
 * Moves a ticket to a column of its project or of another one of the same company. A ticket that is there already
 * stays as it is, also at the end of a column that has no such position. An archived one stays archived, and comes back in the new column.
 */
export function moveTicket(db: Database, actor: Actor, id: string, move: Move): Json<Ticket> {
  const { ticket, access } = requireTicket(db, actor, id);
  requireWriter(access);
  const target = db.get<{ id: string; name: string; project_id: string }>(
    'SELECT id, name, project_id FROM columns WHERE id = ?',
    move.target_column_id,
  );
  if (!target) throw new ApiError('column_not_found', 'There is no column with this id.');
  const targetAccess = requireProject(db, actor, target.project_id);
  if (targetAccess.company_id !== access.company_id) {
    throw new ApiError('forbidden', 'A ticket moves only within its company.');
  }
  if (isThere(db, ticket, move)) return ticketJson(db, id);

  const rank =
    move.position === undefined
      ? bottomRank(db, target.id)
      : rankAt(db, target.id, move.position, ticket.seq);
  db.run(
    'UPDATE tickets SET project_id = ?, column_id = ?, rank = ? WHERE seq = ?',
    target.project_id,
    target.id,
    rank,
    ticket.seq,
  );
  const elsewhere = target.project_id !== ticket.project_id;
  if (elsewhere) unassignThoseWhoCannotSee(db, target.project_id, ticket.seq);
  recordTicketChange(db, actor, {
    action: 'move_ticket',
    ticket: { id, project_id: target.project_id },
    detail: {
      from: nameOfColumn(db, ticket.column_id),
      to: target.name,
      ...(move.position !== undefined && { position: move.position }),
      ...(elsewhere && { from_project_id: ticket.project_id }),
    },
  });
  return ticketJson(db, id);
}

function isThere(
  db: Database,
  ticket: { seq: number; column_id: string; rank: string },
  { target_column_id, position }: Move,
): boolean {
  if (ticket.column_id !== target_column_id) return false;
  if (position === undefined) return true;
  const above = positionOf(db, ticket);
  return above === position || (above < position && isLast(db, ticket));
}

function unassignThoseWhoCannotSee(db: Database, projectId: string, ticketSeq: number): void {
  const members = JSON.stringify(membersOf(db, projectId).map(({ id }) => id));
  db.run(
    'DELETE FROM assignees WHERE ticket_seq = ? AND user_id NOT IN (SELECT value FROM json_each(?))',
    ticketSeq,
    members,
  );
}

function nameOfColumn(db: Database, id: string): string | null {
  return db.get<{ name: string }>('SELECT name FROM columns WHERE id = ?', id)?.name ?? null;
}
