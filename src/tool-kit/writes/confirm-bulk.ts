/** Looks for tickets of which a bulk call's answer said too little, or got lost. */
import { Failure } from '../../base/failure.ts';
import type { TicketSummary } from '../../toado-api/schemas/index.ts';
import type { ToolCall } from '../definition/define-tool.ts';
import { readAgainIfReplaced } from '../unconfirmed-writes/confirm-write.ts';
import type { Result } from './bulk-groups.ts';
import { ACCEPTED, ARCHIVED, type BulkConfirmation } from './bulk-results.ts';
import { isArchived } from './ticket-write.ts';

const MAX_SINGLE_LOOKS = 3;
/** Tickets of more projects are not looked for. */
const MAX_PROJECTS = 3;

/**
 * One ticket, where there are more one page of its project's list, the same of a few projects more, and of a lost answer a
 * few tickets one by one: what they show as asked is done.
 * @returns how many were found so: of which the answer was lost, so that nobody knows who did it, and which it left open.
 */
export async function confirmBulk(
  call: ToolCall<unknown>,
  results: Result[],
  { isDone, asked }: BulkConfirmation,
): Promise<{ lost: number; open: number }> {
  const isOpen = ({ error }: Result) => error?.outcome === ACCEPTED || error?.outcome === 'outcome_unknown';
  const open = new Map(results.filter(isOpen).map((one) => [one.ticket_id, one]));
  const seen = { lost: 0, open: 0 };
  const settle = (ticket: TicketSummary, id = ticket.id) => {
    const result = id ? open.get(id) : undefined;
    if (!result || !isDone(ticket)) return;
    seen[result.error?.outcome === ACCEPTED ? 'open' : 'lost']++;
    result.ok = true;
    delete result.error;
    if (isArchived(ticket)) result.status = ARCHIVED;
    open.delete(result.ticket_id);
  };
  if (open.size === 0) return seen;
  const look = async () => {
    const api = call.confirmApi();
    const isLooked = new Set<string>();
    const lookAt = async (ticket_id: string) => {
      isLooked.add(ticket_id);
      const ticket = await api.getTicket({ ticket_id, include: ['capture'] });
      if (!ticket.id || ticket.id === ticket_id) settle(ticket, ticket_id);
      return ticket;
    };
    const isListed = new Set<string | null | undefined>();
    const projects = new Set<string>();
    while (projects.size < MAX_PROJECTS) {
      const next = [...open.keys()].find((id) => !isLooked.has(id) && !isListed.has(id));
      if (next === undefined || isLooked.size >= MAX_PROJECTS) break;
      const ticket = await orOutOfReach(lookAt(next));
      if (!ticket) continue;
      const { project_id } = ticket;
      // What a list that was read doesn't show as asked is not, or stands further down.
      if (open.size === 0 || !project_id || projects.has(project_id)) break;
      projects.add(project_id);
      const { column_id } = asked;
      const list = await orOutOfReach(api.listTickets({ project_id, column_id, status: 'all', limit: 100 }));
      for (const one of list?.items ?? []) {
        settle(one);
        isListed.add(one.id);
      }
      // A column is one project's.
      if (asked.column_id && isDone(ticket)) break;
    }
    if (open.size > MAX_SINGLE_LOOKS) return;
    // Of an accepted request, lists are all that is read; a lost one is worth a few reads more.
    for (const [id, { error }] of [...open])
      if (!isLooked.has(id) && error?.outcome !== ACCEPTED) await orOutOfReach(lookAt(id));
  };
  try {
    await readAgainIfReplaced(call, look);
  } catch (error) {
    // It stays unconfirmed.
    if (!(error instanceof Failure)) throw error;
  }
  return seen;
}

/** Undefined where a ticket is gone or not for this token, or a project has no such column: others may be as asked. */
async function orOutOfReach<Read>(read: Promise<Read>): Promise<Read | undefined> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof Failure && [403, 404, 410].includes(error.details.status ?? 0)) return undefined;
    throw error;
  }
}
