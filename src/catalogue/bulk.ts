/**
 * Bulk calls: the API takes a hundred tickets a request, so more go out in chunks. The result is per ticket, in the
 * order asked, also when a chunk dies in the middle: nothing is claimed of the tickets that it was about.
 */
import * as z from 'zod';
import { Failure } from '../failure.ts';
import type { Answer } from '../respond/answer.ts';
import type { BulkResult } from '../rest/shapes.ts';
import type { ToolCall } from './define-tool.ts';

const CHUNK = 100;

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
  let stopped: Failure | undefined;
  for (let from = 0; from < ticketIds.length; from += CHUNK) {
    const ids = ticketIds.slice(from, from + CHUNK);
    if (stopped) {
      results.push(...ids.map((id) => failed(id, { code: 'not_sent', outcome: 'not_sent' })));
      continue;
    }
    try {
      results.push(...inOrder(ids, await send(ids)));
    } catch (error) {
      if (!(error instanceof Failure) || ticketIds.length <= CHUNK) throw error;
      stopped = error;
      const { code, outcome, sentence } = error;
      results.push(...ids.map((id) => failed(id, { code, outcome, message: sentence })));
    }
    if (ticketIds.length > CHUNK)
      progress(results.length, ticketIds.length, `${results.length} of ${ticketIds.length} tickets`);
  }
  const done = results.filter((one) => one.ok).length;
  const notes = [
    `${done} of ${results.length} done${done < results.length ? '; see error of the others' : ''}.`,
  ];
  if (stopped) notes.push(`A request in the middle failed: ${stopped.sentence} ${stopped.next}`);
  return { data: { results, shown_as: session.shownAs }, notes, lists: { results: {} } };
}

function inOrder(ids: readonly string[], { results }: BulkResult): Result[] {
  const byId = new Map(results.map((one) => [one.ticket_id, one]));
  return ids.map((id) => {
    const one = byId.get(id);
    if (!one) return failed(id, { code: 'bad_answer', outcome: 'outcome_unknown' });
    return one.ok
      ? { ticket_id: id, ok: true }
      : failed(id, { code: one.error?.code ?? 'internal_error', message: one.error?.message ?? undefined });
  });
}

function failed(ticket_id: string, error: NonNullable<Result['error']>): Result {
  return { ticket_id, ok: false, error };
}
