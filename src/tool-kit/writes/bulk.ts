/**
 * Bulk calls: the API takes a hundred tickets a request, so more go out in chunks. The result says of every ticket
 * what became of it, also when a chunk dies in the middle: nothing is claimed of the tickets that it was about, and no
 * chunk follows it. Of a ticket that an accepted request says nothing of, at most one look is taken.
 */
import * as z from 'zod';
import { Failure } from '../../base/failure.ts';
import type { Answer } from '../../respond/answer.ts';
import { secrets } from '../../respond/redact.ts';
import { Accepted } from '../../toado-api/answers/accepted-without-row.ts';
import { isDoubted } from '../../toado-api/answers/read-bulk.ts';
import { contractCode } from '../../toado-api/errors/error-sentences.ts';
import type { BulkAnswer } from '../../toado-api/routes/answer-forms.ts';
import { readIf } from '../../toado-api/schema-kit/scalar-readers.ts';
import { type BulkRow, type TicketSummary, ticketSummary } from '../../toado-api/schemas/index.ts';
import { isFilled, isYesFlag, saysNo, saysYes } from '../../toado-api/vocabulary/outcome-words.ts';
import type { ToolCall } from '../definition/define-tool.ts';
import { NOT_KNOWN, readAgainIfReplaced } from '../unconfirmed-writes/confirm-write.ts';
import { groupedResults, type Result } from './bulk-groups.ts';

const CHUNK = 100;
const MAX_SINGLE_LOOKS = 3;
/** What Toado says of one ticket. */
const MAX_CODE = 60;
const MAX_MESSAGE = 200;

export const bulkSchema = z.object({
  results: z.array(
    z.object({
      ok: z.boolean(),
      tickets: z.int(),
      ticket_ids: z.array(z.string()).optional(),
      all_others: z.boolean().optional(),
      positions: z.string().optional(),
    }),
  ),
  shown_as: z.string().optional(),
});

/** How a look finds out about tickets that the answer didn't name. */
export interface BulkConfirmation {
  /** Whether the ticket is as asked. */
  isDone: (ticket: TicketSummary) => boolean;
  /** The column in which they are all to be found now. */
  column_id?: string;
}

export async function inChunks(
  call: ToolCall<unknown>,
  ticketIds: readonly string[],
  send: (ticketIds: string[]) => Promise<BulkAnswer>,
  look: BulkConfirmation,
): Promise<Answer> {
  const { progress, session } = call;
  const results: Result[] = [];
  /** A 401 means that nothing of it was done: once more under the token that took its place, if there is one. */
  const sendRenewed = (ids: string[]) =>
    send(ids).catch((error: unknown) => {
      const isRefused =
        error instanceof Failure && error.details.status === 401 && error.outcome !== 'outcome_unknown';
      const api = isRefused ? call.apiIfTokenReplaced() : undefined;
      if (!api) throw error;
      call.api = api;
      return send(ids);
    });
  /** Fields that this version doesn't know. */
  const unknown: Record<string, unknown> = {};
  let stopped: Failure | undefined;
  for (let from = 0; from < ticketIds.length; from += CHUNK) {
    const ids = ticketIds.slice(from, from + CHUNK);
    if (stopped) {
      results.push(...ids.map((id) => failed(id, { code: 'not_sent', outcome: 'not_sent' })));
      continue;
    }
    try {
      const answer = await sendRenewed(ids).catch(orNothingSaid);
      const { results: its, ...others } = answer;
      results.push(...inOrder(ids, its, look, isDoubted(answer)));
      Object.assign(unknown, others);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      stopped = error;
      const { code, outcome } = error;
      results.push(...ids.map((id) => failed(id, { code, outcome })));
    }
    if (ticketIds.length > CHUNK)
      progress(results.length, ticketIds.length, `${results.length} of ${ticketIds.length} tickets`);
  }
  const seen = await confirm(call, results, look);
  const done = results.filter((one) => one.ok).length;
  if (stopped && done === 0 && (ticketIds.length <= CHUNK || stopped.outcome !== 'outcome_unknown'))
    throw stopped;
  const notes = [
    `${done} of ${results.length} done${done === results.length ? '' : done === 0 ? '; see error' : '; see error of the others'}.`,
  ];
  if (stopped)
    notes.push(
      `${stopped.code} (${stopped.outcome}): ${stopped.sentence}${stopped.outcome === 'outcome_unknown' ? '' : ` ${stopped.next}`}`,
    );
  if (seen > 0) notes.push(`${seen} of them were found as asked afterwards. ${NOT_KNOWN}`);
  if (results.some(({ error }) => error?.outcome === 'outcome_unknown'))
    notes.push(
      'outcome_unknown: it may have happened; look with get_ticket, since somebody may have changed it meanwhile.',
    );
  if (results.some(({ error }) => error?.outcome === ACCEPTED))
    notes.push(
      `${NOT_CONFIRMED}: Toado accepted the call and did not say that these are done; get_ticket shows each.`,
    );
  const isPlain = results.every((one) => one.ok && Object.keys(one).length === 2);
  return {
    data: { ...unknown, results: [], shown_as: session.shownAs },
    // Where all went well, the ids are the ones that were sent.
    omitFromText: isPlain ? ['results'] : [],
    notes,
    lists: { results: { forms: groupedResults(results) } },
    ...failedAll(results),
  };
}

