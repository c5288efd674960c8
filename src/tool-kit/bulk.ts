/**
 * Bulk calls: the API takes a hundred tickets a request, so more go out in chunks. The result is per ticket, in the
 * order asked and never cut, also when a chunk dies in the middle: nothing is claimed of the tickets that it was
 * about, and no chunk follows it. Of a ticket that an accepted request says nothing of, at most one look is taken.
 */
import * as z from 'zod';
import { Failure } from '../base/failure.ts';
import type { Answer } from '../respond/answer.ts';
import { secrets } from '../respond/redact.ts';
import { Accepted } from '../toado-api/accepted.ts';
import type { BulkAnswer } from '../toado-api/answer-forms.ts';
import type { BulkRow, TicketSummary } from '../toado-api/schemas/index.ts';
import type { ToolCall } from './define-tool.ts';

const CHUNK = 100;
/** What Toado says of one ticket. */
const MAX_CODE = 60;
const MAX_MESSAGE = 200;

interface Result {
  ticket_id: string;
  ok: boolean;
  error?: { code: string; outcome?: string; message?: string | undefined } | undefined;
}

export const bulkSchema = z.object({
  results: z.array(z.object({ ticket_id: z.string(), ok: z.boolean() })),
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
      const { results: its, ...others } = await send(ids).catch(orNothingSaid);
      results.push(...inOrder(ids, its));
      Object.assign(unknown, others);
    } catch (error) {
      if (!(error instanceof Failure) || ticketIds.length <= CHUNK) throw error;
      stopped = error;
      const { code, outcome } = error;
      results.push(...ids.map((id) => failed(id, { code, outcome })));
    }
    if (ticketIds.length > CHUNK)
      progress(results.length, ticketIds.length, `${results.length} of ${ticketIds.length} tickets`);
  }
  await confirm(call, results, look);
  const done = results.filter((one) => one.ok).length;
  const notes = [
    `${done} of ${results.length} done${done < results.length ? '; see error of the others' : ''}.`,
  ];
  if (stopped)
    notes.push(
      `${stopped.code} (${stopped.outcome}): ${stopped.sentence}${stopped.outcome === 'outcome_unknown' ? '' : ` ${stopped.next}`}`,
    );
  if (results.some(({ error }) => error?.outcome === 'outcome_unknown'))
    notes.push(
      'outcome_unknown: it may have happened; look with get_ticket. Doing it a second time is harmless.',
    );
  if (results.some(({ error }) => error?.outcome === ACCEPTED))
    notes.push(`${NOT_CONFIRMED}: Toado accepted the call and said nothing of them; get_ticket shows each.`);
  const said = new Set<string>();
  const brief = results.length > CHUNK ? results.map((one) => saidOnce(one, said)) : results;
  const isPlain = results.every((one) => one.ok && Object.keys(one).length === 2);
  return {
    data: { ...unknown, results: brief, shown_as: session.shownAs },
    // Where all went well, the ids are the ones that were sent.
    omitFromText: isPlain ? ['results'] : [],
    notes,
    lists: { results: { whole: true } },
  };
}

/** Of a ticket that an accepted request doesn't name. */
const ACCEPTED = 'accepted';
const NOT_CONFIRMED = 'not_confirmed';

function orNothingSaid(error: unknown): BulkAnswer {
  if (error instanceof Accepted) return { results: [] };
  throw error;
}

/** One ticket and one page of its project's list: what they show as asked is done. */
async function confirm(
  { api }: ToolCall<unknown>,
  results: Result[],
  { isDone, column_id }: BulkConfirmation,
): Promise<void> {
  const open = new Map(
    results.filter(({ error }) => error?.outcome === ACCEPTED).map((one) => [one.ticket_id, one]),
  );
  const settle = (ticket: TicketSummary, id = ticket.id) => {
    const result = id ? open.get(id) : undefined;
    if (!result || !isDone(ticket)) return;
    result.ok = true;
    delete result.error;
    open.delete(result.ticket_id);
  };
  const [first] = open.keys();
  if (first === undefined) return;
  try {
    const ticket = await api.getTicket({ ticket_id: first, include: ['capture'] });
    settle(ticket, first);
    const { project_id } = ticket;
    if (open.size === 0 || !project_id) return;
    const { items } = await api.listTickets({ project_id, column_id, status: 'all', limit: 100 });
    for (const one of items) settle(one);
  } catch (error) {
    // It stays unconfirmed.
    if (!(error instanceof Failure)) throw error;
  }
}

/** Hundreds that fail for the same reason say it in words once; each keeps its code. */
function saidOnce(result: Result, said: Set<string>): Result {
  const { message, ...error } = result.error ?? {};
  if (!result.error || !message || !said.has(message)) {
    if (message) said.add(message);
    return result;
  }
  return { ...result, error: error as Result['error'] };
}

function inOrder(ids: readonly string[], results: readonly BulkRow[]): Result[] {
  const byId = new Map(results.map((one) => [one.ticket_id, one]));
  return ids.map((id) => {
    const one = byId.get(id);
    if (!one) return failed(id, { code: NOT_CONFIRMED, outcome: ACCEPTED });
    const { ticket_id: _id, ok, error, ...others } = one;
    // A whole ticket as the row says that it was done, and would be a hundred tickets to read.
    if (ok ?? true) return { ticket_id: id, ok: true, ...('title' in others ? {} : others) };
    const { code, message, ...unknown } = error ?? {};
    return {
      ...failed(id, {
        code: secrets.redact(code ?? 'internal_error').slice(0, MAX_CODE),
        message: message ? secrets.redact(message).slice(0, MAX_MESSAGE) : undefined,
        ...unknown,
      }),
      ...others,
    };
  });
}

function failed(ticket_id: string, error: NonNullable<Result['error']>): Result {
  return { ticket_id, ok: false, error };
}
