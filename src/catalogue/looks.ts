/**
 * Where a write was sent and no answer came, one read can often tell whether it happened. These look; each returns
 * the answer that the write would have had, or undefined where the look does not show it.
 */
import type { Answer } from '../respond/answer.ts';
import type { Comment, Ticket } from '../rest/shapes.ts';
import { ticketWritten } from '../views/ticket.ts';
import type { ToolCall } from './define-tool.ts';

/** The ticket is in the asked state now, whoever brought it there. */
export function ticketIs<Input extends { ticket_id: string }>(
  asAsked: (ticket: Ticket, input: Input) => boolean,
  did: string,
) {
  return async ({ api, input, session }: ToolCall<Input>): Promise<Answer | undefined> => {
    const ticket = await api.getTicket({ ticket_id: input.ticket_id, include: ['capture'] });
    return asAsked(ticket, input) ? ticketWritten(ticket, session, did) : undefined;
  };
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
