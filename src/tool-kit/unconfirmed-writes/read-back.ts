/**
 * Toado accepted a write and said nothing of the row: it is done. One read shows the row as it is now, attribution
 * included; where that can't be read, the answer says no more than Toado did. Nothing is sent again.
 */
import type { Answer } from '../../respond/answer.ts';
import { Accepted } from '../../toado-api/answers/accepted-without-row.ts';
import { extraFieldsOf, hasRemark } from '../../toado-api/answers/extra-fields.ts';
import type { Comment, Ticket } from '../../toado-api/schemas/index.ts';
import { deniesNew } from '../../toado-api/vocabulary/denies-new.ts';
import { ticketWritten } from '../../views/ticket.ts';
import type { SentWrite, Tool, ToolCall } from '../definition/define-tool.ts';
import { readAgainIfReplaced } from './confirm-write.ts';
import { isDenied } from './contradicted-success.ts';
import { type Found, findCreatedComment, findCreatedTicket, isCertainlyOwn } from './find-created-row.ts';
import { madeLongBefore } from './old-rows.ts';
import { isSameText } from './same-text.ts';

type Input = Record<string, unknown>;

export async function readBack(
  tool: Tool,
  confirmCall: () => ToolCall<Input>,
  given: Accepted,
  sent: SentWrite,
): Promise<Answer> {
  const accepted = asDenied(given);
  const row = tool.row ?? ticketNow;
  const call = confirmCall();
  // The id of what something was added to is not the id of what was added.
  const isOld = accepted.id !== undefined && Object.values(call.input).includes(accepted.id);
  const isOldRow = tool.effect === 'add' && deniesNew(accepted.said ?? {}, accepted.id ?? accepted.said?.id);
  const made = withoutOtherId(tool, accepted, isOld, isOldRow);
  const seen = await readAgainIfReplaced(call, () => row(confirmCall(), made, sent)).catch(() => undefined);
  // It may say why the row doesn't show it.
  const answered = made.said && { toado_answered: made.said };
  if (seen) return { ...seen, data: { ...seen.data, ...answered } };
  const { ticket_id, ticket_ids, branch_name } = call.input;
  const data = {
    id: tool.effect === 'add' ? made.id : ticket_id,
    ticket_ids,
    branch_name,
    shown_as: call.session.shownAs,
    ...answered,
  };
  // An old row is named there; of another one, the fields alone say nothing.
  const { id, ...said } = accepted.said ?? {};
  const isOldByTime = tool.effect === 'add' && id !== undefined && madeLongBefore(said, sent) !== undefined;
  if (isOldRow) return { data, notes: [THERE_ALREADY] };
  return { data, notes: [isOldByTime ? MADE_LONG_BEFORE : accepted.sentence] };
}

/** What denies in words what its status accepts, accepts nothing: only a look tells. */
function asDenied(accepted: Accepted): Accepted {
  const { status, id, isUnread, said } = accepted;
  return status !== undefined && said && isDenied(said)
    ? new Accepted(undefined, id, isUnread, said)
    : accepted;
}

/** The id of what was added to, or of what was there already, is not that of what was added. */
function withoutOtherId(tool: Tool, accepted: Accepted, isOfInput: boolean, isOldRow: boolean): Accepted {
  const { status, id, isUnread, said } = accepted;
  if (tool.effect !== 'add' || !(isOfInput || isOldRow)) return accepted;
  if (!isOldRow) return new Accepted(status, undefined, isUnread, said);
  return new Accepted(undefined, undefined, isUnread, { ...(id && !isOfInput && { id }), ...said });
}

const THERE_ALREADY =
  'Toado answered that it is there already, or that nothing was made (toado_answered), and nothing shows a new one: look before doing it again.';
const MADE_LONG_BEFORE =
  'Toado answered with an older one, made long before this call (toado_answered), and nothing shows a new one: look before doing it again.';

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
export function otherRow(row?: object, id?: string | null): Accepted {
  return new Accepted(undefined, id ?? undefined, false, row && extraFieldsOf(row));
}

/** For an addition whose row doesn't show what was sent: whether it is the new one in other words, a look tells. */
export function inOtherWords(row: Named): Accepted {
  const { id, title, created_at } = row;
  return new Accepted(undefined, undefined, false, {
    ...(id && { id, title, created_at }),
    ...extraFieldsOf(row),
  });
}

interface Named {
  id?: string | null | undefined;
  title?: string | null | undefined;
  created_at?: string | null | undefined;
}

/** An answer with the words that stood around its row, where no field shows them. */
export function withRemarks(answer: Answer, row: object): Answer {
  const hidden = Object.entries(extraFieldsOf(row) ?? {}).filter(([name, value]) => {
    const shown = answer.data[name];
    const isShown = shown !== undefined && (typeof value !== 'string' || shown === value);
    return !isShown && (hasRemark({ [name]: value }) || (typeof value === 'string' && /\s/.test(value)));
  });
  if (hidden.length === 0) return answer;
  return { ...answer, data: { ...answer.data, toado_answered: Object.fromEntries(hidden) } };
}

