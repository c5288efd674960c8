/**
 * Toado accepted a write and said nothing of the row: it is done. One read shows the row as it is now, attribution
 * included; where that can't be read, the answer says no more than Toado did. Nothing is sent again.
 */
import type { Answer } from '../respond/answer.ts';
import type { Accepted } from '../toado-api/accepted.ts';
import type { Comment, Ticket } from '../toado-api/schemas.ts';
import { ticketWritten } from '../views/ticket.ts';
import { ownComment, ownTicket } from './confirm-write.ts';
import type { Tool, ToolCall } from './define-tool.ts';

type Input = Record<string, unknown>;

/** @param mayBeAnothers whether another call asked for the same, so that only an id tells the rows apart. */
export async function readBack(
  tool: Tool,
  call: ToolCall<Input>,
  accepted: Accepted,
  began: Date,
  mayBeAnothers: boolean,
): Promise<Answer> {
  const row = tool.row ?? ticketNow;
  const seen =
    mayBeAnothers && !accepted.id ? undefined : await row(call, accepted, began).catch(() => undefined);
  if (seen) return seen;
  const { ticket_id, ticket_ids, branch_name } = call.input;
  const data = {
    id: accepted.id ?? (tool.effect === 'add' ? undefined : ticket_id),
    ticket_ids,
    branch_name,
    shown_as: call.session.shownAs,
  };
  return { data, notes: [accepted.sentence] };
}

/** The ticket that the call was about. */
async function ticketNow(call: ToolCall<Input>, accepted: Accepted): Promise<Answer | undefined> {
  const { ticket_id } = call.input;
  if (typeof ticket_id !== 'string') return undefined;
  const ticket = await call.api.getTicket({ ticket_id, include: ['capture'] });
  ticket.id ??= ticket_id;
  return ticketWritten(ticket, call.session, {
    did: readAfter(accepted, 'the ticket'),
    tells: ['column_id', 'status', 'resolved', 'assignees'],
  });
}

/** What a row that was read afterwards is introduced with. */
export function readAfter({ status, later }: Accepted, what: string): string {
  return `Toado accepted it (HTTP ${status}); this is ${what} now.${later}`;
}

/** The new ticket: by its id where Toado said that much. */
export async function newTicket(
  call: ToolCall<{ project_id: string; title: string }>,
  { id }: Accepted,
  began: Date,
): Promise<Ticket | undefined> {
  if (!id) return ownTicket(call, call.input, began);
  const ticket = await call.api.getTicket({ ticket_id: id, include: ['capture'] });
  ticket.id ??= id;
  return ticket;
}

/** Comments are listed oldest first, so a new one stands on the last page. */
const MANY_PAGES = 10;

/** The new comment: by its id where Toado said that much. */
export async function newComment(
  call: ToolCall<{ ticket_id: string; body: string }>,
  { id }: Accepted,
  began: Date,
): Promise<Comment | undefined> {
  if (!id) return ownComment(call, call.input, began);
  let cursor: string | undefined;
  for (let page = 0; page < MANY_PAGES; page++) {
    const answer = await call.api.listComments({ ticket_id: call.input.ticket_id, limit: 100, cursor });
    const found = answer.items.find((one) => one.id === id);
    if (found || !answer.cursor) return found;
    cursor = answer.cursor;
  }
  return undefined;
}
