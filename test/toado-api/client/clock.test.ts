import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ServerClock } from '../../../src/toado-api/client/clock.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'performance'], now: 1_800_000_000_000 }));
afterEach(() => void vi.useRealTimers());

const AHEAD = 40_000;
const hear = (clock: ServerClock, ahead: number, headers: Record<string, string> = {}, took = 20) => {
  const askedAt = performance.now();
  vi.advanceTimersByTime(took);
  const date = new Date(Date.now() + ahead).toUTCString();
  clock.learn({ status: 200, headers: { date, ...headers } }, askedAt);
};
/** How far the earliest time is from the real one. */
const early = (clock: ServerClock, ahead = AHEAD) => {
  const earliest = clock.earliest(performance.now());
  return earliest === undefined ? undefined : Date.now() + ahead - earliest;
};

test('unknown, then known to the second, then better, and never too late', () => {
  const clock = new ServerClock();
  expect(early(clock)).toBeUndefined();
  hear(clock, AHEAD);
  expect(early(clock)).toBeGreaterThanOrEqual(0);
  expect(early(clock)).toBeLessThanOrEqual(1_020);
  for (let answer = 0; answer < 40; answer++) {
    vi.advanceTimersByTime(137);
    hear(clock, AHEAD);
    expect(early(clock)).toBeGreaterThanOrEqual(0);
  }
  expect(early(clock)).toBeLessThan(300);
  expect(Math.abs(clock.offsetMs - AHEAD)).toBeLessThan(300);
});

test('an answer out of a cache says nothing', () => {
  const clock = new ServerClock();
  hear(clock, -3_600_000, { age: '3600' });
  hear(clock, -3_600_000, { 'x-cache': 'Hit from cloudfront' });
  expect(early(clock)).toBeUndefined();
});

test('one answer against one: neither is believed until others agree', () => {
  const clock = new ServerClock();
  hear(clock, -3_600_000);
  hear(clock, AHEAD);
  expect(early(clock)).toBeUndefined();
  for (let answer = 0; answer < 4; answer++) {
    vi.advanceTimersByTime(1_100);
    hear(clock, AHEAD);
  }
  expect(early(clock)).toBeGreaterThanOrEqual(0);
  expect(early(clock)).toBeLessThan(1_100);
});

test('a jump is not believed at once, and a Date that stands still never', () => {
  const clock = new ServerClock();
  hear(clock, AHEAD);
  hear(clock, AHEAD);
  const still = new Date(Date.now() - 3_600_000).toUTCString();
  for (let answer = 0; answer < 20; answer++) {
    vi.advanceTimersByTime(900);
    hear(clock, 0, { date: still });
  }
  expect(early(clock)).toBeLessThan(1_100);
  // A clock that really was set is followed after a while.
  for (let answer = 0; answer < 5; answer++) {
    vi.advanceTimersByTime(1_000);
    hear(clock, 2 * AHEAD);
  }
  expect(early(clock, 2 * AHEAD)).toBeGreaterThanOrEqual(0);
  expect(early(clock, 2 * AHEAD)).toBeLessThan(1_100);
});

test.each([-3_600_000, 3_600_000])('a clock steadily %i ms off tells only what ours tells too', (off) => {
  const clock = new ServerClock();
  for (let answer = 0; answer < 20; answer++) {
    vi.advanceTimersByTime(1_000);
    hear(clock, off);
  }
  const moment = performance.now();
  const began = Date.now();
  vi.advanceTimersByTime(20_000);
  const after = (ms: number) => clock.isSince(began + ms, moment);
  // The times in rows may go by either clock, or by neither.
  expect([10_000, -10_000, -30 * 60_000, -2 * 3_600_000].map(after)).toEqual(
    off < 0 ? [true, undefined, undefined, false] : [undefined, false, false, false],
  );
  expect(after(off + 10_000)).toBe(off < 0 ? undefined : true);
  expect(after(2 * 3_600_000)).toBeUndefined();
});

