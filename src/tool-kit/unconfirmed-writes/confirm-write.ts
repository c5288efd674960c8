/**
 * Where a write was sent and no answer came, one read can often tell more. What it shows is a state, and never who
 * brought it about: that a ticket is in a column doesn't say that this call moved it there. A look says what it saw, and
 * gives an answer only where that is what was asked for.
 */
import { Failure } from '../../base/failure.ts';
import type { Ticket } from '../../toado-api/schemas/index.ts';
import { ticketWritten, type Wrote } from '../../views/ticket.ts';
import type { Confirmation, SentWrite, ToolCall, ToolSession } from '../definition/define-tool.ts';
import { isByToken, mayLack } from './find-created-row.ts';

/**
 * A look, and once more where the token was replaced meanwhile: what was sent under the old one is still the old one's,
 * and may be seen with the new.
 */
export async function readAgainIfReplaced<Result>(
  { apiIfTokenReplaced }: Pick<ToolCall<unknown>, 'apiIfTokenReplaced'>,
  look: () => Promise<Result>,
): Promise<Result> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof Failure) || error.details.status !== 401 || !apiIfTokenReplaced()) throw error;
    return look();
  }
}

/** What a tool tells of a ticket that it has written; here without its claim to have done it. */
type Tells = Pick<Wrote, 'tells'>;

export const NOT_KNOWN = 'Toado’s answer was lost, so whether by this call is not known.';

/** The state as it is now, and no claim of how it came about. */
function now(ticket: Ticket, session: ToolSession, seen: string, { tells }: Tells): Confirmation {
  return { seen, answer: ticketWritten(ticket, session, { did: `${seen} ${NOT_KNOWN}`, tells }) };
}

const PAGE = 100;
/** A longer column is not read to its end for this. */
const COLUMN_PAGES = 5;

/** For a move into a column in which the ticket is: what its place and its last change tell. */
export async function confirmMove(
  { api, input, session }: ToolCall<{ ticket_id: string; position?: number | undefined }>,
  sent: SentWrite,
  ticket: Ticket,
  wrote: Tells,
): Promise<Confirmation> {
  const { position } = input;
  const is = (seen: string) => now(ticket, session, seen, wrote);
  // A ticket that was in the column before is in it all the same: only a change since then tells of a move.
  const isChanged = isByToken(ticket.updated, session.tokenId) && sent.isSince(ticket.updated?.at) === true;
  if (position === undefined && isChanged) return is('It is in that column now.');
  const place = await placeOf(ticket, api);
  if (!place && !isChanged)
    return { seen: 'It is in that column now, at a place that is not known; it may have been there before.' };
  if (position === undefined)
    return place?.isLast
      ? is('It is at the bottom of that column now.')
      : { seen: 'It is in that column now, but not at its bottom; it may have been there before.' };
  if (place && (place.at === position || (place.isLast && position > place.at)))
    return is('It is at that place in that column now.');
  // Others may have moved something since.
  if (isChanged) return is('It is in that column now, at another place.');
  return { seen: 'It is in that column now, but not at that place.' };
}

async function placeOf(
  { id, project_id, column_id }: Ticket,
  api: ToolCall<unknown>['api'],
): Promise<{ at: number; isLast: boolean } | undefined> {
  if (!project_id || !column_id) return undefined;
  let before = 0;
  let cursor: string | undefined;
  for (let page = 0; page < COLUMN_PAGES; page++) {
    const answer = await api.listTickets({ project_id, column_id, limit: PAGE, cursor });
    if (mayLack(answer)) return undefined;
    const { items, cursor: next } = answer;
    const at = items.findIndex((one) => one.id === id);
    if (at >= 0) return { at: before + at, isLast: at === items.length - 1 && !next };
    if (!next) return undefined;
    before += items.length;
    cursor = next;
  }
  return undefined;
}

/** A branch name of Toado's own making was recorded on the ticket by this token, after the call began. */
export function hasNewBranch(
  ticket: Ticket,
  { session }: ToolCall<unknown>,
  sent: SentWrite,
): ticket is Ticket & { branch_name: string } {
  return (
    !!ticket.id &&
    !!ticket.branch_name?.startsWith(ticket.id) &&
    isByToken(ticket.updated, session.tokenId) &&
    sent.isSince(ticket.updated?.at) === true
  );
}
