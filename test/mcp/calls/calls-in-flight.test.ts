/** What ends a call: a read at once, a write only where nothing can be learnt any more. */
import { expect, test } from 'vitest';
import { type CallLife, CallsInFlight } from '../../../src/mcp/calls/calls-in-flight.ts';

const READ = { name: 'get_ticket', effect: 'read' } as const;
const WRITE = { name: 'move_ticket', effect: 'update' } as const;
const nobody = () => new AbortController().signal;

/** Calls that go on until the test ends them. */
function tracked(calls: CallsInFlight, tool: typeof READ | typeof WRITE, cancelled = nobody()) {
  let life!: CallLife;
  let end!: () => void;
  const done = calls.track(tool, cancelled, (its) => {
    life = its;
    return new Promise<void>((resolve) => {
      end = resolve;
    });
  });
  const aborted = () => [life.signal.aborted, life.leaving.aborted];
  return {
    life,
    aborted,
    async finish() {
      end();
      await done;
    },
  };
}

test.each([READ, WRITE])('$name that the client cancels is given up', (tool) => {
  const cancel = new AbortController();
  const call = tracked(new CallsInFlight(), tool, cancel.signal);
  expect(call.aborted()).toEqual([false, false]);
  cancel.abort();
  expect(call.aborted()).toEqual([true, true]);
  expect(tracked(new CallsInFlight(), tool, AbortSignal.abort()).aborted()).toEqual([true, true]);
});

test('the client is gone: a read ends, a write sends nothing more and may hear its outcome', () => {
  const calls = new CallsInFlight();
  const [read, write] = [tracked(calls, READ), tracked(calls, WRITE)];
  calls.end();
  expect(read.aborted()).toEqual([true, true]);
  expect(write.aborted()).toEqual([false, true]);
  // What comes after it is the same.
  expect(tracked(calls, READ).aborted()).toEqual([true, true]);
  expect(tracked(calls, WRITE).aborted()).toEqual([false, true]);
  write.life.giveUp();
  expect(write.aborted()).toEqual([true, true]);
});

test('there is no time left: writes end, too', () => {
  const calls = new CallsInFlight();
  const write = tracked(calls, WRITE);
  calls.end();
  calls.giveUp();
  expect(write.aborted()).toEqual([true, true]);
});

test('what is waited for is the writes under way', async () => {
  const calls = new CallsInFlight();
  const [read, write, other] = [tracked(calls, READ), tracked(calls, WRITE), tracked(calls, WRITE)];
  expect(calls.writes()).toEqual(['move_ticket', 'move_ticket']);
  let haveEnded = false;
  const ended = calls.writesEnded().then(() => {
    haveEnded = true;
  });
  await write.finish();
  expect([calls.writes(), haveEnded]).toEqual([['move_ticket'], false]);
  await other.finish();
  await ended;
  expect(calls.writes()).toEqual([]);
  await read.finish();
  await calls.writesEnded();
});

test('a call that fails is under way no more', async () => {
  const calls = new CallsInFlight();
  await expect(calls.track(WRITE, nobody(), () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(calls.writes()).toEqual([]);
});
