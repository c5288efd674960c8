/**
 * Which of the rows that a look finds is the one that this call added, where no answer named it: of this token, with the
 * same words, not older than the call, and no other call's. Where it could be two of them, none is chosen.
 */
import { hasRemark, mayLackRows } from '../../toado-api/answers/extra-fields.ts';
import type { Attribution, Comment, Ticket } from '../../toado-api/schemas/index.ts';
import { shownAs } from '../../views/attribution.ts';
import type { SentWrite, ToolCall, ToolSession } from '../definition/define-tool.ts';
import { hasSameWords, isSameText } from './same-text.ts';

const PAGE = 100;

/** What a look for a new row found. */
export interface Found<Row> {
  /** One that is this call's, as far as can be told. */
  row?: Row | undefined;
  seen: string;
  /** Where it could be any of several: all of them. */
  rows?: string;
}

const COMMENT_PAGES = 10;

/** A comment of this token's with that body, made after the call began, that no other call has or could have made. */
export async function findCreatedComment(
  { api, session, input }: ToolCall<{ ticket_id: string; body: string }>,
  sent: SentWrite,
): Promise<Found<Comment>> {
  const isAsked = (other: unknown) => {
    const { ticket_id, body } = other as typeof input;
    return ticket_id === input.ticket_id && hasSameWords(body, input.body);
  };
  const found: Comment[] = [];
  const otherwise: Comment[] = [];
  const earlier: MadeAt[] = [];
  let cursor: string | undefined;
  let isWhole = true;
  for (let page = 0; page < COMMENT_PAGES; page++) {
    const answer = await api.listComments({ ticket_id: input.ticket_id, limit: PAGE, cursor });
    for (const one of answer.items) {
      const isHere = (one.ticket_id ?? input.ticket_id) === input.ticket_id;
      if (!isHere || isOthers(one.id, one.created, session.tokenId, sent)) continue;
      const hasWords = hasSameWords(one.body ?? '', input.body);
      if (sent.isSince(one.created?.at) === false) {
        if (hasWords && !sent.isDaysOld(one.created!.at!)) earlier.push({ id: one.id, at: one.created!.at });
      } else if (hasWords) found.push(one);
      else if (isCertainlyOwn(one.created, session.tokenId, sent)) otherwise.push(one);
    }
    isWhole &&= !mayLack(answer);
    cursor = answer.cursor;
    if (!cursor) break;
  }
  return tellApart({ found, otherwise, earlier }, isAsked, sent, session.tokenId, isWhole && !cursor);
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
export async function findCreatedTicket(
  { api, session, input }: ToolCall<NewTicket>,
  sent: SentWrite,
): Promise<Found<Ticket>> {
  const isAsked = (other: unknown) => isSameTicket(other as NewTicket, input);
  const found: Ticket[] = [];
  const otherwise: Ticket[] = [];
  const earlier: MadeAt[] = [];
  const { project_id, title } = input;
  let cursor: string | undefined;
  let isWhole = true;
  for (let page = 0, looks = 0; page < TICKET_PAGES; page++) {
    const answer = await api.listTickets({ project_id, query: title, status: 'all', limit: PAGE, cursor });
    for (const { id, title: its, created_at } of answer.items) {
      const isSince = sent.isSince(created_at);
      const hasTitle = isSameText(its, title);
      // Toado may keep a title in another form: what is certainly newer than the call is looked at all the same.
      if (!id || sent.isTaken(id) || !(hasTitle || isSince)) continue;
      if (isSince === false) {
        if (!sent.isDaysOld(created_at!)) earlier.push({ id, at: created_at });
        continue;
      }
      if (++looks > MAX_LOOKED_AT) {
        isWhole = false;
        break;
      }
      const ticket = await api.getTicket({ ticket_id: id, include: ['capture'] });
      const isIt =
        hasTitle &&
        hasSameWords(ticket.description ?? '', input.description ?? '') &&
        (input.column_id === undefined || ticket.column_id === input.column_id) &&
        (ticket.source_url || undefined) === (input.source_url || undefined);
      if (isOthers(id, ticket.created, session.tokenId, sent)) continue;
      if (sent.isSince(ticket.created?.at) === false) continue;
      if (isIt) found.push(ticket);
      else if (isCertainlyOwn(ticket.created, session.tokenId, sent)) otherwise.push(ticket);
    }
    isWhole &&= !mayLack(answer);
    cursor = answer.cursor;
    if (!cursor) break;
  }
  return tellApart({ found, otherwise, earlier }, isAsked, sent, session.tokenId, isWhole && !cursor);
}

/** Whether what two calls sent could have made the same row: where no column was named, it may be in any. */
function isSameTicket(one: NewTicket, other: NewTicket): boolean {
  return (
    one.project_id === other.project_id &&
    isSameText(one.title, other.title) &&
    hasSameWords(one.description ?? '', other.description ?? '') &&
    (one.source_url || undefined) === (other.source_url || undefined) &&
    (!one.column_id || !other.column_id || one.column_id === other.column_id)
  );
}

/** Whether Toado may have more than a page says to be all, or to come before its next one. */
export function mayLack(page: { items: object }): boolean {
  return mayLackRows(page.items) || hasRemark(page);
}

/**
 * @param found with what was sent.
 * @param otherwise what this token has made since that is not in those words: Toado may keep them in others.
 * @param earlier with what was sent, and a time before the call: what writes the times may have a clock of its own.
 * @param isWhole whether all were read among which it may be.
 */
function tellApart<Row extends { id?: string | null; created?: Attribution | null }>(
  { found, otherwise, earlier }: { found: Row[]; otherwise: Row[]; earlier: MadeAt[] },
  isAsked: (input: unknown) => boolean,
  sent: SentWrite,
  tokenId: string | undefined,
  isWhole: boolean,
): Found<Row> {
  if (found.length === 0)
    return {
      seen: `A look afterwards did not find it${isWhole ? '' : ' among those that could be read'}.${madeOtherwise(otherwise)}${madeEarlier(earlier)}`,
    };
  const [row] = found;
  const at = timeOf(row!);
  const isOne = found.length === 1 && isByToken(row!.created, tokenId) && sent.others(isAsked) === 0;
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

const MAX_NAMED = 3;

function madeOtherwise(rows: readonly { id?: string | null }[]): string {
  const ids = rows.map(({ id }) => plainId(id)).filter(Boolean);
  if (ids.length === 0) return '';
  const more = rows.length > MAX_NAMED ? `and ${rows.length - MAX_NAMED} more, ` : '';
  return ` This token has made since, with other words or fields: ${ids.slice(0, MAX_NAMED).join('')}${more}which may be it as Toado keeps it.`;
}

interface MadeAt {
  id?: string | null | undefined;
  at?: string | null | undefined;
}

function madeEarlier(rows: readonly MadeAt[]): string {
  const last = rows
    .slice(-MAX_NAMED)
    .map(({ id, at }) => `${plainId(id)}made at ${timeOf({ created: { at } })}`);
  if (last.length === 0) return '';
  return ` The same words are there with an earlier time than this call’s: ${last.join('; ')}. If Toado’s clock is behind, it may be that.`;
}

/** In our own words only where it can't be anything but an id. */
function plainId(id: string | null | undefined): string {
  return id && /^[\w-]{1,40}$/.test(id) ? `${id}, ` : '';
}

function timeOf({ created }: { created?: { at?: string | null | undefined } | null }): string | undefined {
  const at = Date.parse(created?.at ?? '');
  return Number.isFinite(at) ? new Date(at).toISOString() : undefined;
}

/** Certainly another's: made by another token, or another call's of this session. */
function isOthers(
  id: string | null | undefined,
  created: Attribution | null | undefined,
  tokenId: string | undefined,
  sent: SentWrite,
): boolean {
  return (!!id && sent.isTaken(id)) || (!!tokenId && !!created?.token && created.token.id !== tokenId);
}

/**
 * What is said of a row that names a token as its maker which is another by its id and in people's words.
 * @returns undefined of any other row.
 */
export function madeByAnother(
  what: 'ticket' | 'comment',
  created: Attribution | null | undefined,
  { tokenId, shownAs: own }: Pick<ToolSession, 'tokenId' | 'shownAs'>,
): string | undefined {
  const { id } = created?.token ?? {};
  return id && tokenId && id !== tokenId && shownAs(created!) !== own
    ? `Toado answered with this ${what}, and shows that another token made it: look before doing it again.`
    : undefined;
}

/** Made by this token since the call began, as far as anything tells. */
export function isCertainlyOwn(
  created: Attribution | null | undefined,
  tokenId: string | undefined,
  sent: SentWrite,
): boolean {
  return isByToken(created, tokenId) && sent.isSince(created?.at) === true;
}

export function isByToken(changed: Attribution | null | undefined, tokenId: string | undefined): boolean {
  return !!tokenId && changed?.token?.id === tokenId;
}
