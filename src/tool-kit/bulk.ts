/**
 * Bulk calls: the API takes a hundred tickets a request, so more go out in chunks. The result is per ticket, in the
 * order asked and never cut, also when a chunk dies in the middle: nothing is claimed of the tickets that it was
 * about, and no chunk follows it.
 */
import * as z from 'zod';
import { Failure } from '../base/failure.ts';
import type { Answer } from '../respond/answer.ts';
import { secrets } from '../respond/redact.ts';
import type { BulkResult } from '../toado-api/schemas.ts';
import type { ToolCall } from './define-tool.ts';

const CHUNK = 100;
/** What Toado says of one ticket. */
const MAX_CODE = 60;
const MAX_MESSAGE = 200;

interface Result {
  ticket_id: string;
  ok: boolean;
  error?: { code: string; outcome?: string; message?: string };
}

export const bulkSchema = z.object({
  results: z.array(z.object({ ticket_id: z.string(), ok: z.boolean() })),
  shown_as: z.string().optional(),
});

export async function inChunks(
  { progress, session }: ToolCall<unknown>,
  ticketIds: readonly string[],
  send: (ticketIds: string[]) => Promise<BulkResult>,
): Promise<Answer> {
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
      const { results: its, ...others } = await send(ids);
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
  const done = results.filter((one) => one.ok).length;
  const notes = [
    `${done} of ${results.length} done${done < results.length ? '; see error of the others' : ''}.`,
  ];
  if (stopped) notes.push(`${stopped.code} (${stopped.outcome}): ${stopped.sentence} ${stopped.next}`);
  if (results.some(({ error }) => error?.outcome === 'outcome_unknown'))
    notes.push('outcome_unknown: it may have happened; get_ticket shows it. Calling again is harmless.');
  const said = new Set<string>();
  const brief = results.length > CHUNK ? results.map((one) => saidOnce(one, said)) : results;
  const isPlain = results.every((one) => one.ok && Object.keys(one).length === 2);
  return {
    data: { ...unknown, results: brief, shown_as: session.shownAs },
    // Where all went well, the ids are the ones that were sent.
    untold: isPlain ? ['results'] : [],
    notes,
    lists: { results: { whole: true } },
  };
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

function inOrder(ids: readonly string[], results: BulkResult['results']): Result[] {
  const byId = new Map(results.map((one) => [one.ticket_id, one]));
  return ids.map((id) => {
    const one = byId.get(id);
    if (!one) return failed(id, { code: 'bad_answer', outcome: 'outcome_unknown' });
    const { ticket_id: _id, ok, error, ...others } = one;
    if (ok) return { ticket_id: id, ok, ...others };
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