/** A call of which nothing was done has failed. What was accepted, and isn't confirmed, may have been done. */
function failedAll(results: readonly Result[]): Pick<Answer, 'failed'> {
  if (results.some(({ ok, error }) => ok || error?.outcome === ACCEPTED)) return {};
  const [code, ...others] = new Set(results.map(({ error }) => error!.code));
  const isOpen = results.some(({ error }) => error!.outcome === 'outcome_unknown');
  return {
    failed: {
      code: (others.length === 0 && code && contractCode(code)) || NONE_DONE,
      outcome: isOpen ? 'outcome_unknown' : 'rejected',
    },
  };
}

/** Of tickets that failed for different reasons. */
const NONE_DONE = 'none_done';

/** Of a ticket that an accepted request doesn't name. */
const ACCEPTED = 'accepted';
const NOT_CONFIRMED = 'not_confirmed';

function orNothingSaid(error: unknown): BulkAnswer {
  if (error instanceof Accepted) return { results: [], ...(error.said && { toado_answered: error.said }) };
  throw error;
}

/**
 * One ticket, where there are more one page of its project's list, and of a lost answer a few one by one: what they show as
 * asked is done.
 * @returns of how many the answer was lost, so that nobody knows who did it.
 */
async function confirm(
  call: ToolCall<unknown>,
  results: Result[],
  { isDone, column_id }: BulkConfirmation,
): Promise<number> {
  const isOpen = ({ error }: Result) => error?.outcome === ACCEPTED || error?.outcome === 'outcome_unknown';
  const open = new Map(results.filter(isOpen).map((one) => [one.ticket_id, one]));
  let lost = 0;
  const settle = (ticket: TicketSummary, id = ticket.id) => {
    const result = id ? open.get(id) : undefined;
    if (!result || !isDone(ticket)) return;
    if (result.error?.outcome !== ACCEPTED) lost++;
    result.ok = true;
    delete result.error;
    open.delete(result.ticket_id);
  };
  const [first] = open.keys();
  if (first === undefined) return 0;
  const look = async () => {
    const api = call.confirmApi();
    const ticket = await api.getTicket({ ticket_id: first, include: ['capture'] });
    if (!ticket.id || ticket.id === first) settle(ticket, first);
    const { project_id } = ticket;
    if (open.size === 0) return;
    const { items } = project_id
      ? await api.listTickets({ project_id, column_id, status: 'all', limit: 100 })
      : { items: [] };
    for (const one of items) settle(one);
    if (open.size > MAX_SINGLE_LOOKS) return;
    // Of an accepted request, one list is all that is read; a lost one is worth a few reads more.
    for (const [id, { error }] of [...open]) {
      if (id === first || error?.outcome === ACCEPTED) continue;
      const other = await api.getTicket({ ticket_id: id, include: ['capture'] });
      if (!other.id || other.id === id) settle(other, id);
    }
  };
  try {
    await readAgainIfReplaced(call, look);
  } catch (error) {
    // It stays unconfirmed.
    if (!(error instanceof Failure)) throw error;
  }
  return lost;
}

