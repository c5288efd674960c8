/** A client that asks and asks, and reads nothing of what it is told. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startFakeApi } from '../../support/fake-api.ts';
import { INITIALIZE, run } from '../../support/program.ts';

const rssOf = (pid: number) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;

test('answers that nobody takes stop the reading, and all of them come once somebody does', {
  timeout: 90_000,
}, async () => {
  const api = await startFakeApi(() => undefined);
  const server = run({ env: api.env });
  server.send(INITIALIZE);
  await server.answer(0);
  server.send({ jsonrpc: '2.0', id: 'first', method: 'tools/list' });
  await server.answer('first');
  const before = rssOf(server.child.pid!);
  server.child.stdout!.pause();
  const count = 3_000;
  for (let id = 1; id <= count; id++) server.send({ jsonrpc: '2.0', id, method: 'tools/list' });
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  // Without that it grows by twice as much.
  expect(rssOf(server.child.pid!) - before).toBeLessThan(60);
  server.child.stdout!.resume();
  await expect
    .poll(() => server.stdout().includes(`"id":${count}}`) || server.stdout().includes(`"id":${count},`), {
      interval: 500,
      timeout: 60_000,
    })
    .toBe(true);
  server.child.stdin!.end();
  expect((await server.exited).code).toBe(0);
});
