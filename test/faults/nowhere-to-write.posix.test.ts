/** HOME and every folder of caches and data are where nothing can be made: the server starts, answers and ends. */
import { expect, test } from 'vitest';
import { startRaw } from '../support/raw-client.ts';
import { startToado } from '../support/toado.ts';

const NOWHERE = '/proc/nope';
const env = { HOME: NOWHERE, XDG_CACHE_HOME: `${NOWHERE}/cache`, XDG_DATA_HOME: `${NOWHERE}/data` };
/** Long enough for whatever is kept for the next start to be written, where there is a place for it. */
const KEEPS_AFTER_MS = 3_500;

test.each([
  ['stdin ends', 'stdin'],
  ['SIGTERM', 'SIGTERM'],
])('it answers, and ends at once: %s', { timeout: 30_000 }, async (_, how) => {
  const toado = await startToado();
  const client = await startRaw({ env: { ...toado.env(), ...env } });
  await new Promise((resolve) => setTimeout(resolve, KEEPS_AFTER_MS));
  expect((await client.call('list_companies')).isError).toBeFalsy();
  const began = performance.now();
  if (how === 'stdin') client.child.stdin!.end();
  else client.child.kill('SIGTERM');
  await client.exited;
  expect(performance.now() - began).toBeLessThan(6_000);
});

test('the sandbox says so, and doesn’t hang', { timeout: 30_000 }, async () => {
  const client = await startRaw({ args: ['--sandbox'], env, initialize: false });
  client.child.stdin!.end();
  await client.exited;
  expect(client.stderr()).toContain(`${NOWHERE}/data`);
  expect(client.stderr().trim().split('\n')).toHaveLength(1);
});
