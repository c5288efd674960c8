import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readOnly } from '../../../src/experiments/built-in-scenarios/read-only.ts';
import { gradeHarbor } from '../../../src/experiments/commands/export.ts';
import { temporaryFolder } from '../../support/temporary.ts';

test.each([
  '',
  '{"before":',
])('a sandbox that ends while it is asked gives a reward of 0: %j', async (said) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'scenario.json'), JSON.stringify(readOnly));
  const sandbox = createServer((connection) => connection.end(said));
  await new Promise<void>((resolve) => sandbox.listen(join(folder, 'control.sock'), resolve));
  onTestFinished(() => void sandbox.close());
  await gradeHarbor({ folder, answer: join(folder, 'none'), rewards: folder });
  expect(readFileSync(join(folder, 'reward.txt'), 'utf8')).toBe('0\n');
});
