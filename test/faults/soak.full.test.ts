import { expect, test } from 'vitest';
import { world } from '../../src/sandbox/seed/tickets/index.ts';
import { startRaw } from '../support/raw-client.ts';
import { callMany, footprintOf } from '../support/soak.ts';
import { startToado } from '../support/toado.ts';

const CALLS = 2_000;

test(`${CALLS} calls, 64 at a time: all answered, descriptors as before`, { timeout: 120_000 }, async () => {
  const companies = world.companies.map((one) => ({ ...one, limits: { reads: 100_000, writes: 100_000 } }));
  const toado = await startToado({ world: { ...world, companies } });
  const client = await startRaw({ env: toado.env() });
  await callMany(client, 200, 64);
  const before = footprintOf(client.child.pid!);
  expect(await callMany(client, CALLS, 64)).toBe(CALLS);
  const after = footprintOf(client.child.pid!);
  if (before && after) {
    console.log(
      `${CALLS} calls: ${before.memory} → ${after.memory} MB, ${before.descriptors} → ${after.descriptors} descriptors`,
    );
    expect(after.descriptors).toBeLessThanOrEqual(before.descriptors + 8);
    // A leak of a few kB a call would show; what V8 keeps for later does not count.
    expect(after.memory).toBeLessThan(before.memory + 150);
  }
  expect(client.stderr()).not.toMatch(/warning|leak/i);
});
