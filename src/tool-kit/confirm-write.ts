/**
 * Where a write was sent and no answer came, one read can often tell more. What it shows is a state, and never who
 * brought it about: that a ticket is in a column doesn't say that this call moved it there. A look says what it saw, and
 * gives an answer only where that is what was asked for.
 */
import { Failure } from '../base/failure.ts';
import type { Answer } from '../respond/answer.ts';
import { hasRemark, mayLackRows } from '../toado-api/answers/beside.ts';
import type { Attribution, Comment, Ticket } from '../toado-api/schemas/index.ts';
import { ticketWritten, type Wrote } from '../views/ticket.ts';
import type { ToolCall, ToolSession } from './define-tool.ts';

/** What one look shows. */
export interface Confirmation {
  /** What it shows, in our own words. */
  seen: string;
  /** Where that is what was asked for. */
  answer?: Answer;
  /** It is not as asked, and nobody has changed it since the call began: it may be sent again. */
  isUnchanged?: boolean;
  /** Rows that may be the call's own, or another call's: their ids and times. */
  rows?: string;
}

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
    if (!(error instanceof Failure) || error.details.status !== 401 || !apiIfTokenReplaced?.()) throw error;
    return look();
  }
}

/** What is known of the request whose answer was lost. */
export interface SentWrite {
  /** Whether something is not older than the call; undefined where times can't be compared. */
  isSince: (at: string | null | undefined) => boolean | undefined;
  /** Whether another call of this session has made that row. */
  isTaken: (id: string) => boolean;
  /** How many other calls of this session could have made what this one asked for. */
  others: (couldHaveMade: (input: unknown) => boolean) => number;
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
  const isChanged = isOurs(ticket.updated, session.tokenId) && sent.isSince(ticket.updated?.at) === true;
  if (position === undefined && isChanged) return is('It is in that column now.');
  const place = await placeOf(ticket, api);
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
    if (isPart(answer)) return undefined;
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
    isOurs(ticket.updated, session.tokenId) &&
    sent.isSince(ticket.updated?.at) === true
  );
}

/** What a look for a new row found. */
export interface Found<Row> {
  /** One that is this call's, as far as can be told. */
  row?: Row | undefined;
  seen: string;
  /** Those between which nothing tells. */
  rows?: string;
}

const COMMENT_PAGES = 10;

/** A comment of this token's with that body, made after the call began, that no other call has or could have made. */
export async function ownComment(
  { api, session, input }: ToolCall<{ ticket_id: string; body: string }>,
  sent: SentWrite,
): Promise<Found<Comment>> {
  const isAsked = (other: unknown) => {
    const { ticket_id, body } = other as typeof input;
    return ticket_id === input.ticket_id && isSameText(body, input.body);
  };
  const found: Comment[] = [];
  let cursor: string | undefined;
  let isWhole = true;
  for (let page = 0; page < COMMENT_PAGES; page++) {
    const answer = await api.listComments({ ticket_id: input.ticket_id, limit: PAGE, cursor });
    for (const one of answer.items) {
      const isHere = (one.ticket_id ?? input.ticket_id) === input.ticket_id;
      if (isHere && isSameText(one.body, input.body) && mayBeOwn(one.id, one.created, session.tokenId, sent))
        found.push(one);
    }
    isWhole &&= !isPart(answer);
    cursor = answer.cursor;
    if (!cursor) break;
  }
  return tellApart(found, isAsked, sent, session.tokenId, isWhole && !cursor);
}

/** Board order says nothing of age: where many tickets have such a title, not all of them are looked at. */
const TICKET_PAGES = 3;
const MAX_LOOKED_AT = 20;

interface NewTicket {
  project_id: string;
  title: string;
  description?: string | undefined;
  column_id?: string | undefined;
  source_url?: string | undefined;
}

