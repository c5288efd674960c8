/** What each attempt of a call is: its keys, its limits, its budget, and what is told of it. */
import { describe, expect, test, vi } from 'vitest';
import type { ToadoApi } from '../../../src/toado-api/routes/calls.ts';
import {
  attempts,
  clientThat,
  code,
  html,
  lost,
  OK,
  read,
  settled,
  tooMany,
  useSimulatedTime,
  write,
} from './simulated-client.ts';

useSimulatedTime();

describe('what leaves', () => {
  test('a write has one key for all its attempts, and is told before each; a read neither', async () => {
    let told = 0;
    const onWrite = () => void told++;
    const one = await attempts(write, [lost('not_sent'), lost('not_sent'), { text: '{}' }], {
      options: { onWrite },
    });
    const keys = one.sent.map(({ request }) => request.idempotencyKey);
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toMatch(/^[\w-]{36}$/);
    expect(told).toBe(3);
    const { sent } = await attempts(read, [OK], { options: { onWrite } });
    expect(sent[0]!.request.idempotencyKey).toBeUndefined();
    expect(told).toBe(3);
  });

  test.each([
    ['was not sent draws on no budget', 'not_sent', 5],
    ['was sent and lost may have been counted', 'outcome_unknown', 4],
  ] as const)('what %s', async (_, outcome, left) => {
    const told = {
      text: '{"id":"t-7Kq2Mx"}',
      headers: { 'ratelimit-remaining': '5', 'ratelimit-reset': '60' },
    };
    const { client, rateLimiter } = clientThat([told, lost(outcome)]);
    const api = () => client.for({ effect: 'update', deadline: performance.now() + 300 });
    await settled(write(api()));
    await settled(write(api()));
    expect(rateLimiter.state('write').remaining).toBe(left);
  });

  test.each([
    ['without keys it goes out once', false, 1],
    ['with them again, under the same one', true, 5],
  ])('a write whose answer was lost: %s', async (_, hasKeys, times) => {
    const comment = (api: ToadoApi) => api.addComment({ ticket_id: 't-7Kq2Mx', body: 'x' });
    for (const what of [comment, write]) {
      const { sent, error } = await attempts(what, [html(502)], { hasKeys });
      expect(error).toMatchObject({ outcome: 'outcome_unknown' });
      expect(sent).toHaveLength(times);
      expect(new Set(sent.map(({ request }) => request.idempotencyKey)).size).toBe(1);
    }
  });

  test('once an answer was lost, a later “no” says nothing of the first attempt', async () => {
    const { error, at } = await attempts(write, [html(502), { status: 403, text: code('forbidden') }], {
      hasKeys: true,
    });
    expect(at).toHaveLength(2);
    expect(error).toMatchObject({
      outcome: 'outcome_unknown',
      sentence: expect.stringContaining('Trying again ended with forbidden'),
    });
  });

  test('an attempt may take what it is given, and no more than the call has left', async () => {
    const { sent } = await attempts(read, [html(503)], { deadlineMs: 2_000, options: { attemptMs: 1_500 } });
    expect(sent.map(({ request }) => request.timeoutMs)).toEqual([1_500, 1_500, 1_250]);
  });

  test('the record has the path without what was looked for, the attempt and how it ended', async () => {
    const { records } = await attempts(
      (api) => api.searchTickets({ query: 'secret' }),
      [lost('no_answer'), { text: '{"items":[]}' }],
    );
    expect(records).toMatchObject([
      { method: 'GET', path: expect.stringMatching(/^[^?]+$/), attempt: 1, status: 'unreachable' },
      { method: 'GET', attempt: 2, status: 200 },
    ]);
  });

  test('whoever asks how it was read hears of refusals, too', async () => {
    const reports: unknown[] = [];
    const onAnswer = (report: unknown) => void reports.push(report);
    await attempts(read, [html(500), OK], { options: { onAnswer } });
    expect(reports).toMatchObject([
      { route: 'listCompanies', status: 500, failure: { details: { status: 500 } } },
      { route: 'listCompanies', status: 200, failure: undefined },
    ]);
  });

  test('an answer that says nothing has changed brings what was there before; a write asks for no such', async () => {
    const list = { text: '[{"id":"co_1","name":"Acme"}]', headers: { etag: '"1"' } };
    const { client, sent } = clientThat(({ etag }) => (etag ? { status: 304, headers: {}, text: '' } : list));
    const api = () => client.for({ effect: 'update', deadline: performance.now() + 27_000 });
    const first = await settled(read(api()));
    expect(await settled(read(api()))).toEqual(first);
    expect(first.value).toMatchObject([{ id: 'co_1' }]);
    await settled(write(api()));
    await settled(write(api()));
    expect(sent.map(({ request }) => request.etag)).toEqual([undefined, '"1"', undefined, undefined]);
  });
});

