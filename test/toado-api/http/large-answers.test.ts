/** Large answers are gone through one at a time, and none costs the others more than a bounded wait. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LargeAnswers } from '../../../src/toado-api/http/large-answers.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

async function isIn(entered: Promise<void>): Promise<boolean> {
  let done = false;
  void entered.then(() => {
    done = true;
  });
  await vi.advanceTimersByTimeAsync(0);
  return done;
}

test('one has the place, the others come in their order', async () => {
  const answers = new LargeAnswers();
  const [first, second, third] = [answers.place(), answers.place(), answers.place()];
  await first.enter();
  const [two, three] = [second.enter(), third.enter()];
  expect(await isIn(two)).toBe(false);
  first.leave();
  expect(await isIn(two)).toBe(true);
  expect(await isIn(three)).toBe(false);
  second.leave();
  expect(await isIn(three)).toBe(true);
});

test('a call whose two answers are both large waits with both', async () => {
  const answers = new LargeAnswers();
  const [first, second] = [answers.place(), answers.place()];
  await first.enter();
  const both = [second.enter(), second.enter()];
  first.leave();
  expect(await Promise.all(both.map(isIn))).toEqual([true, true]);
});

test('who waits for another attempt passes the place on, and leaves nobody waiting', async () => {
  const answers = new LargeAnswers();
  const [first, second] = [answers.place(), answers.place()];
  await first.enter();
  const two = second.enter();
  first.pass();
  expect(await isIn(two)).toBe(true);
  const again = first.enter();
  expect(await isIn(again)).toBe(false);
  second.pass();
  expect(await isIn(again)).toBe(true);
  expect(await isIn(second.enter()), 'it had the place once').toBe(false);
  second.leave();
  await first.enter();
});

test('an answer that drips costs the others seconds, not theirs', async () => {
  const answers = new LargeAnswers();
  const [first, second] = [answers.place(), answers.place()];
  await first.enter();
  const two = second.enter();
  await vi.advanceTimersByTimeAsync(7_000);
  expect(await isIn(two)).toBe(false);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await isIn(two)).toBe(true);
  second.leave();
  first.leave();
  await answers.place().enter();
});

test('who leaves while it waits hands nothing on and takes nothing', async () => {
  const answers = new LargeAnswers();
  const [first, second, third] = [answers.place(), answers.place(), answers.place()];
  await first.enter();
  void second.enter();
  const three = third.enter();
  second.leave();
  expect(await isIn(three)).toBe(false);
  first.leave();
  expect(await isIn(three)).toBe(true);
});
