/** What an agent may leave where a Harbor task looks for its answer. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { answerIn } from '../../../src/experiments/harbor/task-sandbox.ts';
import { temporaryFolder } from '../../support/temporary.ts';

test('a file’s text is the answer, and of one of 5 GB its end', () => {
  const file = join(temporaryFolder(), 'answer.md');
  writeFileSync(file, 'All done.\nRESULT: done\n');
  expect(answerIn(file)).toBe('All done.\nRESULT: done\n');
  truncateSync(file, 5_000_000_000);
  writeFileSync(file, '\nRESULT: done', { flag: 'a' });
  expect(answerIn(file)).toHaveLength(2_000_000);
  expect(answerIn(file)).toMatch(/RESULT: done$/);
});

test.each<[string, (file: string) => void]>([
  ['nothing', () => {}],
  ['a folder', (file) => mkdirSync(file)],
  ['a pipe that nobody writes to', (file) => execFileSync('mkfifo', [file])],
  ['a device without an end', (file) => symlinkSync('/dev/zero', file)],
  ['a link to itself', (file) => symlinkSync(file, file)],
])('%s is no answer', (_, leave) => {
  const file = join(temporaryFolder(), 'answer.md');
  leave(file);
  expect(answerIn(file)).toBe('');
});
