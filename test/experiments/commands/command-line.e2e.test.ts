/** The command line: parts of several machines, reports, exit codes, scenarios of one's own. */

import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { scenarios } from '../../../src/experiments/built-in-scenarios/index.ts';
import { type Results, resultsSchema } from '../../../src/experiments/run/results.ts';
import { scenarioSchema } from '../../../src/experiments/scenario/schema.ts';
import { runHere, runToEnd } from '../../support/command.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const TIME = { timeout: 180_000 };
const AGENT = fileURLToPath(new URL('../../../dist/agent.js', import.meta.url));

/** In the checkout, whose files some commands name. */
const experiments = (...args: string[]) =>
  runHere(['experiments', ...args], { NO_COLOR: '1' }, fileURLToPath(new URL('../../..', import.meta.url)));

const resultsIn = (folder: string) =>
  JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8')) as Results;

/** An agent that plays the solution of read-only: passes there, and fails elsewhere. */
function agent(folder: string): string[] {
  const file = join(folder, 'script.json');
  writeFileSync(file, JSON.stringify(scenarios.find(({ name }) => name === 'read-only')!.solution));
  return ['--', process.execPath, AGENT, file];
}

/** One that does nothing. */
const idle = ['--', process.execPath, '-e', '0'];

/** What doesn't depend on when and how fast it was. */
function timeless({ runs, plan, agent: its, missing, scenarios: used }: Results) {
  const how = runs.map(({ scenario, attempt, status, why, answer, calls }) => ({
    scenario,
    attempt,
    status,
    why,
    answer,
    calls,
  }));
  return { plan, agent: its, missing, scenarios: used, runs: how };
}

test('the parts of two machines, merged, are what one machine has', TIME, async () => {
  const folder = temporaryFolder();
  const common = ['run', 'read-only', 'not-yours'];
  const whole = await runToEnd([
    ...['experiments', ...common, '--parallel', '2', '--out', join(folder, 'one')],
    ...agent(folder),
  ]);
  expect(whole.code).toBe(1);
  for (const part of ['1', '2'])
    await experiments(...common, '--shard', `${part}/2`, '--out', join(folder, part), ...agent(folder));
  const merged = await experiments(
    'merge',
    join(folder, '2'),
    join(folder, '1'),
    '--out',
    join(folder, 'merged'),
  );
  expect(merged.code).toBe(1);
  expect(timeless(resultsIn(join(folder, 'merged')))).toEqual(timeless(resultsIn(join(folder, 'one'))));
  const [first, second] = [resultsIn(join(folder, '1')).runs, resultsIn(join(folder, '2')).runs];
  expect(resultsIn(join(folder, 'merged')).runs).toEqual([...first, ...second]);
  expect(resultsSchema.safeParse(resultsIn(join(folder, 'one'))).success).toBe(true);

  const again = (...more: string[]) =>
    experiments('merge', join(folder, '1'), join(folder, '2'), '--out', join(folder, 'merged'), ...more);
  expect(await again()).toMatchObject({ code: 2, stderr: expect.stringContaining('holds results already') });
  expect(await again('--overwrite')).toMatchObject({ code: 1, stdout: merged.stdout });
  // One of two has passed.
  expect((await again('--overwrite', '--min-pass', '0.5')).code).toBe(0);
  expect((await again('--overwrite', '--min-pass', '0.6')).code).toBe(1);
  expect(await experiments('merge', join(folder, '1'), '--out', join(folder, '1', '.'))).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('is one of the folders to merge'),
  });
  // By another name of it, too, and above or inside of one.
  symlinkSync(join(folder, '1'), join(folder, 'link'), 'junction');
  for (const out of ['link', join('1', 'runs'), join('1', 'runs', 'new')])
    expect(
      await experiments('merge', join(folder, '1'), '--out', join(folder, out), '--overwrite'),
    ).toMatchObject({ code: 2, stderr: expect.stringContaining('is one of the folders to merge, or') });
  expect(resultsIn(join(folder, '1')).runs).toHaveLength(1);

  const alone = await experiments('merge', join(folder, '1'), '--out', join(folder, 'half'));
  expect(alone.code).toBe(2);
  expect(alone.stdout).toContain('Not done: not-yours-1.');

  const reported = await experiments('report', join(folder, 'one'));
  expect(reported.stdout).toMatch(/read-only +1 of 1/);
  const compared = await experiments('compare', join(folder, 'one'), join(folder, 'merged'));
  expect(compared.stdout).toContain('no difference beyond chance');
  expect(await experiments('compare', join(folder, 'one'), folder)).toMatchObject({ code: 2 });
});