describe('the place for large answers', () => {
  const recorded = () => {
    const told: string[] = [];
    const place = {
      enter: async () => void told.push('enter'),
      pass: () => void told.push('pass'),
      leave: () => void told.push('leave'),
    };
    return { told, place };
  };

  test('a call’s own is asked for, passed on while it waits, and left by the call alone', async () => {
    const { told, place } = recorded();
    const { sent } = await attempts(read, [html(503), OK], { options: { place } });
    expect(told).toEqual(['pass']);
    await sent[1]!.request.whenLarge!();
    expect(told).toEqual(['pass', 'enter']);
  });

  test('a request without one leaves its own when its answer is read', async () => {
    let entered = 0;
    const { client } = clientThat(({ whenLarge }) => {
      void whenLarge!().then(() => void entered++);
      return OK;
    });
    for (let call = 1; call <= 3; call++) {
      await settled(read(client.for({ effect: 'read', deadline: performance.now() + 27_000 })));
      expect(entered).toBe(call);
    }
  });
});

describe('budgets', () => {
  const announced = (remaining: number) => ({
    'ratelimit-limit': '60',
    'ratelimit-remaining': String(remaining),
    'ratelimit-reset': '40',
  });

  test('reads and writes draw on their own, as the answers say', async () => {
    const { client } = await attempts(write, [{ text: '{}', headers: announced(7) }]);
    expect([client.budget('write').remaining, client.budget('read').remaining]).toEqual([7, undefined]);
  });

  test('a 429 uses it up for as long as it says', async () => {
    const { client } = await attempts(read, [tooMany(30)], { deadlineMs: 700 });
    expect(client.budget('read')).toMatchObject({ remaining: 0, resetIn: 30 });
  });

  test('who asks what is wrong goes at once; who doesn’t is told how long it would take', async () => {
    const { client, rateLimiter, sent } = clientThat([OK]);
    rateLimiter.exhausted('read', 60);
    const options = { effect: 'read', deadline: performance.now() + 27_000 } as const;
    expect((await settled(read(client.for(options)))).error).toMatchObject({
      code: 'rate_limited',
      details: { retryAfter: 60 },
    });
    expect(sent).toEqual([]);
    expect(await settled(read(client.for({ ...options, isUrgent: true })))).toEqual({ value: [] });
  });

  test('nobody waits for its turn beyond the call’s end, and a wait is told', async () => {
    const waits: string[] = [];
    const { client, rateLimiter, sent } = clientThat([OK]);
    rateLimiter.exhausted('read', 4);
    const options = { effect: 'read', deadline: performance.now() + 2_000 } as const;
    const began = performance.now();
    const { error } = await settled(
      read(client.for({ ...options, onWait: (sentence) => void waits.push(sentence) })),
    );
    expect(error).toMatchObject({ code: 'rate_limited', outcome: 'not_sent' });
    expect(performance.now() - began).toBeLessThan(2_200);
    expect(waits).toEqual(["Waiting up to 4 s for the token's read budget to be renewed"]);
    expect(sent).toEqual([]);
  });

  test('another token has budgets of its own', async () => {
    const { client, rateLimiter } = clientThat([OK]);
    rateLimiter.exhausted('read', 60);
    client.forget();
    expect(client.budget('read').remaining).toBeUndefined();
    expect(await settled(read(client.for({ effect: 'read', deadline: performance.now() + 9_000 })))).toEqual({
      value: [],
    });
  });
});

test('an answer’s time is learnt, and closing closes what requests go through', async () => {
  const headers = { date: new Date(Date.now() + 60_000).toUTCString() };
  const { client, clock, closed } = clientThat([{ ...OK, headers }]);
  await settled(read(client.for({ effect: 'read', deadline: performance.now() + 9_000 })));
  expect(clock.offsetMs).toBeGreaterThan(50_000);
  await client.close();
  expect(closed()).toBe(1);
});

test('a large answer that nobody waits for any more is not gone through to its end', async () => {
  vi.useRealTimers();
  const rows = Array.from({ length: 60_000 }, (_, at) => ({
    id: `co_${at}`,
    name: `Company number ${at}, ${'x'.repeat(40)}`,
  }));
  const controller = new AbortController();
  const { client } = clientThat(() => {
    setImmediate(() => controller.abort());
    return { text: JSON.stringify(rows) };
  });
  const options = {
    effect: 'read',
    deadline: performance.now() + 27_000,
    signal: controller.signal,
  } as const;
  await expect(read(client.for(options))).rejects.toMatchObject({ code: 'cancelled' });
});
