/** The trials of every scenario as a person's agent runs them: sandbox, server and recorder each a process. */
import { describe, test } from 'vitest';
import type { Scenario } from '../../../src/experiments/scenario/schema.ts';
import { play } from './agents-for-any-scenario.ts';
import { trialsOf } from './scenario-trials.ts';

export function withProcesses(scenarios: readonly Scenario[]): void {
  describe.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('%s', (_, scenario) => {
    test.each(trialsOf(scenario).map((trial) => [trial.name, trial] as const))(
      '%s',
      { timeout: 120_000 },
      async (_name, { script, expected }) => expected((await play(scenario, script)).grade),
    );
  });
}
