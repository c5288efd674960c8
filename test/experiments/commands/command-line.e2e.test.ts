/** The command line: exit codes, parts of a run, scenarios of one's own. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { scenarios } from '../../../src/experiments/built-in-scenarios/index.ts';
import { scenarioSchema } from '../../../src/experiments/scenario/schema.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { agent, experiments, idle, resultsIn, TIME } from './experiments-command.ts';

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
  const inFile = join(folder, 'file', 'inside');
  writeFileSync(join(folder, 'file'), '');
  for (const [args, says] of [
    [['run', 'nothing', '--', 'x'], 'there is no scenario "nothing"'],
    [['export', 'read-only', '--harbor', inFile], `${inFile} can't be written`],
    [['run', 'all'], 'no agent'],
    [['run', 'all', '--times', '0', '--', 'node'], 'It takes a whole number from 1 to 10,000.'],
    [['run', 'all', '--timeout', '3000000', '--', 'node'], 'It takes a whole number from 1 to 604,800.'],
    [['run', 'all', '--parallel', '1e9', '--', 'node'], 'It takes a whole number from 1 to 1,000.'],
    [['run', 'all', '--min-pass', '80', '--', 'node'], 'It takes a number from 0 to 1.'],
    [['run', 'all', '--min-pass', '', '--', 'node'], 'It takes a number from 0 to 1.'],
    [['run', 'all', '--agent', 'claude-cod'], 'Did you mean claude-code?'],
    [['run', 'all', '--shard', '9/8', '--', 'node'], '--shard takes'],
    [['run', 'all', '--out', inFile, '--', 'node'], `${inFile} can't be written`],
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
    const { code, stdout } = await experiments('check', '--scenarios', folder);
    expect(stdout).toContain('close-the-typo: solution');
    // Those of the folder and no other: the built-in ones would take minutes.
    expect(stdout.trim().split('\n')).toHaveLength(3);
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
