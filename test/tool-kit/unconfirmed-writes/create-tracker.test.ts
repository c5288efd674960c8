import { afterEach, expect, test, vi } from 'vitest';
import { CreateTracker } from '../../../src/tool-kit/unconfirmed-writes/create-tracker.ts';

afterEach(() => void vi.useRealTimers());
const any = () => true;

test('of other calls only those count that could have made the same: of the same tool, and not yet told', () => {
  const tracker = new CreateTracker();
  const mine = tracker.begin('add_comment', { body: 'Hi' });
  const same = tracker.begin('add_comment', { body: 'Hi' });
  const told = tracker.begin('add_comment', { body: 'Hi' });
  const failed = tracker.begin('add_comment', { body: 'Hi' });
  tracker.begin('create_ticket', { body: 'Hi' });
  tracker.begin('add_comment', { body: 'Ho' });
  tracker.made(told, 'cmt_1');
  tracker.failed(failed);
  expect(tracker.others(mine, (input) => (input as { body: string }).body === 'Hi')).toBe(1);
  tracker.failed(same);
  expect(tracker.others(mine, (input) => (input as { body: string }).body === 'Hi')).toBe(0);
});

test('a call whose end nobody knows may make a row for two minutes more', () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  const tracker = new CreateTracker();
  const [mine, lost] = [tracker.begin('add_comment', 1), tracker.begin('add_comment', 1)];
  tracker.lost(lost);
  vi.advanceTimersByTime(119_000);
  expect(tracker.others(mine, any)).toBe(1);
  vi.advanceTimersByTime(2_000);
  expect(tracker.others(mine, any)).toBe(0);
});

test('ten thousand rows are remembered, the latest of them', () => {
  const tracker = new CreateTracker();
  for (let row = 0; row <= 10_000; row++) tracker.made(tracker.begin('add_comment', row), `cmt_${row}`);
  expect(['cmt_0', 'cmt_1', 'cmt_10000', 'cmt_x'].map((row) => tracker.isTaken(row))).toEqual([
    false,
    true,
    true,
    false,
  ]);
});
