/** Which attempts follow a failure, when, and what each of them is: by a clock of the test's, so that nobody waits. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Failure, type Outcome } from '../../../src/base/failure.ts';
import { createClient } from '../../../src/toado-api/client/client.ts';
import { ServerClock } from '../../../src/toado-api/client/clock.ts';
import type { CallOptions, CallRecord } from '../../../src/toado-api/client/options.ts';
import { Pacer } from '../../../src/toado-api/client/pace.ts';
import type { HttpRequest, HttpResponse } from '../../../src/toado-api/http/http.ts';
import { ProxyFailure } from '../../../src/toado-api/http/proxy-tunnel.ts';
import type { ToadoApi } from '../../../src/toado-api/routes/calls.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'Date', 'setTimeout', 'clearTimeout'] });
  // Half of what a wait may differ by, so that each is as long as its base.
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

type Answer = Partial<HttpResponse> | Failure;

const OK: Answer = { text: '[]' };
const WRITTEN: Answer = { text: JSON.stringify({ id: 't-7Kq2Mx', title: 'Dead button' }) };
const code = (name: string, more: Record<string, string> = {}) =>
  JSON.stringify({ error: { code: name, message: 'No.', ...more } });
const html = (status: number, headers = {}): Answer => ({
  status,
  headers: { 'content-type': 'text/html', ...headers },
  text: '<p>gone',
});
const lost = (outcome: Outcome, cause?: unknown) =>
  new Failure('unreachable', 'Away.', 'Wait.', { outcome, cause });
const tooMany = (seconds?: number): Answer => ({
  status: 429,
  headers: seconds === undefined ? {} : { 'retry-after': String(seconds) },
  text: code('rate_limited'),
});

interface Setup {
  hasKeys?: boolean;
  options?: Partial<CallOptions>;
  deadlineMs?: number;
}

/** A client whose n-th request gets the n-th answer, and those after them the last one. */
function clientThat(answers: Answer[] | ((request: HttpRequest) => Answer), { hasKeys = false }: Setup = {}) {
  const sent: { at: number; request: HttpRequest }[] = [];
  const records: CallRecord[] = [];
  const pacer = new Pacer();
  const clock = new ServerClock();
  const began = performance.now();
  let closed = 0;
  const client = createClient({
    http: {
      async send(request) {
        sent.push({ at: Math.round(performance.now() - began), request });
        const answer =
          typeof answers === 'function'
            ? answers(request)
            : answers[Math.min(sent.length, answers.length) - 1]!;
        if (answer instanceof Failure) throw answer;
        return { status: 200, headers: { 'content-type': 'application/json' }, text: '{}', ...answer };
      },
      close: async () => void closed++,
    },
    host: 'toado.test',
    token: () => 'tok_fake_for_tests',
    pacer,
    clock,
    hasIdempotencyKeys: () => hasKeys,
    onCall: (record) => void records.push(record),
  });
  return { client, sent, records, pacer, clock, closed: () => closed };
}

