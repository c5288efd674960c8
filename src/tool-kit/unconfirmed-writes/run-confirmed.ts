/** A write went out and no answer came: what one look afterwards can tell, and what becomes of the call then. */
import { Failure } from '../../base/failure.ts';
import { pause } from '../../base/pause.ts';
import type { Answer } from '../../respond/answer.ts';
import { Accepted } from '../../toado-api/answers/accepted-without-row.ts';
import type { ServerClock } from '../../toado-api/client/clock.ts';
import type { Arguments } from '../arguments/read-arguments.ts';
import type { SentWrite, Tool, ToolCall } from '../definition/define-tool.ts';
import { readAgainIfReplaced } from './confirm-write.ts';
import type { CreateTracker, PendingCreate } from './create-tracker.ts';
import { madeLongBefore } from './old-rows.ts';
import { otherRow, readBack } from './read-back.ts';
import {
  isLongBefore,
  kindOf,
  learnFrom,
  type WritesThatSetUpdatedAt,
} from './writes-that-set-updated-at.ts';

/** What a session has learned that its writes are judged by. */
export interface WritesSoFar {
  clock: ServerClock;
  creates: CreateTracker;
  updatedAtWrites: WritesThatSetUpdatedAt;
}

export interface TrackedWrite extends SentWrite {
  /** It was answered with this row. */
  answered: (row: Record<string, unknown>) => void;
  /** Whether writes of its kind change a ticket's `updated_at`, as an answered one has shown. */
  setsUpdatedAt: () => boolean;
}

/** @param began when the request could leave at the earliest, on the clock of `performance.now()`. */
export function sentWriteOf(
  began: number,
  { clock, creates, updatedAtWrites }: WritesSoFar,
  { name }: Pick<Tool, 'name'>,
  input: Arguments,
  pending: PendingCreate | undefined,
): TrackedWrite {
  const kind = kindOf(name, input);
  const isSince: SentWrite['isSince'] = (at) => {
    // A time in whole seconds stands for all of its second.
    const span = /\.\d/.test(at ?? '') ? 0 : 999;
    return clock.isSince(Date.parse(at ?? ''), began, span);
  };
  const isOld = (at: string) => isLongBefore(at, began, clock);
  return {
    isSince,
    isUntouched: ({ updated, updated_at }) =>
      updatedAtWrites.kinds.has(kind) &&
      !!updated_at &&
      isOld(updated_at) &&
      isOld(updated?.at ?? updated_at),
    isTaken: (id) => creates.isTaken(id),
    others: (couldHaveMade) => (pending ? creates.others(pending, couldHaveMade) : 0),
    isDaysOld: (at) => isLongBefore(at, began, clock, ZONES_MS),
    answered: (row) => learnFrom(row, kind, updatedAtWrites, isSince),
    setsUpdatedAt: () => updatedAtWrites.kinds.has(kind),
  };
}

/** What is known after a look: the answer, or the failure with what the look showed. */
interface LookResult {
  answer?: Answer | undefined;
  failure: Failure;
  /** The ticket is not as asked, and nobody has changed it since the call began. */
  isUnchanged: boolean;
}

async function lookAfter(
  confirmWrite: Tool['confirmWrite'],
  confirmCall: () => ToolCall<Arguments>,
  sent: SentWrite,
  failure: Failure,
): Promise<LookResult> {
  const look = async () => confirmWrite?.(confirmCall(), sent);
  const shown = await readAgainIfReplaced(confirmCall(), look).catch(() => undefined);
  if (!shown) return { failure, isUnchanged: false };
  const { code, sentence, next, details } = failure;
  const told = new Failure(code, `${sentence} ${shown.seen}`, next, {
    ...details,
    lists: shown.rows ? { title: 'Found:', text: shown.rows } : details.lists,
  });
  return { answer: shown.answer, failure: told, isUnchanged: shown.isUnchanged === true };
}

/** How often a write is sent again where a look shows that it changed nothing. */
const MAX_RESENDS = 2;
/** Where Toado asks for a longer wait, the call ends and says so. */
const MAX_WAIT_S = 5;
const WAIT_MS = 300;

/**
 * Runs a write; where its answer was lost, a look decides. Only where that shows the ticket as it was before the call,
 * with certainly no change since, is the write sent again, and at once: otherwise it could undo what a person has done
 * meanwhile.
 * @param until when nothing more may be sent, on the clock of `performance.now()`.
 */
export async function runConfirmed(
  tool: Tool,
  call: ToolCall<Arguments>,
  confirmCall: () => ToolCall<Arguments>,
  sent: TrackedWrite,
  until: number,
): Promise<Answer> {
  /** What may have been carried out after all, later than the look. */
  let unknown: Failure | undefined;
  for (let resends = 0; ; resends++) {
    try {
      const answer = await tool.run(call);
      if (tool.effect === 'add') expectNew(answer, sent);
      sent.answered(answer.data);
      return answer;
    } catch (error) {
      if (error instanceof Accepted) return readBack(tool, confirmCall, error, sent);
      if (!(error instanceof Failure)) throw error;
      if (error.outcome !== 'outcome_unknown' || error.code === 'cancelled') throw unknown ?? error;
      const { status = 0, retryAfter } = error.details;
      const wait = retryAfter ? retryAfter * 1000 : WAIT_MS * (resends + 1);
      const isLate = performance.now() + wait > until || wait > MAX_WAIT_S * 1000;
      // It was answered, by whatever is in between: that would answer another attempt the same way.
      const isAnswered = status >= 200 && status < 400;
      const mayResend =
        tool.effect !== 'add' && sent.setsUpdatedAt() && !isAnswered && !isLate && resends < MAX_RESENDS;
      // Before the look: nobody sees what changes between that and another attempt.
      if (mayResend) await pause(wait, call.signal);
      const { answer, failure, isUnchanged } = await lookAfter(tool.confirmWrite, confirmCall, sent, error);
      if (answer) return answer;
      unknown = failure;
      if (!mayResend || !isUnchanged || call.signal.aborted) throw failure;
    }
  }
}

/** A row that another call of this session has made, or that is days old, can't be this one's. */
function expectNew({ data }: Answer, sent: TrackedWrite): void {
  const { id, title, toado_answered } = data;
  if (typeof id === 'string' && sent.isTaken(id)) throw otherRow();
  const created_at = madeLongBefore(data, sent);
  if (created_at === undefined) return;
  throw new Accepted(undefined, undefined, false, { id, title, created_at, ...(toado_answered as object) });
}

/** A time without its zone can be off by the most that zones differ. */
const ZONES_MS = 26 * 60 * 60 * 1000;
