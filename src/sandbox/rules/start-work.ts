import { requireWriter } from '../auth/permissions.ts';
import type { Database } from '../db/database.ts';
import type { Actor } from '../model/actor.ts';
import { ApiError } from '../model/errors.ts';
import { requireTicket } from '../queries/ticket.ts';
import { recordTicketChange } from './record-activity.ts';

export interface WorkStart {
  ticket_ids: string[];
  branch_name?: string | undefined;
}

/** Records the git branch that some tickets are worked on in, on all of them or, when one can't be, on none. */
export function startWork(
  db: Database,
  actor: Actor,
  { ticket_ids: given, branch_name }: WorkStart,
): Required<WorkStart> {
  const ticket_ids = [...new Set(given)];
  if (branch_name === undefined && ticket_ids.length > 1) {
    throw new ApiError('validation_error', 'branch_name: needed for more than one ticket.');
  }
  const tickets = ticket_ids.map((id) => {
    const { ticket, access } = requireTicket(db, actor, id);
    requireWriter(access);
    return ticket;
  });
  const branch = branch_name ?? branchFor(tickets[0]!);
  for (const ticket of tickets) {
    if (ticket.branch_name === branch) continue;
    db.run('UPDATE tickets SET branch_name = ? WHERE seq = ?', branch, ticket.seq);
    recordTicketChange(db, actor, { action: 'start_work', ticket, detail: { branch_name: branch } });
  }
  return { branch_name: branch, ticket_ids };
}

/** `t-Ab3xYz-slug-of-title`, some 60 characters at most; just the id for a title without Latin letters. */
function branchFor({ id, title }: { id: string; title: string }): string {
  const words = title
    .normalize('NFKD')
    .replaceAll(/[\p{M}'’]/gu, '')
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  let branch = id;
  for (const word of words ?? []) {
    if (branch.length + 1 + word.length > 60) break;
    branch += `-${word}`;
  }
  return branch;
}
