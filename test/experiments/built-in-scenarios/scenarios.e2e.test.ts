import { expect, test } from 'vitest';
import { scenarios } from '../../../src/experiments/built-in-scenarios/index.ts';
import { sideBySide } from '../../support/ending.ts';
import { Stage } from './play-inside.ts';
import { fewTrialsOf } from './scenario-trials.ts';

test('there are at least sixteen, each with two wrong ways of its own', () => {
  expect(scenarios.length).toBeGreaterThanOrEqual(16);
  for (const { name, wrong } of scenarios) expect(wrong?.length, name).toBeGreaterThanOrEqual(2);
});

for (const [index, scenario] of scenarios.entries())
  sideBySide(`${scenario.name}: passes and fails as it should`, async () => {
    const stage = new Stage(scenario);
    // Where an answer is lost, each of them waits for it.
    await Promise.all(
      fewTrialsOf(scenario, index).map(async ({ name, script, expected }) => {
        const grade = await stage.play(script);
        try {
          expected(grade);
        } catch (error) {
          throw new Error(`${name}: ${error instanceof Error ? error.message : error}`, { cause: error });
        }
      }),
    );
  });