test('exit codes, the gate and JUnit', TIME, async () => {
  const folder = temporaryFolder();
  const passed = await experiments(
    'run',
    'read-only',
    '--reporter',
    'junit',
    '--out',
    join(folder, 'a'),
    ...agent(folder),
  );
  expect(passed.code).toBe(0);
  expect(passed.stdout).toContain('<testsuite name="read-only" tests="1" failures="0" errors="0"');
  // None of one is enough where none is asked for.
  const none = ['run', 'read-only', '--out', join(folder, 'a'), '--min-pass', '0'];
  expect(await experiments(...none, ...idle)).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/holds results already: name another folder, or add --overwrite\./),
  });
  expect((await experiments(...none, '--overwrite', ...idle)).code).toBe(0);
  expect(resultsIn(join(folder, 'a')).runs).toMatchObject([{ status: 'failed' }]);
  // Told once, before anything is run.
  expect(await experiments('run', 'all', '--out', join(folder, 'c'), '--', 'no-such-agent')).toMatchObject({
    code: 2,
    stdout: '',
    stderr: 'toado-mcp experiments: there is no program "no-such-agent" on the PATH.\n',
  });
  expect(existsSync(join(folder, 'c'))).toBe(false);
  for (const [args, says] of [
    [['run', 'nothing', '--', 'x'], 'there is no scenario "nothing"'],
    [['export', 'read-only', '--harbor', '/dev/null/tasks'], "/dev/null/tasks can't be written"],
    [['run', 'all'], 'no agent'],
    [
      ['run', 'all', '--', 'README.md'],
      'there is no program "README.md" on the PATH. Did you mean ./README.md?',
    ],
    [['run', 'all', '--', './no-such-agent'], 'there is no program ./no-such-agent.'],
    [['run', 'all', '--', './README.md'], 'make it executable (chmod +x)'],
    [['run', 'all', '--times', '0', '--', 'node'], 'It takes a whole number from 1 to 10,000.'],
    [['run', 'all', '--timeout', '3000000', '--', 'node'], 'It takes a whole number from 1 to 604,800.'],
    [['run', 'all', '--parallel', '1e9', '--', 'node'], 'It takes a whole number from 1 to 1,000.'],
    [['run', 'all', '--min-pass', '80', '--', 'node'], 'It takes a number from 0 to 1.'],
    [['run', 'all', '--agent', 'claude-cod'], 'Did you mean claude-code?'],
    [['run', 'all', '--shard', '9/8', '--', 'node'], '--shard takes'],
    [['run', 'all', '--out', '/dev/null/results', '--', 'node'], "/dev/null/results can't be written"],
  ] as const)
    expect(await experiments(...args)).toMatchObject({ code: 2, stderr: expect.stringContaining(says) });
});

test('a part that no run falls into has passed, and there is nothing to compare it with', TIME, async () => {
  const folder = temporaryFolder();
  const [empty, full] = [join(folder, 'empty'), join(folder, 'full')];
  const part = (which: string, out: string) =>
    experiments('run', 'read-only', '--shard', which, '--out', out, '--min-pass', '0', ...idle);
  expect(await part('2/2', empty)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('no run falls into this part'),
  });
  expect(await part('1/2', full)).toMatchObject({ code: 0 });
  expect(await experiments('compare', empty, full)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('nothing can be compared'),
  });
  const merge = ['merge', empty, full, '--min-pass', '0', '--out', join(folder, 'whole')];
  expect(await experiments(...merge)).toMatchObject({ code: 0 });
});

describe('scenarios of one’s own', () => {
  test('the example of docs/experiments.md does what it says', TIME, async () => {
    const folder = join(temporaryFolder(), 'mine');
    mkdirSync(folder);
    const docs = readFileSync(new URL('../../../docs/experiments.md', import.meta.url), 'utf8');
    const yaml = /```yaml\n(name: close-the-typo[\s\S]*?)```/.exec(docs)![1]!;
    writeFileSync(join(folder, 'close-the-typo.yaml'), yaml);
    const { code, stdout } = await experiments('check', 'close-the-typo', '--scenarios', folder);
    expect(stdout).toContain('close-the-typo: solution');
    expect(code, stdout).toBe(0);
    writeFileSync(join(folder, 'another.yaml'), yaml);
    expect(await experiments('list', '--scenarios', folder)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('two files of'),
    });
    writeFileSync(join(folder, 'close-the-typo.yaml'), yaml.replace('column: Done', 'colum: Done'));
    expect(await experiments('list', '--scenarios', folder)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/close-the-typo\.yaml is not a scenario\. must/),
    });
  });

  test('every built-in one can be shown as a file that holds the same', TIME, async () => {
    const { stdout } = await experiments('show', 'planted-orders');
    const shown = parse(stdout);
    expect(shown).toEqual(
      JSON.parse(JSON.stringify(scenarios.find(({ name }) => name === 'planted-orders'))),
    );
    for (const scenario of scenarios)
      expect(scenarioSchema.safeParse(scenario).error, scenario.name).toBeUndefined();
    expect(JSON.parse((await experiments('schema', 'scenario')).stdout)).toMatchObject({ type: 'object' });
    expect(JSON.parse((await experiments('schema', 'results')).stdout)).toMatchObject({ type: 'object' });
  });
});
