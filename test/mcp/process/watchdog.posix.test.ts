/** A process whose only thread is blocked is ended all the same. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { startRaw } from '../../support/raw-client.ts';
import { startToado } from '../../support/toado.ts';

const WATCHDOG = fileURLToPath(new URL('../../../src/mcp/process/watchdog.ts', import.meta.url));
const blocked = (watch: object) =>
  `const { startWatchdog } = await import(${JSON.stringify(WATCHDOG)});
startWatchdog(${JSON.stringify(watch)});
setTimeout(() => { console.log(process.pid); for (;;); }, 1500);`;
const node = ['--import', 'tsx', '--input-type=module', '-e'];

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('with its client there, after a while', async () => {
  const child = spawn(process.execPath, [...node, blocked({ everyMs: 100, looksAtAll: 5 })]);
  onTestFinished(() => void child.kill('SIGKILL'));
  const signal = await new Promise((resolve) => child.on('exit', (_, by) => resolve(by)));
  expect(signal).toBe('SIGKILL');
});

test('soon, once its client is gone', async () => {
  const script = blocked({ everyMs: 100, looksAsOrphan: 2, looksAtAll: 100_000 });
  const client = `const { spawn } = require('node:child_process');
spawn(process.execPath, ${JSON.stringify([...node, script])}, { stdio: 'inherit' });`;
  const child = spawn(process.execPath, ['-e', client], { stdio: ['ignore', 'pipe', 'inherit'] });
  const pid = Number(await new Promise((resolve) => child.stdout.once('data', resolve)));
  onTestFinished(() => {
    if (isThere(pid)) process.kill(pid, 'SIGKILL');
  });
  expect(isThere(pid)).toBe(true);
  child.kill('SIGKILL');
  await expect.poll(() => isThere(pid)).toBe(false);
});

test('not where it only waits, however long', async () => {
  const script = `const { startWatchdog } = await import(${JSON.stringify(WATCHDOG)});
startWatchdog({ everyMs: 100, looksAtAll: 4 });
setTimeout(() => process.exit(7), 1_000);`;
  const child = spawn(process.execPath, [...node, script]);
  onTestFinished(() => void child.kill('SIGKILL'));
  const end = await new Promise((resolve) => child.on('exit', (code, by) => resolve(by ?? code)));
  expect(end).toBe(7);
});

test('the program has itself watched once it has been called, and not before', async () => {
  const toado = await startToado();
  const code = "process.on('worker', () => console.error('a thread watches'));";
  const NODE_OPTIONS = `--import data:text/javascript,${encodeURIComponent(code)}`;
  const client = await startRaw({ env: { ...toado.env(), NODE_OPTIONS } });
  await client.request('tools/list');
  expect(client.stderr()).not.toContain('a thread watches');
  await client.call('whoami');
  await expect.poll(client.stderr).toContain('a thread watches');
});