/** A ticket of this token's with everything that was sent, made after the call began; otherwise like a comment. */
export async function ownTicket(
  { api, session, input }: ToolCall<NewTicket>,
  sent: SentWrite,
): Promise<Found<Ticket>> {
  const isAsked = (other: unknown) => isSameTicket(other as NewTicket, input);
  const found: Ticket[] = [];
  const { project_id, title } = input;
  let cursor: string | undefined;
  let isWhole = true;
  for (let page = 0, looks = 0; page < TICKET_PAGES; page++) {
    const answer = await api.listTickets({ project_id, query: title, status: 'all', limit: PAGE, cursor });
    for (const { id, title: its, created_at } of answer.items) {
      if (!id || !isSameText(its, title) || sent.isTaken(id) || sent.isSince(created_at) === false) continue;
      if (++looks > MAX_LOOKED_AT) {
        isWhole = false;
        break;
      }
      const ticket = await api.getTicket({ ticket_id: id, include: ['capture'] });
      const isIt =
        isSameText(ticket.description, input.description) &&
        (input.column_id === undefined || ticket.column_id === input.column_id) &&
        (ticket.source_url || undefined) === (input.source_url || undefined);
      if (isIt && mayBeOwn(id, ticket.created, session.tokenId, sent)) found.push(ticket);
    }
    isWhole &&= !isPart(answer);
    cursor = answer.cursor;
    if (!cursor) break;
  }
  return tellApart(found, isAsked, sent, session.tokenId, isWhole && !cursor);
}

/** Whether what two calls sent could have made the same row: where no column was named, it may be in any. */
function isSameTicket(one: NewTicket, other: NewTicket): boolean {
  return (
    one.project_id === other.project_id &&
    isSameText(one.title, other.title) &&
    isSameText(one.description, other.description) &&
    (one.source_url || undefined) === (other.source_url || undefined) &&
    (!one.column_id || !other.column_id || one.column_id === other.column_id)
  );
}

/** Whether Toado may have more than a page says to be all, or to come before its next one. */
function isPart(page: { items: object }): boolean {
  return mayLackRows(page.items) || hasRemark(page);
}

/** @param isWhole whether all were read among which it may be. */
function tellApart<Row extends { id?: string | null; created?: Attribution | null }>(
  found: Row[],
  isAsked: (input: unknown) => boolean,
  sent: SentWrite,
  tokenId: string | undefined,
  isWhole: boolean,
): Found<Row> {
  if (found.length === 0)
    return { seen: `A look afterwards did not find it${isWhole ? '' : ' among those that could be read'}.` };
  const [row] = found;
  const at = timeOf(row!);
  const isOne = found.length === 1 && isOurs(row!.created, tokenId) && sent.others(isAsked) === 0;
  if (isOne && at && sent.isSince(at) === true)
    return {
      row,
      seen: `Toado’s answer was lost; a look afterwards shows it: ${plainId(row!.id)}made at ${at} with this token. If another program writes with the same token, it may be that one’s.`,
    };
  return {
    seen: 'A look afterwards found what may be this call’s, or what another call of the same words made; nothing tells them apart.',
    rows: found
      .map((one) => `${one.id ?? 'without an id,'} made at ${timeOf(one) ?? 'an unknown time'}`)
      .join('\n'),
  };
}

/** In our own words only where it can't be anything but an id. */
function plainId(id: string | null | undefined): string {
  return id && /^[\w-]{1,40}$/.test(id) ? `${id}, ` : '';
}

function timeOf({ created }: { created?: Attribution | null }): string | undefined {
  const at = Date.parse(created?.at ?? '');
  return Number.isFinite(at) ? new Date(at).toISOString() : undefined;
}

/** Not certainly another's: made by this token, not before the call began, and no other call's of this session. */
function mayBeOwn(
  id: string | null | undefined,
  created: Attribution | null | undefined,
  tokenId: string | undefined,
  sent: SentWrite,
): boolean {
  if ((id && sent.isTaken(id)) || sent.isSince(created?.at) === false) return false;
  return !tokenId || !created?.token || created.token.id === tokenId;
}

function isOurs(changed: Attribution | null | undefined, tokenId: string | undefined): boolean {
  return !!tokenId && changed?.token?.id === tokenId;
}

/** Toado may keep a text in a form of its own, but not in other words. */
export function hasSameWords(one: string, other: string): boolean {
  // Marks of formatting don't make a text several times as long, and millions of words are gone through in one piece.
  if (Math.max(one.length, other.length) > 4 * Math.min(one.length, other.length) + 10_000) return false;
  const words = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, '');
  return words(one) === words(other);
}

/** As somebody reads it: Toado may keep line breaks and the white space around in its own way. */
export function isSameText(one: string | null | undefined, other: string | null | undefined): boolean {
  const plain = (text: string | null | undefined) => (text ?? '').replace(/\r\n?/g, '\n').trim();
  return plain(one) === plain(other);
}
