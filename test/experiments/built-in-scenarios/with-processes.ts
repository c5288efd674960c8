/** The trials of every scenario as a person's agent runs them: sandbox, server and recorder each a process. */
import { describe, test } from 'vitest';
import type { Scenario } from '../../../src/experiments/scenario/schema.ts';
import { trialsOf } from './every-scenario.ts';
import { play } from './wrong-agents.ts';

export function withProcesses(scenarios: readonly Scenario[]): void {
  describe.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('%s', (_, scenario) => {
    test.each(trialsOf(scenario).map((trial) => [trial.name, trial] as const))(
      '%s',
      { timeout: 120_000 },
      async (_name, { script, expected }) => expected((await play(scenario, script)).grade),
    );
  });
}