function inOrder(
  ids: readonly string[],
  rows: readonly BulkRow[],
  { isDone, column_id }: BulkConfirmation,
  isInDoubt: boolean,
): Result[] {
  const byId = new Map<string, BulkRow>();
  // Rows that name no ticket stand for those that were sent, where there are as many.
  const areUnnamed = rows.length === ids.length && rows.every(({ ticket_id }) => !ticket_id);
  const places = areUnnamed ? placesOf(rows) : undefined;
  // Of two rows for one ticket, the one that says less of success counts.
  const worse = (one: BulkRow, other: BulkRow) => (one.ok === false || other.ok === true ? one : other);
  for (const [at, row] of rows.entries()) {
    const id = areUnnamed ? ids[places?.[at] ?? at] : row.ticket_id;
    if (!id) continue;
    const other = byId.get(id);
    byId.set(id, other ? worse(other, row) : row);
  }
  // Where each of them says yes, and what is around them no, only a look tells.
  const isContradicted = isInDoubt && ids.every((id) => byId.get(id)?.ok === true);
  return ids.map((id) => {
    const row = byId.get(id);
    const { ticket_id: _id, ok, error, ...others } = row ?? {};
    const isSilent =
      ok !== undefined || Object.entries(others).every(([name, value]) => saysNothing(name, value));
    const ticket = isSilent ? undefined : readIf(ticketSummary, { ...others, id });
    // It says that it was moved, and shows where it was.
    const isElsewhere =
      ok && column_id && typeof others.column_id === 'string' && others.column_id !== column_id;
    if (!row || ok === null || isElsewhere || isContradicted || (!isSilent && !(ticket && isDone(ticket)))) {
      const words = error?.message ?? error?.code;
      const message = words ? secrets.redact(words).slice(0, MAX_MESSAGE) : undefined;
      const open = { code: NOT_CONFIRMED, outcome: ACCEPTED, ...(message && { message }) };
      return { ...failed(id, open), ...('title' in others ? {} : others) };
    }
    // A whole ticket as the row says that it was done, and would be a hundred tickets to read.
    if (ok ?? true) return { ticket_id: id, ok: true, ...(ticket ? {} : others) };
    const { code, message, outcome: _its, ...unknown } = error ?? {};
    return {
      ...failed(id, {
        code: secrets.redact(code ?? 'refused').slice(0, MAX_CODE),
        // Of tickets that fail alike, the reason is the same but for the id.
        message: message ? secrets.redact(message).replaceAll(id, '<id>').slice(0, MAX_MESSAGE) : undefined,
        ...unknown,
      }),
      ...others,
    };
  });
}

/** Where each row says which of those that were sent it is about, counted from 0 or 1. */
function placesOf(rows: readonly BulkRow[]): number[] | undefined {
  const places = rows.map(({ index }) => index);
  const sorted = [...places].sort((one, other) => Number(one) - Number(other));
  const first = sorted[0];
  if ((first !== 0 && first !== 1) || !sorted.every((place, at) => place === first + at)) return undefined;
  return (places as number[]).map((place) => place - first);
}

const OF_ROWS = new Set([
  'object',
  'links',
  '_links',
  'url',
  'href',
  'self',
  'index',
  'position',
  'key',
  'number',
]);

/** Of the ticket itself. */
const OWN_FLAGS = new Set(['resolved', 'is_draft', 'isDraft', 'has_capture', 'has_ai_activity']);
const A_STATE = /^(active|archived|open|closed|draft)$/i;

/** Whether what a row has beside its id says nothing of what became of it, or no more than yes. */
function saysNothing(name: string, value: unknown): boolean {
  if (value === null || value === undefined || value === '' || OF_ROWS.has(name)) return true;
  if (name === 'type' || name === 'kind') return !saysNo(value);
  if (typeof value === 'boolean') return value ? isYesFlag(name) : OWN_FLAGS.has(name);
  if ((name === 'status' || name === 'state') && A_STATE.test(String(value))) return true;
  return typeof value === 'object'
    ? !Array.isArray(value) && !isFilled(value)
    : saysYes(value as string | number);
}

function failed(ticket_id: string, error: NonNullable<Result['error']>): Result {
  return { ticket_id, ok: false, error };
}
