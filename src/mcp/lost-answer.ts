/** A write went out and no answer came: what one look afterwards can tell, and what becomes of the call then. */
import { Failure } from '../base/failure.ts';
import type { Answer } from '../respond/answer.ts';
import type { ServerClock } from '../toado-api/clock.ts';
import type { Addition, Additions } from '../tool-kit/additions.ts';
import type { Arguments } from '../tool-kit/arguments.ts';
import type { SentWrite } from '../tool-kit/confirm-write.ts';
import type { Tool, ToolCall } from '../tool-kit/define-tool.ts';

/** @param began when the request could leave at the earliest, on the clock of `performance.now()`. */
export function sentWriteOf(
  began: number,
  clock: ServerClock,
  additions: Additions,
  addition: Addition | undefined,
): SentWrite {
  return {
    isSince(at) {
      const earliest = clock.earliest(began);
      const time = Date.parse(at ?? '');
      if (earliest === undefined || !Number.isFinite(time)) return undefined;
      // A time in whole seconds stands for all of its second.
      const rest = /\.\d/.test(at!) ? 0 : 999;
      return time + rest >= earliest;
    },
    isTaken: (id) => additions.isTaken(id),
    others: (couldHaveMade) => (addition ? additions.others(addition, couldHaveMade) : 0),
  };
}

/** @throws Failure with the outcome that it had, and with what the look showed. */
export async function confirmLostWrite(
  confirmWrite: Tool['confirmWrite'],
  call: ToolCall<Arguments>,
  sent: SentWrite,
  failure: Failure,
): Promise<Answer> {
  const shown = await confirmWrite?.(call, sent).catch(() => undefined);
  if (shown?.answer) return shown.answer;
  const { code, sentence, next, details } = failure;
  if (!shown) throw failure;
  throw new Failure(code, `${sentence} ${shown.seen}`, next, {
    ...details,
    lists: shown.rows ? { title: 'Found:', text: shown.rows } : details.lists,
  });
}