test.each([0, AHEAD])('a time that is still to come tells nothing, by a clock %i ms ahead', (ahead) => {
  const clock = new ServerClock();
  for (let answer = 0; answer < 20; answer++) {
    vi.advanceTimersByTime(1_037);
    hear(clock, ahead);
  }
  const moment = performance.now();
  const began = Date.now() + ahead;
  vi.advanceTimersByTime(10_000);
  const after = (ms: number, span?: number) => clock.isSince(began + ms, moment, span);
  expect([5_000, 10_000, 13_000, 60_000, 3_600_000].map((ms) => after(ms))).toEqual([
    true,
    true,
    undefined,
    undefined,
    undefined,
  ]);
  // A second that has begun is not still to come.
  expect([after(10_000, 999), after(13_000, 999), after(-1_500, 999), after(-500, 999)]).toEqual([
    true,
    undefined,
    // By our own clock it is later, where that is another.
    ahead === 0 ? false : undefined,
    true,
  ]);
  vi.advanceTimersByTime(3_600_000);
  expect(after(60_000)).toBe(true);
});

test('clocks that are seconds apart tell only what both tell, whichever is ahead', () => {
  const told = (ahead: number, ms: number) => {
    const clock = new ServerClock();
    for (let answer = 0; answer < 20; answer++) {
      vi.advanceTimersByTime(1_037);
      hear(clock, ahead);
    }
    const moment = performance.now();
    const began = Date.now();
    vi.advanceTimersByTime(200);
    return clock.isSince(began + ms, moment);
  };
  // A row of just now and one of a minute ago, by our clock.
  expect([told(0, 100), told(0, -60_000)]).toEqual([true, false]);
  expect([told(60_000, 100), told(60_000, -60_000)]).toEqual([undefined, false]);
  expect([told(3_500, 100), told(3_500, -60_000)]).toEqual([undefined, false]);
  expect([told(-90_000, 100), told(-90_000, -60_000)]).toEqual([true, undefined]);
  expect([told(-3_500, 100), told(-3_500, -2_000)]).toEqual([true, undefined]);
});

test('two clocks that agree as clocks do are taken for one', () => {
  const clock = new ServerClock();
  for (let answer = 0; answer < 20; answer++) {
    vi.advanceTimersByTime(1_000);
    hear(clock, 1_500);
  }
  const moment = performance.now();
  expect(clock.isSince(Date.now() + 1_500 + 10, moment)).toBe(true);
  expect(clock.isSince(Date.now() + 1_500 - 2_000, moment)).toBe(false);
  expect(clock.isSince(Number.NaN, moment)).toBeUndefined();
});

test('an answer that took long makes nothing that was written meanwhile too old', () => {
  const clock = new ServerClock();
  hear(clock, AHEAD, {}, 5_000);
  expect(early(clock)).toBeGreaterThanOrEqual(0);
  expect(clock.isSince(Date.now() + AHEAD, performance.now())).toBe(true);
});

test('the very moment is not before it', () => {
  const clock = new ServerClock();
  hear(clock, 0);
  const moment = performance.now();
  const earliest = clock.earliest(moment)!;
  expect([clock.isSince(earliest, moment), clock.isSince(earliest - 1, moment)]).toEqual([true, false]);
});

test('fresh from a cache’s origin counts, “not modified” and what a cache kept do not', () => {
  const clock = new ServerClock();
  clock.learn(
    { status: 304, headers: { date: new Date(Date.now() + AHEAD).toUTCString() } },
    performance.now(),
  );
  hear(clock, AHEAD, { age: '1' });
  expect(early(clock)).toBeUndefined();
  hear(clock, AHEAD, { age: '0', 'x-cache': 'Miss from cloudfront' });
  expect(early(clock)).toBeGreaterThanOrEqual(0);
});

test('a jump is believed after three answers, and only once they span three seconds', () => {
  const jumpTo = (times: number, everyMs: number) => {
    const clock = new ServerClock();
    hear(clock, AHEAD);
    hear(clock, AHEAD);
    for (let answer = 0; answer < times; answer++) {
      hear(clock, 20 * AHEAD);
      vi.advanceTimersByTime(everyMs);
    }
    return Math.abs(clock.offsetMs - 20 * AHEAD) < 2_000;
  };
  expect([jumpTo(2, 4_000), jumpTo(3, 1_600), jumpTo(6, 300), jumpTo(3, 500)]).toEqual([
    false,
    true,
    false,
    false,
  ]);
});

test('of two that contradict each other, three that agree with the first clear it', () => {
  const clock = new ServerClock();
  hear(clock, AHEAD);
  hear(clock, -3_600_000);
  hear(clock, AHEAD);
  expect(early(clock)).toBeUndefined();
  hear(clock, AHEAD);
  expect(early(clock)).toBeGreaterThanOrEqual(0);
});