/** Whether words stood beside a row that may be a no: then a row that doesn't show what was asked confirms nothing. */
export function hasRemarkBeside(row: object): boolean {
  return hasRemark(extraFieldsOf(row) ?? {});
}

/** What a row that was read afterwards is introduced with. */
export function readAfter({ status, later, said }: Accepted, what: string): string {
  if (status === undefined && said && isDenied(said))
    return `Toado’s answer casts doubt on it (toado_answered); this is ${what} now.`;
  if (status === undefined) return `Toado’s answer did not show it; this is ${what} now.`;
  return `Toado accepted it (HTTP ${status}); this is ${what} now.${later}`;
}

/** The new ticket: by its id where Toado said that much. */
export async function newTicket(
  call: Parameters<typeof findCreatedTicket>[0],
  accepted: Accepted,
  sent: SentWrite,
): Promise<NewRow<Ticket> | undefined> {
  const { id } = accepted;
  if (!id) {
    const found = notNamed(await findCreatedTicket(call, sent), accepted);
    return found ?? ticketInOtherWords(call, accepted, sent);
  }
  const ticket = await call.api.getTicket({ ticket_id: id, include: ['capture'] });
  if (ticket.title && !isSameText(ticket.title, call.input.title)) return undefined;
  ticket.id ??= id;
  return byId(ticket, sent);
}

/** A new row, and where Toado didn't name it, or named an older one, what has to be said of it. */
interface NewRow<Row> {
  row: Row;
  seen?: string | undefined;
}

function byId<Row extends Ticket | Comment>(row: Row, sent: SentWrite): NewRow<Row> {
  return { row, seen: madeLongBefore(row, sent) && NAMED_OLDER };
}

const NAMED_OLDER =
  'Toado named this one, which was made long before this call: an older one. Look before doing it again.';

function notNamed<Row extends Ticket | Comment>(
  { row, seen }: Found<Row>,
  { said }: Accepted,
): NewRow<Row> | undefined {
  if (!row) return undefined;
  const answered = answeredWith(said, row.id);
  return { row, seen: seen.replace(/^Toado’s answer was lost;/, `${answered};`) };
}

function answeredWith(said: Record<string, unknown> = {}, id: unknown): string {
  if (said.id && said.id !== id) return 'Toado answered with another one (toado_answered)';
  if (said.id) return 'Toado’s answer names it and casts doubt on it (toado_answered)';
  if (deniesNew(said)) return 'Toado’s answer casts doubt on it (toado_answered)';
  return 'Toado accepted it and did not say which row it is';
}

/** Comments are listed oldest first, so a new one stands on the last page. */
const MANY_PAGES = 10;

/** The new comment: by its id where Toado said that much. */
export async function newComment(
  call: ToolCall<{ ticket_id: string; body: string }>,
  accepted: Accepted,
  sent: SentWrite,
): Promise<NewRow<Comment> | undefined> {
  const { id } = accepted;
  if (!id) {
    const found = notNamed(await findCreatedComment(call, sent), accepted);
    return found ?? commentInOtherWords(call, accepted, sent);
  }
  const found = await commentOf(call, id);
  return found && byId(found, sent);
}

async function commentOf(
  { api, input: { ticket_id } }: ToolCall<{ ticket_id: string }>,
  id: string,
): Promise<Comment | undefined> {
  let cursor: string | undefined;
  for (let page = 0; page < MANY_PAGES; page++) {
    const answer = await api.listComments({ ticket_id, limit: 100, cursor });
    const found = answer.items.find((one) => one.id === id);
    if (found || !answer.cursor) return found;
    cursor = answer.cursor;
  }
  return undefined;
}

/** The row that Toado named, where it is this call's in all but its words. */
async function ticketInOtherWords(
  { api, session, input }: Parameters<typeof findCreatedTicket>[0],
  accepted: Accepted,
  sent: SentWrite,
): Promise<NewRow<Ticket> | undefined> {
  const id = namedAsNew(accepted, sent);
  if (!id) return undefined;
  const row = await api.getTicket({ ticket_id: id, include: ['capture'] });
  const isThere = (row.id ?? id) === id && (row.project_id ?? input.project_id) === input.project_id;
  if (!isThere || !isCertainlyOwn(row.created, session.tokenId, sent)) return undefined;
  return { row: { ...row, id }, seen: CREATED_OTHERWISE };
}

async function commentInOtherWords(
  call: ToolCall<{ ticket_id: string; body: string }>,
  accepted: Accepted,
  sent: SentWrite,
): Promise<NewRow<Comment> | undefined> {
  const id = namedAsNew(accepted, sent);
  const row = id && (await commentOf(call, id));
  if (!row || !isCertainlyOwn(row.created, call.session.tokenId, sent)) return undefined;
  return { row, seen: POSTED_OTHERWISE };
}

function namedAsNew({ said = {} }: Accepted, sent: SentWrite): string | undefined {
  const { id } = said;
  return typeof id === 'string' && !deniesNew(said, id) && !sent.isTaken(id) ? id : undefined;
}

const CREATED_OTHERWISE =
  'Created; Toado shows it with another title than the one that was sent: compare title.';
const POSTED_OTHERWISE = 'Posted; Toado does not show its text as it was sent: compare with list_comments.';
