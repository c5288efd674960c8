/**
 * Where a write was sent and no answer came, one read can often tell whether it happened. These look; each returns
 * the answer that the write would have had, or undefined where the look does not show it.
 */
import type { Answer } from '../respond/answer.ts';
import type { Comment, Ticket } from '../toado-api/schemas.ts';
import { ticketWritten } from '../views/ticket.ts';
import type { ToolCall } from './define-tool.ts';

/** The ticket is in the asked state now, whoever brought it there. */
export function ticketIs<Input extends { ticket_id: string }>(
  asAsked: (ticket: Ticket, input: Input) => boolean,
  did: Parameters<typeof ticketWritten>[2],
) {
  return async ({ api, input, session }: ToolCall<Input>): Promise<Answer | undefined> => {
    const ticket = await api.getTicket({ ticket_id: input.ticket_id, include: ['capture'] });
    return asAsked(ticket, input) ? ticketWritten(ticket, session, did) : undefined;
  };
}

/** The ticket is in that column, and where a position was asked, there. */
export function ticketIsAt<Input extends { ticket_id: string; target_column_id: string; position?: number }>(
  did: Parameters<typeof ticketWritten>[2],
) {
  return async ({ api, input, session }: ToolCall<Input>): Promise<Answer | undefined> => {
    const { ticket_id, target_column_id: column_id, position } = input;
    const ticket = await api.getTicket({ ticket_id, include: ['capture'] });
    if (ticket.column_id !== column_id) return undefined;
    if (position !== undefined) {
      if (!ticket.project_id) return undefined;
      const { project_id } = ticket;
      const { items, cursor } = await api.listTickets({ project_id, column_id, limit: 100 });
      const its = items.findIndex(({ id }) => id === ticket_id);
      const isLast = its === items.length - 1 && !cursor;
      if (its < 0 || !(its === position || (isLast && position > its))) return undefined;
    }
    return ticketWritten(ticket, session, did);
  };
}

/** A branch name of Toado's own making was recorded on the ticket by this token, after the call began. */
export function hasNewBranch(
  ticket: Ticket,
  { session }: ToolCall<unknown>,
  began: Date,
): ticket is Ticket & { branch_name: string } {
  return !!ticket.branch_name?.startsWith(ticket.id) && isOurs(ticket.updated, session.tokenId, began);
}

const MANY_PAGES = 10;

/** A comment of this token's with that body, made after the call began. */
export async function ownComment(
  { api, session }: ToolCall<unknown>,
  { ticket_id, body }: { ticket_id: string; body: string },
  began: Date,
): Promise<Comment | undefined> {
  let cursor: string | undefined;
  for (let page = 0; page < MANY_PAGES; page++) {
    const answer = await api.listComments({ ticket_id, limit: 100, cursor });
    const ours = answer.items.find((one) => one.body === body && isOurs(one.created, session.tokenId, began));
    if (ours) return ours;
    if (!answer.cursor) return undefined;
    cursor = answer.cursor;
  }
  return undefined;
}

/** A ticket of this token's with that title, made after the call began. */
export async function ownTicket(
  { api, session }: ToolCall<unknown>,
  { project_id, title }: { project_id: string; title: string },
  began: Date,
): Promise<Ticket | undefined> {
  const { items } = await api.listTickets({ project_id, query: title, status: 'all', limit: 100 });
  for (const { id, title: its, created_at } of items) {
    if (its !== title || !created_at || Date.parse(created_at) < began.getTime()) continue;
    const ticket = await api.getTicket({ ticket_id: id, include: ['capture'] });
    if (isOurs(ticket.created, session.tokenId, began)) return ticket;
  }
  return undefined;
}

function isOurs(created: Ticket['created'], tokenId: string | undefined, began: Date): boolean {
  if (!created?.token || !tokenId || !created.at) return false;
  return created.token.id === tokenId && Date.parse(created.at) >= began.getTime();
}
