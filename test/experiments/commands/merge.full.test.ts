/** Parts of several machines, merged, reported and compared. */
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Results, resultsSchema } from '../../../src/experiments/run/results.ts';
import { runToEnd } from '../../support/command.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { agent, experiments, resultsIn, TIME } from './experiments-command.ts';

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
