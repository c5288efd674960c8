import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { pause } from '../../src/base/pause.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

async function isOver(paused: Promise<void>, after: number): Promise<boolean> {
  let isDone = false;
  void paused.then(() => {
    isDone = true;
  });
  await vi.advanceTimersByTimeAsync(after);
  return isDone;
}

test('as long as it is said, and nobody goes on listening', async () => {
  const { signal } = new AbortController();
  const paused = pause(500, signal);
  expect([await isOver(paused, 499), await isOver(paused, 1)]).toEqual([false, true]);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('no longer than somebody waits for it', async () => {
  const controller = new AbortController();
  const paused = pause(500, controller.signal);
  expect(await isOver(paused, 10)).toBe(false);
  controller.abort();
  expect(await isOver(paused, 0)).toBe(true);
  expect(await isOver(pause(500, controller.signal), 0)).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});
