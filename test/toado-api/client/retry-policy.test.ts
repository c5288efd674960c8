/** Which attempts follow a failure, and when. */
import { describe, expect, test, vi } from 'vitest';
import { Failure } from '../../../src/base/failure.ts';
import { ProxyFailure } from '../../../src/toado-api/http/proxy-tunnel.ts';
import {
  type Answer,
  attempts,
  clientThat,
  code,
  html,
  lost,
  OK,
  read,
  type Setup,
  settled,
  tooMany,
  useSimulatedTime,
  WRITTEN,
  write,
} from './simulated-client.ts';

useSimulatedTime();

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
    ['a read, a gateway that counts requests', read, html(429), [0, 1000, 2000, 3000, 5000]],
    ['a write, the same', write, html(429), [0, 1000, 2000, 3000, 5000]],
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
    const { client, rateLimiter, sent } = clientThat([OK]);
    rateLimiter.exhausted('read', 3);
    const options = { effect: 'read', deadline: performance.now() + 27_000 } as const;
    const end = settled(read(client.for({ ...options, leaving: AbortSignal.abort() })));
    expect((await end).error).toMatchObject({ code: 'cancelled', outcome: 'not_sent' });
    expect(sent).toEqual([]);
  });
});
