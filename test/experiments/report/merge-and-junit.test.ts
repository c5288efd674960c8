/** What merging refuses, what a comparison and JUnit's XML say of it: all from results alone. */
import { describe, expect, test } from 'vitest';
import { ExperimentError } from '../../../src/experiments/base/error.ts';
import { compareResults, comparisonText } from '../../../src/experiments/report/compare.ts';
import { junit } from '../../../src/experiments/report/junit.ts';
import { mergeResults } from '../../../src/experiments/report/merge.ts';
import { textReport } from '../../../src/experiments/report/text.ts';
import type { Results } from '../../../src/experiments/run/results.ts';
import { toError } from '../../../src/experiments/run/to-result.ts';

const runOf = (attempt: number): Results['runs'][number] => ({
  ...toError('one', attempt, new ExperimentError('x')),
  status: 'passed',
  error: null,
});

function results(more: Partial<Results> = {}): Results {
  return {
    format: 1,
    program: 'toado-mcp 1.0.0',
    agent: 'mine',
    started_at: '2026-01-01T00:00:00.000Z',
    plan: { scenarios: ['one'], times: 2, shard: '1/2' },
    scenarios: [{ name: 'one', title: 'One', about: 'Tries it.', task: 'Do it.' }],
    runs: [runOf(1)],
    missing: [],
    ...more,
  };
}
const second = (more: Partial<Results> = {}) => results({ runs: [runOf(2)], ...more });
const merge = (other: Results) =>
  mergeResults([
    { folder: 'a', results: results() },
    { folder: 'b', results: other },
  ]);

describe('what is no part of the same is refused', () => {
  const task = { name: 'one', title: 'One', about: 'Tries it.', task: 'Do something else.' };
  test.each<[string, Partial<Results>, string]>([
    ['another agent', { agent: 'other' }, 'the agent is not the same in both'],
    ['another version', { program: 'toado-mcp 2.0.0' }, 'the version of toado-mcp is not the same in both'],
    [
      'another plan',
      { plan: { scenarios: ['one'], times: 3, shard: '2/2' } },
      '--times is not the same in both',
    ],
    [
      'other scenarios',
      { plan: { scenarios: ['two'], times: 2, shard: '2/2' } },
      'the scenarios are not the same',
    ],
    ['another task of that name', { scenarios: [task] }, 'the scenarios’ tasks are not the same in both'],
  ])('%s', (_, more, says) => {
    expect(() => merge(second(more))).toThrow(says);
  });

  test('parts of the same are merged', () => {
    expect(merge(second()).runs.map(({ attempt }) => attempt)).toEqual([1, 2]);
  });

  test('in the order of the plan, whichever part held what', () => {
    const plan = { scenarios: ['one', 'two'], times: 2 };
    const tasks = plan.scenarios.map((name) => ({ name, title: name, about: 'Tries it.', task: 'Do it.' }));
    const part = (shard: string, attempt: number) => ({
      folder: shard,
      results: results({
        plan: { ...plan, shard },
        scenarios: tasks,
        runs: plan.scenarios.map((scenario) => ({ ...runOf(attempt), scenario })),
      }),
    });
    const { runs, missing } = mergeResults([part('2/2', 2), part('1/2', 1)]);
    expect(runs.map(({ scenario, attempt }) => `${scenario}-${attempt}`)).toEqual([
      'one-1',
      'one-2',
      'two-1',
      'two-2',
    ]);
    expect(missing).toEqual([]);
  });
});

test('a comparison says what else than the agent differs', () => {
  const task = { name: 'one', title: 'One', about: 'Tries it.', task: 'Do something else.' };
  const text = comparisonText(
    compareResults(results(), results({ program: 'toado-mcp 2.0.0', scenarios: [task] })),
  );
  expect(text).toContain('Not the same program: toado-mcp 1.0.0, toado-mcp 2.0.0.');
  expect(text).toContain('Not the same task in both: one.');
  expect(comparisonText(compareResults(results(), results()))).not.toContain('Not the same');
});

test('what another machine’s results call their scenarios moves no terminal', () => {
  const name = 'one\u001b[2J\u202e';
  const its = {
    plan: { scenarios: [name], times: 2, shard: null },
    scenarios: [{ name, title: 'One', about: 'Tries it.', task: 'Do it.' }],
  };
  const ran = results({ ...its, runs: [{ ...runOf(1), scenario: name }] });
  const notRun = results({
    ...its,
    runs: [{ ...toError(name, 1, new ExperimentError('x')) }],
    missing: [`${name}-2`],
  });
  const only = results({ runs: [...ran.runs, runOf(1)] });
  for (const text of [
    textReport(ran),
    textReport(notRun),
    comparisonText(compareResults(ran, ran)),
    comparisonText(compareResults(only, results())),
  ]) {
    expect(text).toContain('one⟦U+001B⟧[2J⟦U+202E⟧');
    expect(text).not.toMatch(/[\u001b\u202e]/);
  }
});

test('JUnit counts what was planned and not done as skipped', () => {
  const xml = junit(results({ missing: ['one-2'] }));
  expect(xml).toContain('<testsuite name="one" tests="2" failures="0" errors="0" skipped="1"');
  expect(xml).toContain('name="one 2" time="0.000"><skipped message="not done"/></testcase>');
});

test('of what could not be run the table claims nothing, and each reason stands once', () => {
  const runs = [1, 2].map((attempt) =>
    toError('one', attempt, new ExperimentError('no model \u001b[2Jthere')),
  );
  const text = textReport(results({ runs }));
  expect(text).not.toMatch(/\b0 %/);
  expect(text.split('\n').filter((line) => line.startsWith('Could not be run: '))).toEqual([
    expect.stringMatching(/^Could not be run: one 1, one 2: no model /),
  ]);
  expect(text.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f]/);
});
