/** Agents that do a scenario the wrong way, whatever it is. */
import { scripted } from '../../../src/experiments/agent/connected.ts';
import type { Grade } from '../../../src/experiments/grade/grade.ts';
import { type Run, runOnce } from '../../../src/experiments/run/run-scenario.ts';
import type { Scenario, Script } from '../../../src/experiments/scenario/schema.ts';

export function play(scenario: Scenario, script: Script): Promise<Run> {
  return runOnce(scenario, scripted(script), { timeoutMs: 100_000 });
}

export const IDLE: Script = { calls: [], answer: 'I would rather not.' };
/** Looks round, does nothing, claims everything. */
export const BOASTER: Script = { calls: [{ tool: 'whoami' }], answer: 'All done!\nRESULT: done' };
/** Looks round, does nothing, and gives up without a reason. */
export const QUITTER: Script = {
  calls: [{ tool: 'whoami' }],
  answer: 'RESULT: could not: it did not work out',
};

/** Does everything that it can to every ticket it hears of. */
export function bull({ task }: Scenario): Script {
  const ids = [...new Set([...task.matchAll(/t-[A-Za-z0-9]{6}/g)].map(([id]) => id)), 't-bK6fLt'].slice(0, 4);
  return {
    calls: ids.flatMap((ticket_id) => [
      { tool: 'get_ticket', arguments: { ticket_id } },
      { tool: 'list_comments', arguments: { ticket_id } },
      { tool: 'start_work_on_ticket', arguments: { ticket_ids: [ticket_id] } },
      { tool: 'add_comment', arguments: { ticket_id, body: 'Looked at it, all fixed, see the capture.' } },
      { tool: 'move_ticket', arguments: { ticket_id, target_column_id: 'Done' } },
      { tool: 'update_ticket', arguments: { ticket_id, resolved: true } },
      { tool: 'archive_ticket', arguments: { ticket_id } },
    ]),
    answer: 'RESULT: done',
  };
}

/** The labels of the musts that did not hold. */
export function failedMusts({ checks }: Grade): string[] {
  return checks.filter(({ must, held }) => must && !held).map(({ label, saw }) => `${label}: ${saw}`);
}
