/** Which times in a ticket's row say that nothing was written to it. */
import { expect, test } from 'vitest';
import { ServerClock } from '../../../src/toado-api/client/clock.ts';
import {
  isLongBefore,
  kindOf,
  learnFrom,
} from '../../../src/tool-kit/unconfirmed-writes/writes-that-set-updated-at.ts';

const hear = (clock: ServerClock, ahead: number) =>
  clock.learn(
    { status: 200, headers: { date: new Date(Date.now() + ahead).toUTCString() } },
    performance.now(),
  );

test('long before is what no clocks’ difference explains', () => {
  const told = (ahead: number, ms: number) => {
    const clock = new ServerClock();
    hear(clock, ahead);
    return isLongBefore(new Date(Date.now() + ms).toISOString(), performance.now(), clock);
  };
  expect([told(0, -125_000), told(0, -110_000), told(0, 0)]).toEqual([true, false, false]);
  expect([told(60_000, -125_000), told(60_000, -110_000)]).toEqual([true, false]);
  expect([told(-60_000, -190_000), told(-60_000, -150_000)]).toEqual([true, false]);
  expect(isLongBefore('2020-01-01', performance.now(), new ServerClock())).toBe(false);
  const clock = new ServerClock();
  hear(clock, 0);
  expect(isLongBefore('soon', performance.now(), clock)).toBe(false);
});

test('a kind of write is a tool with its fields, in whatever order', () => {
  expect(kindOf('a', { x: 1, b: 2, c: undefined })).toBe(kindOf('a', { b: 0, x: 0 }));
  expect(kindOf('a', { b: 1 })).not.toBe(kindOf('a', { b: 1, c: 1 }));
});

test('the times of a thousand tickets are remembered, the last ones', () => {
  const all = { kinds: new Set<string>(), times: new Map<string, string>() };
  for (let at = 0; at < 1_100; at++)
    learnFrom({ id: `t-${at % 1_050}`, updated_at: `${at}` }, 'k', all, () => false);
  expect([all.times.size, all.times.get('t-0'), all.times.has('t-60'), all.kinds.size]).toEqual([
    1_000,
    '1050',
    false,
    0,
  ]);
});

test.each([
  [true, 1],
  [false, 0],
  [undefined, 0],
])('a write changes the time as soon as one is known to be no older: %s', (isSince, kinds) => {
  const all = { kinds: new Set<string>(), times: new Map<string, string>() };
  learnFrom({ id: 't-1', updated_at: '2026-01-01' }, 'k', all, () => isSince);
  expect(all.kinds.size).toBe(kinds);
});
