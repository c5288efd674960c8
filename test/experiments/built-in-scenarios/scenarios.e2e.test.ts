import { expect, test } from 'vitest';
import { scenarios } from '../../../src/experiments/built-in-scenarios/index.ts';
import { trialsOf } from './every-scenario.ts';
import { Stage } from './play-inside.ts';

test('there are at least sixteen, each with two wrong ways of its own', () => {
  expect(scenarios.length).toBeGreaterThanOrEqual(16);
  for (const { name, wrong } of scenarios) expect(wrong?.length, name).toBeGreaterThanOrEqual(2);
});

test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
  '%s: passes and fails as it should',
  { timeout: 60_000 },
  async (_, scenario) => {
    const stage = new Stage(scenario);
    for (const { name, script, expected } of trialsOf(scenario)) {
      const grade = await stage.play(script);
      try {
        expected(grade);
      } catch (error) {
        throw new Error(`${name}: ${error instanceof Error ? error.message : error}`, { cause: error });
      }
    }
  },
);
