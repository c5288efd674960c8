/**
 * Toado accepted a write and said nothing of the row: it is done. One read shows the row as it is now, attribution
 * included; where that can't be read, the answer says no more than Toado did. Nothing is sent again.
 */
import type { Answer } from '../../respond/answer.ts';
import { Accepted } from '../../toado-api/answers/accepted-without-row.ts';
import { hasRemark, saidBeside } from '../../toado-api/answers/said-beside.ts';
import type { Comment, Ticket } from '../../toado-api/schemas/index.ts';
import { isError, isFilled, saysExisted } from '../../toado-api/vocabulary/outcome-words.ts';
import { ticketWritten } from '../../views/ticket.ts';
import type { SentWrite, Tool, ToolCall } from '../definition/define-tool.ts';
import { readAgainIfReplaced } from './confirm-write.ts';
import { type Found, ownComment, ownTicket } from './own-rows.ts';
import { isSameText } from './same-text.ts';

type Input = Record<string, unknown>;

export async function readBack(
  tool: Tool,
  confirmCall: () => ToolCall<Input>,
  accepted: Accepted,
  sent: SentWrite,
): Promise<Answer> {
  const row = tool.row ?? ticketNow;
  const call = confirmCall();
  // The id of what something was added to is not the id of what was added.
  const isOld = accepted.id !== undefined && Object.values(call.input).includes(accepted.id);
  const made =
    tool.effect === 'add' && isOld
      ? new Accepted(accepted.status, undefined, accepted.isUnread, accepted.said)
      : accepted;
  const seen = await readAgainIfReplaced(call, () => row(confirmCall(), made, sent)).catch(() => undefined);
  // It may say why the row doesn't show it.
  const answered = accepted.said && { toado_answered: accepted.said };
  if (seen) return { ...seen, data: { ...seen.data, ...answered } };
  const { ticket_id, ticket_ids, branch_name } = call.input;
  const data = {
    id: tool.effect === 'add' ? made.id : ticket_id,
    ticket_ids,
    branch_name,
    shown_as: call.session.shownAs,
    ...answered,
  };
  const isOldRow = tool.effect === 'add' && saysExisted(accepted.said ?? {});
  return { data, notes: [isOldRow ? THERE_ALREADY : accepted.sentence] };
}

const THERE_ALREADY =
  'Toado answered that it is there already (toado_answered), and nothing shows a new one: look before doing it again.';

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

/**
 * For a tool that got some other row than the one it wrote: only a look tells what became of the write.
 * @param row what stood beside it may say why.
 */
export function otherRow(row?: { id?: string | null; title?: string | null }, id?: string | null): Accepted {
  const said = row && saidBeside(row);
  // That it was there already says which one to go on with.
  const named = row && hasExisted(row) ? { id: row.id, title: row.title, ...said } : said;
  return new Accepted(undefined, id ?? undefined, false, named);
}

/** Whether it was said of a row that it was there before the call: then it is not what the call made. */
export function hasExisted(row: object): boolean {
  return saysExisted(saidBeside(row) ?? {});
}

/** Whether an error stood beside a row: then the row alone doesn't say that it was kept. */
export function hasErrorBeside(row: object): boolean {
  const { error, errors } = saidBeside(row) ?? {};
  return isError(error) || isFilled(errors);
}

/** Whether words stood beside a row that may be a no: then a row that doesn't show what was asked confirms nothing. */
export function hasRemarkBeside(row: object): boolean {
  return hasRemark(saidBeside(row) ?? {});
}

/** What a row that was read afterwards is introduced with. */
export function readAfter({ status, later }: Accepted, what: string): string {
  if (status === undefined) return `Toado’s answer did not show it; this is ${what} now.`;
  return `Toado accepted it (HTTP ${status}); this is ${what} now.${later}`;
}

/** The new ticket: by its id where Toado said that much. */
export async function newTicket(
  call: Parameters<typeof ownTicket>[0],
  { id }: Accepted,
  sent: SentWrite,
): Promise<NewRow<Ticket> | undefined> {
  if (!id) return notNamed(await ownTicket(call, sent));
  const ticket = await call.api.getTicket({ ticket_id: id, include: ['capture'] });
  if (ticket.title && !isSameText(ticket.title, call.input.title)) return undefined;
  ticket.id ??= id;
  return { row: ticket };
}

/** A new row, and where Toado didn't name it, what has to be said of it. */
interface NewRow<Row> {
  row: Row;
  seen?: string;
}

function notNamed<Row>({ row, seen }: Found<Row>): NewRow<Row> | undefined {
  return (
    row && {
      row,
      seen: seen.replace(/^Toado’s answer was lost;/, 'Toado accepted it and did not say which row it is;'),
    }
  );
}

/** Comments are listed oldest first, so a new one stands on the last page. */
const MANY_PAGES = 10;

/** The new comment: by its id where Toado said that much. */
export async function newComment(
  call: ToolCall<{ ticket_id: string; body: string }>,
  { id }: Accepted,
  sent: SentWrite,
): Promise<NewRow<Comment> | undefined> {
  if (!id) return notNamed(await ownComment(call, sent));
  let cursor: string | undefined;
  for (let page = 0; page < MANY_PAGES; page++) {
    const answer = await call.api.listComments({ ticket_id: call.input.ticket_id, limit: 100, cursor });
    const found = answer.items.find((one) => one.id === id);
    if (found || !answer.cursor) return found && { row: found };
    cursor = answer.cursor;
  }
  return undefined;
}
