/** How long a call and its parts may take, and what is left of it at its end. */
import { expect, test, vi } from 'vitest';
import { callTool } from '../../../src/mcp/calls/call-tool.ts';
import { CallsInFlight } from '../../../src/mcp/calls/calls-in-flight.ts';
import { readApi } from '../../../src/mcp/calls/read-api.ts';
import { createTrackedLists } from '../../../src/mcp/lists/lists.ts';
import type { CallOptions } from '../../../src/toado-api/client/options.ts';
import { tools } from '../../../tools/index.ts';
import { onTicket, start, TICKET } from './calling.ts';

test('an answer that came in time, and was not written in time, is given up, too', async () => {
  const { session } = await start(onTicket);
  await session.grant.untilKnown(2_000);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    // The time runs out while the answer is written: its first row takes longer than a slice of the work may.
    const lateRow = {
      id: 'late',
      get text() {
        vi.advanceTimersByTime(30_000);
        const began = performance.now();
        while (performance.now() - began < 50);
        return 'row';
      },
    };
    const slow = {
      ...tools.find((one) => one.name === 'get_ticket')!,
      run: async () => ({ data: { items: [lateRow, ...Array(1_000).fill({ id: 'row', text: 'row' })] } }),
    };
    const { content } = await new CallsInFlight().track(slow, new AbortController().signal, (life) =>
      callTool(session, slow, { ticket_id: TICKET.id }, life),
    );
    expect(JSON.stringify(content)).toContain('timeout (no_answer): get_ticket did not end within 29 s');
  } finally {
    vi.useRealTimers();
  }
});

test('how long what may take: a read, a write and its attempts, a look at what became of it', async () => {
  const lost = { status: 502, headers: { 'content-type': 'text/html' }, body: 'gone' };
  const { call, session } = await start((request) => (request.method === 'POST' ? lost : onTicket(request)));
  await session.grant.untilKnown(2_000);
  const given: CallOptions[] = [];
  const before = session.client.for;
  session.client.for = (options) => {
    given.push(options);
    return before(options);
  };
  const told = async (name: string) => {
    given.length = 0;
    const began = performance.now();
    await call(name, { ticket_id: TICKET.id });
    return given.map(({ effect, deadline, attemptMs, leaving, signal }) => ({
      effect,
      seconds: Math.floor((deadline - began) / 1_000),
      attemptMs,
      mayLook: leaving === signal,
    }));
  };
  expect(await told('get_ticket')).toEqual([
    { effect: 'read', seconds: 27, attemptMs: undefined, mayLook: true },
  ]);
  const [write, look] = await told('restore_ticket');
  expect(write).toEqual({ effect: 'update', seconds: 20, attemptMs: 9_500, mayLook: false });
  expect(look).toEqual({ effect: 'update', seconds: 27, attemptMs: 3_000, mayLook: true });
});

test('how long what waits for what the token may do, which ends with whoever waits; and what else is read', async () => {
  const { session } = await start(onTicket);
  const waited: Parameters<typeof session.grant.untilKnown>[] = [];
  const untilKnown = session.grant.untilKnown.bind(session.grant);
  session.grant.untilKnown = (...given) => {
    waited.push(given);
    return untilKnown(...given);
  };
  const given: CallOptions[] = [];
  const before = session.client.for;
  session.client.for = (options) => {
    given.push(options);
    return before(options);
  };
  const { lists } = createTrackedLists(session);
  const { signal } = new AbortController();
  await lists['tools/list'](signal);
  expect(waited).toHaveLength(1);
  expect(waited[0]![0]).toBe(4_000);
  expect(waited[0]![1]).toBe(signal);

  const tool = tools.find(({ name }) => name === 'archive_ticket')!;
  await new CallsInFlight().track(tool, signal, async (life) => {
    await callTool(session, tool, { ticket_id: TICKET.id }, life);
    expect(waited[1]![0]).toBe(10_000);
    expect(waited[1]![1]).toBe(life.leaving);
  });

  given.length = 0;
  const began = performance.now();
  await lists['resources/list'](signal).catch(() => {});
  readApi(session, signal);
  const seconds = given.map(({ deadline }) => Math.floor((deadline - began) / 1_000));
  expect(seconds).toEqual([10, 28]);
  for (const one of given) expect(one.signal).toBe(signal);
});

test.each([
  ['get_ticket', 'no_answer'],
  ['archive_ticket', 'outcome_unknown'],
])('%s that never ends is given up, and what it waits for with it', async (name, outcome) => {
  const { session } = await start(onTicket);
  await session.grant.untilKnown(2_000);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    let signal: AbortSignal | undefined;
    const tool = tools.find((one) => one.name === name)!;
    const hangs = {
      ...tool,
      run: (call: { signal: AbortSignal }) => {
        signal = call.signal;
        return new Promise<never>((_, reject) => {
          signal!.addEventListener('abort', () => reject(new Error('aborted')));
        });
      },
    };
    const work = new CallsInFlight().track(hangs, new AbortController().signal, (life) =>
      callTool(session, hangs, { ticket_id: TICKET.id }, life),
    );
    await vi.waitUntil(() => signal);
    await vi.advanceTimersByTimeAsync(28_000);
    expect(signal!.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(signal!.aborted).toBe(true);
    const { content } = await work;
    expect(JSON.stringify(content)).toContain(
      `timeout (${outcome}): ${name} did not end within 29 s and was given up.`,
    );
  } finally {
    vi.useRealTimers();
  }
});

test('a call’s end leaves no timer, and its place for large answers', async () => {
  const { call, session } = await start(onTicket);
  await session.grant.untilKnown(2_000);
  let left = 0;
  const before = session.client.place;
  session.client.place = () => {
    const place = before();
    const leave = () => {
      left++;
      place.leave();
    };
    return { ...place, leave };
  };
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    await call('get_ticket', { ticket_id: TICKET.id });
    expect([left, vi.getTimerCount()]).toEqual([1, 0]);
    await call('get_ticket', { ticket_id: 'x '.repeat(300) });
    expect([left, vi.getTimerCount()]).toEqual([2, 0]);
  } finally {
    vi.useRealTimers();
  }
});
