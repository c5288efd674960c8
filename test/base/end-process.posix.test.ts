/** A process that is to end does so, whatever its threads still do; where they do nothing, with its own exit code. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const SOURCE = fileURLToPath(new URL('../../src/base/end-process.ts', import.meta.url));
const HOURS = "promisify(pbkdf2)('x', 'x', 2_000_000_000, 64, 'sha512')";

test.each([
  ['nothing', '', [3, null]],
  ['work that is done', "await onThread(async () => 'done');", [3, null]],
  ['work that failed', "await onThread(() => Promise.reject(new Error('no'))).catch(() => {});", [3, null]],
  ['work on a thread', `void onThread(() => ${HOURS});`, [null, 'SIGKILL']],
  [
    'one of two on threads',
    `void onThread(() => ${HOURS}); await onThread(async () => 1);`,
    [null, 'SIGKILL'],
  ],
  ['a name that is looked up', "lookup('toado.invalid', () => {});", [null, 'SIGKILL']],
])('%s', async (_, work, end) => {
  const script = `
    import { pbkdf2 } from 'node:crypto';
    import { lookup } from 'node:dns';
    import { promisify } from 'node:util';
    const { endProcess, onThread } = await import(${JSON.stringify(SOURCE)});
    ${work}
    endProcess(3);`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script]);
  onTestFinished(() => void child.kill('SIGKILL'));
  expect(await once(child, 'exit')).toEqual(end);
});
