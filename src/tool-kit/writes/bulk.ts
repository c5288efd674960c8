/**
 * Bulk calls: the API takes a hundred tickets a request, so more go out in chunks. The result says of every ticket
 * what became of it, also when a chunk dies in the middle: nothing is claimed of the tickets that it was about, and no
 * chunk follows it. Tickets that an accepted request says nothing of are looked for (confirm-bulk.ts).
 */
import * as z from 'zod';
import { Failure, isTokenRefused } from '../../base/failure.ts';
import type { Answer } from '../../respond/answer.ts';
import { Accepted } from '../../toado-api/answers/accepted-without-row.ts';
import { extraFieldsOf } from '../../toado-api/answers/extra-fields.ts';
import { isDoubted, refusalOf } from '../../toado-api/answers/read-bulk.ts';
import { contractCode } from '../../toado-api/errors/error-codes.ts';
import type { BulkAnswer } from '../../toado-api/routes/answer-forms.ts';
import type { ToolCall } from '../definition/define-tool.ts';
import { NOT_KNOWN } from '../unconfirmed-writes/confirm-write.ts';
import { groupedResults, type Result } from './bulk-groups.ts';
import { ACCEPTED, type BulkConfirmation, failed, inOrder, NOT_CONFIRMED } from './bulk-results.ts';
import { confirmBulk } from './confirm-bulk.ts';

const CHUNK = 100;
/** Rows that are about none of the tickets that were sent: enough to see what they are. */
const MAX_OTHER_ROWS = 20;

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

export async function inChunks(
  call: ToolCall<unknown>,
  ticketIds: readonly string[],
  send: (ticketIds: string[]) => Promise<BulkAnswer>,
  look: BulkConfirmation,
): Promise<Answer> {
  const { progress, session } = call;
  const isOneRequest = ticketIds.length <= CHUNK;
  const results: Result[] = [];
  /** Fields that this version doesn't know. */
  const unknown: Record<string, unknown> = {};
  const otherRows: object[] = [];
  let stopped: Failure | undefined;
  let isAnswered = false;
  /** What was said around the rows casts doubt on them. */
  let isDenied = false;
  for (let from = 0; from < ticketIds.length; from += CHUNK) {
    const ids = ticketIds.slice(from, from + CHUNK);
    if (stopped) {
      results.push(...ids.map((id) => failed(id, { code: 'not_sent', outcome: 'not_sent' })));
      continue;
    }
    try {
      const answer = await sendRenewed(call, () => send(ids)).catch(orNothingSaid);
      const { results: _its, ...others } = answer;
      const told = inOrder(ids, answer, look);
      isAnswered = true;
      stopped = refusalOf(answer);
      isDenied ||= isDoubted(answer);
      results.push(...told.results);
      Object.assign(unknown, others);
      // It may say why.
      if (told.results.some(({ ok }) => !ok)) {
        Object.assign(unknown, extraFieldsOf(answer));
        otherRows.push(...told.otherRows.slice(0, MAX_OTHER_ROWS - otherRows.length));
      }
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      stopped = error;
      const { code, outcome } = error;
      results.push(...ids.map((id) => failed(id, { code, outcome })));
    }
    if (!isOneRequest)
      progress(results.length, ticketIds.length, `${results.length} of ${ticketIds.length} tickets`);
  }
  const { lost, open } = await confirmBulk(call, results, look);
  const done = results.filter((one) => one.ok).length;
  // What was accepted before is told, whatever became of the rest.
  if (stopped && done === 0 && !isAnswered && (isOneRequest || stopped.outcome !== 'outcome_unknown'))
    throw stopped;
  const isPlain = results.every((one) => one.ok && Object.keys(one).length === 2);
  return {
    data: {
      ...unknown,
      ...(otherRows.length > 0 && { other_rows: otherRows }),
      results: [],
      shown_as: session.shownAs,
    },
    // Where all went well, the ids are the ones that were sent.
    omitFromText: isPlain ? ['results'] : [],
    notes: notesOn(results, done, stopped, { lost, doubted: isDenied ? open : 0 }),
    lists: { results: { forms: groupedResults(results) } },
    ...failedAll(results),
  };
}

/** Once more where the token was replaced meanwhile: nothing of it was done under the old one. */
async function sendRenewed(call: ToolCall<unknown>, send: () => Promise<BulkAnswer>): Promise<BulkAnswer> {
  try {
    return await send();
  } catch (error) {
    const api = isTokenRefused(error) ? call.apiIfTokenReplaced() : undefined;
    if (!api) throw error;
    call.api = api;
    return send();
  }
}

const IN_DOUBT = 'Toado’s answer casts doubt on whether it was by this call.';

/** @param found afterwards as asked: of those whose answer was lost, and of those that were answered with a doubt. */
function notesOn(
  results: readonly Result[],
  done: number,
  stopped: Failure | undefined,
  found: { lost: number; doubted: number },
): string[] {
  const others = done === results.length ? '' : done === 0 ? '; see error' : '; see error of the others';
  const notes = [`${done} of ${results.length} done${others}.`];
  if (stopped) {
    const { code, outcome, sentence, next } = stopped;
    notes.push(`${code} (${outcome}): ${sentence}${outcome === 'outcome_unknown' ? '' : ` ${next}`}`);
  }
  if (found.lost > 0) notes.push(`${found.lost} of them were found as asked afterwards. ${NOT_KNOWN}`);
  if (found.doubted > 0) notes.push(`${found.doubted} of them were found as asked afterwards. ${IN_DOUBT}`);
  if (results.some(({ error }) => error?.outcome === 'outcome_unknown'))
    notes.push(
      'outcome_unknown: it may have happened; look with get_ticket, since somebody may have changed it meanwhile.',
    );
  if (results.some(({ error }) => error?.outcome === ACCEPTED))
    notes.push(
      `${NOT_CONFIRMED}: Toado accepted the call and did not say that these are done; get_ticket shows each.`,
    );
  return notes;
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

function orNothingSaid(error: unknown): BulkAnswer {
  if (error instanceof Accepted) return { results: [], ...(error.said && { toado_answered: error.said }) };
  throw error;
}
