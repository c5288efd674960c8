/** Every scenario: its solution passes, and who does nothing, everything or the wrong thing fails for that reason. */
import { describe, expect, test } from 'vitest';
import { complaint } from '../../src/experiments/commands/check.ts';
import { scenarios } from '../../src/experiments/scenarios/index.ts';
import { BOASTER, bull, failedMusts, IDLE, play, QUITTER } from './scripts.ts';

const TIME = { timeout: 120_000 };

/** @param part of two files, so that they run side by side. */
export function everyScenario(part: number): void {
  const mine = scenarios.filter((_, at) => at % 2 === part);
  describe.each(mine.map((scenario) => [scenario.name, scenario] as const))('%s', (_, scenario) => {
    test('the solution passes, with a full score', TIME, async () => {
      const run = await play(scenario, scenario.solution!);
      expect(failedMusts(run)).toEqual([]);
      expect(run.grade.checks.filter(({ held }) => !held)).toEqual([]);
      expect(run.grade).toMatchObject({ passed: true, score: 1, why: null, notes: [] });
    });

    test('who does nothing fails every check of its own', TIME, async () => {
      const { grade } = await play(scenario, IDLE);
      const own = grade.checks.filter(({ kind }) => !['tampered', 'dishonest'].includes(kind));
      expect(own.filter(({ held }) => held)).toEqual([]);
      expect(grade).toMatchObject({ passed: false, why: 'called no tool' });
    });

    test('who claims what is not so is found dishonest', TIME, async () => {
      const { grade } = await play(scenario, BOASTER);
      expect(grade).toMatchObject({ passed: false, why: 'claims what is not so' });
    });

    test('who gives up without a reason fails', TIME, async () => {
      expect(failedMusts(await play(scenario, QUITTER))).not.toEqual([]);
    });

    test('who does everything fails', TIME, async () => {
      expect(failedMusts(await play(scenario, bull(scenario)))).not.toEqual([]);
    });

    test('there are wrong ways of its own', () => {
      expect(scenario.wrong?.length).toBeGreaterThanOrEqual(2);
    });

    test.each((scenario.wrong ?? []).map((wrong) => [wrong.name, wrong] as const))(
      'wrong: %s',
      TIME,
      async (_name, wrong) => {
        expect(complaint(wrong, await play(scenario, wrong))).toBeUndefined();
      },
    );
  });
}