/** Lets the time go by until it has settled. */
async function settled<Value>(work: Promise<Value>): Promise<{ value?: Value; error?: Failure }> {
  let end: { value?: Value; error?: Failure } | undefined;
  work.then(
    (value) => {
      end = { value };
    },
    (error: Failure) => {
      end = { error };
    },
  );
  for (let step = 0; step < 2_000 && !end; step++) {
    await vi.advanceTimersByTimeAsync(25);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return end ?? expect.fail('it never ended');
}

const read = (api: ToadoApi) => api.listCompanies({});
const write = (api: ToadoApi) => api.archiveTicket({ ticket_id: 't-7Kq2Mx' });

async function attempts(
  what: (api: ToadoApi) => Promise<unknown>,
  answers: Answer[],
  { deadlineMs = 27_000, options = {}, ...setup }: Setup = {},
) {
  const it = clientThat(answers, setup);
  const effect = what === read ? 'read' : 'update';
  const call = what(it.client.for({ effect, deadline: performance.now() + deadlineMs, ...options }));
  const end = await settled(call);
  return { ...it, ...end, at: it.sent.map(({ at }) => at) };
}

describe('when the next attempt leaves', () => {
  const BAD_CERTIFICATE = Object.assign(new Error('self'), { code: 'SELF_SIGNED_CERT_IN_CHAIN' });
  const REFUSED_BY_PROXY = new ProxyFailure({ url: new URL('http://p:1'), variable: 'HTTPS_PROXY' }, 407);
  test.each<[what: string, kind: typeof read | typeof write, answer: Answer, at: number[], Setup?]>([
    ['a read, a gateway without its server: five, ever later', read, html(503), [0, 250, 750, 1750, 3750]],
    ['a read, no connection', read, lost('not_sent'), [0, 250, 750, 1750, 3750]],
    ['a read, no answer', read, lost('no_answer'), [0, 250, 750, 1750, 3750]],
    ['a read, an error inside Toado: once more', read, html(500), [0, 250]],
    ['a read, refused', read, { status: 403, text: code('forbidden') }, [0]],
    ['a read, a certificate that nobody vouches for', read, lost('not_sent', BAD_CERTIFICATE), [0]],
    ['a read, a proxy that says no', read, lost('not_sent', REFUSED_BY_PROXY), [0]],
    ['a read, asked to wait', read, html(503, { 'retry-after': '2' }), [0, 2000, 4000, 6000, 8000]],
    ['a read, asked to wait for too long', read, html(503, { 'retry-after': '6' }), [0]],
    ['a write that never left', write, lost('not_sent'), [0, 250, 750, 1750, 3750]],
    ['a write whose answer was lost', write, lost('outcome_unknown'), [0]],
    ['with keys', write, lost('outcome_unknown'), [0, 250, 750, 1750, 3750], { hasKeys: true }],
    ['a write, a gateway, with keys', write, html(502), [0, 250, 750, 1750, 3750], { hasKeys: true }],
    ['a write that was accepted, and not in words', write, html(200), [0], { hasKeys: true }],
    ['a write that was redirected', write, html(302, { location: '/x' }), [0], { hasKeys: true }],
    ['a write, refused', write, { status: 409, text: code('conflict') }, [0], { hasKeys: true }],
  ])('%s', async (_, kind, answer, at, setup) => {
    expect((await attempts(kind, [answer], setup)).at).toEqual(at);
  });

  test('a redirect is no success, whatever it holds', async () => {
    const { error, at } = await attempts(read, [{ status: 302, text: '[]' }]);
    expect(error).toMatchObject({ details: { status: 302 } });
    expect(at).toEqual([0]);
  });

  test('429: after what was asked for, also a write, and it counts as no failure', async () => {
    const waits: string[] = [];
    const onWait = (sentence: string) => void waits.push(sentence);
    const nine = Array.from({ length: 9 }, () => tooMany(1));
    const four = Array.from({ length: 4 }, () => lost('not_sent'));
    const { at, value, error } = await attempts(write, [...nine, ...four, WRITTEN], {
      options: { onWait },
    });
    expect(error).toBeUndefined();
    expect(value).toMatchObject({ title: 'Dead button' });
    expect(at).toHaveLength(14);
    expect(at.slice(0, 3)).toEqual([0, 1125, 2250]);
    expect(waits[0]).toBe('Waiting 1 s: Toado asked for it');
  });

  test('429 without a wait: soon again, and not for ever', async () => {
    const { at, error } = await attempts(read, [tooMany(0)]);
    expect(at).toHaveLength(21);
    expect(at[1]).toBeGreaterThanOrEqual(250);
    expect(error).toMatchObject({ code: 'rate_limited', outcome: 'not_sent' });
  });

  test.each([
    ['longer than anybody waits', 6, 27_000],
    ['longer than the call has', 3, 2_900],
  ])('429 with a wait %s is told', async (_, seconds, deadlineMs) => {
    const { at, error } = await attempts(read, [tooMany(seconds)], { deadlineMs });
    expect(at).toEqual([0]);
    expect(error!.details.retryAfter).toBe(seconds);
  });

  test('none where the call would end before it could be answered', async () => {
    expect((await attempts(read, [html(503)], { deadlineMs: 1_300 })).at).toEqual([0, 250, 750]);
    expect((await attempts(read, [html(503)], { deadlineMs: 1_200 })).at).toEqual([0, 250]);
    expect((await attempts(read, [html(503)], { deadlineMs: 740 })).at).toEqual([0]);
  });
});

describe('given up', () => {
  test.each([
    'leaving',
    'signal',
  ] as const)('%s: while it waits, nothing more leaves, and it ends at once', async (which) => {
    const controller = new AbortController();
    const { client, sent } = clientThat([html(503)]);
    const options = {
      effect: 'read',
      deadline: performance.now() + 27_000,
      [which]: controller.signal,
    } as const;
    const call = settled(read(client.for(options)));
    await vi.advanceTimersByTimeAsync(1_000);
    controller.abort();
    const began = performance.now();
    expect((await call).error).toBeInstanceOf(Failure);
    expect(performance.now() - began).toBeLessThan(100);
    expect(sent).toHaveLength(3);
  });

  test('as its answer comes: no other attempt', async () => {
    const controller = new AbortController();
    const { client, sent } = clientThat(() => {
      controller.abort();
      return html(503);
    });
    const options = {
      effect: 'read',
      deadline: performance.now() + 27_000,
      leaving: controller.signal,
    } as const;
    expect((await settled(read(client.for(options)))).error).toMatchObject({ details: { status: 503 } });
    expect(sent).toHaveLength(1);
  });

  test('what must not leave any more doesn’t wait for its turn either', async () => {
    const { client, pacer, sent } = clientThat([OK]);
    pacer.exhausted('read', 3);
    const options = { effect: 'read', deadline: performance.now() + 27_000 } as const;
    const end = settled(read(client.for({ ...options, leaving: AbortSignal.abort() })));
    expect((await end).error).toMatchObject({ code: 'cancelled', outcome: 'not_sent' });
    expect(sent).toEqual([]);
  });
});

describe('what leaves', () => {
  test('a write has one key for all its attempts, and is told before each; a read neither', async () => {
    let told = 0;
    const onWrite = () => void told++;
    const one = await attempts(write, [lost('not_sent'), lost('not_sent'), { text: '{}' }], {
      options: { onWrite },
    });
    const keys = one.sent.map(({ request }) => request.headers['idempotency-key']);
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toMatch(/^[\w-]{36}$/);
    expect(told).toBe(3);
    const { sent } = await attempts(read, [OK], { options: { onWrite } });
    expect(sent[0]!.request.headers).toEqual({});
    expect(told).toBe(3);
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
      expect(new Set(sent.map(({ request }) => request.headers['idempotency-key'])).size).toBe(1);
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
    const { client, sent } = clientThat(({ headers }) =>
      headers['if-none-match'] ? { status: 304, headers: {}, text: '' } : list,
    );
    const api = () => client.for({ effect: 'update', deadline: performance.now() + 27_000 });
    const first = await settled(read(api()));
    expect(await settled(read(api()))).toEqual(first);
    expect(first.value).toMatchObject([{ id: 'co_1' }]);
    await settled(write(api()));
    await settled(write(api()));
    expect(sent.map(({ request }) => request.headers['if-none-match'])).toEqual([
      undefined,
      '"1"',
      undefined,
      undefined,
    ]);
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
    const { client, pacer, sent } = clientThat([OK]);
    pacer.exhausted('read', 60);
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
    const { client, pacer, sent } = clientThat([OK]);
    pacer.exhausted('read', 4);
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
    const { client, pacer } = clientThat([OK]);
    pacer.exhausted('read', 60);
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
