import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Failure } from '../../../src/base/failure.ts';
import { RateLimiter } from '../../../src/toado-api/client/rate-limiter.ts';
import type { HttpResponse } from '../../../src/toado-api/http/http.ts';

afterEach(() => void vi.useRealTimers());

function announced(remaining: number, reset: number, limit = 600): HttpResponse {
  const headers = {
    'ratelimit-limit': `${limit}`,
    'ratelimit-remaining': `${remaining}`,
    'ratelimit-reset': `${reset}`,
  };
  return { status: 200, headers, text: '' };
}
const soon = () => ({ deadline: performance.now() + 20_000 });
/** Whether it settled before everything that can settle now did. */
async function isWaiting(turn: Promise<unknown>): Promise<boolean> {
  let settled = false;
  turn.then(
    () => {
      settled = true;
    },
    () => {
      settled = true;
    },
  );
  await new Promise((resolve) => setTimeout(resolve, 5));
  return !settled;
}

describe('the rate limiter', () => {
  test('lets as many go as are left, less those under way', async () => {
    const rateLimiter = new RateLimiter();
    (await rateLimiter.turn('read', soon()))(announced(2, 60));
    const first = await rateLimiter.turn('read', soon());
    await rateLimiter.turn('read', soon());
    const third = rateLimiter.turn('read', soon());
    expect(await isWaiting(third)).toBe(true);
    first(announced(5, 60));
    expect(await isWaiting(third)).toBe(false);
  });

  test('another token lets go what waited for the old one’s budget', async () => {
    const rateLimiter = new RateLimiter();
    (await rateLimiter.turn('read', soon()))(announced(0, 5));
    const waiting = rateLimiter.turn('read', soon());
    expect(await isWaiting(waiting)).toBe(true);
    rateLimiter.forget();
    expect(await isWaiting(waiting)).toBe(false);
    await expect(waiting).resolves.toBeDefined();
  });

  test('reads and writes draw on budgets of their own', async () => {
    const rateLimiter = new RateLimiter();
    (await rateLimiter.turn('read', soon()))(announced(0, 60));
    await rateLimiter.turn('write', soon());
    await expect(rateLimiter.turn('read', soon())).rejects.toMatchObject({
      code: 'rate_limited',
      outcome: 'not_sent',
    });
  });

  test('a request without an answer may have been counted: one less is left', async () => {
    const rateLimiter = new RateLimiter();
    (await rateLimiter.turn('read', soon()))(announced(2, 60));
    const lost = await rateLimiter.turn('read', soon());
    lost();
    expect(rateLimiter.state('read')).toMatchObject({ remaining: 1 });
    await rateLimiter.turn('read', soon());
    expect(await isWaiting(rateLimiter.turn('read', soon()).catch(() => 'told'))).toBe(true);
  });

  test('an answer that was overtaken is older news', async () => {
    const rateLimiter = new RateLimiter();
    const [slow, quick] = [await rateLimiter.turn('read', soon()), await rateLimiter.turn('read', soon())];
    quick(announced(0, 1));
    slow(announced(1, 60));
    expect(rateLimiter.state('read')).toMatchObject({ remaining: 0 });
  });

  test('used up for long: those who wait are told at once, with the seconds', async () => {
    const rateLimiter = new RateLimiter();
    (await rateLimiter.turn('read', soon()))(announced(1, 60));
    const last = await rateLimiter.turn('read', soon());
    const waiting = rateLimiter.turn('read', soon());
    expect(await isWaiting(waiting)).toBe(true);
    last(announced(0, 42));
    const failure = (await waiting.catch((error: unknown) => error)) as Failure;
    expect(failure.details.retryAfter).toBe(42);
  });

  test('nobody waits beyond its own deadline', async () => {
    const rateLimiter = new RateLimiter();
    (await rateLimiter.turn('read', soon()))(announced(1, 60));
    await rateLimiter.turn('read', soon());
    const waiting = rateLimiter.turn('read', { deadline: performance.now() + 30 });
    await expect(waiting).rejects.toMatchObject({ code: 'rate_limited', outcome: 'not_sent' });
  });

  test('a cancellation takes it out of the queue', async () => {
    const rateLimiter = new RateLimiter();
    rateLimiter.exhausted('write', 2);
    const controller = new AbortController();
    const waiting = rateLimiter.turn('write', { ...soon(), signal: controller.signal });
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled', outcome: 'not_sent' });
    await expect(rateLimiter.turn('write', { ...soon(), signal: controller.signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  test('after the renewal one goes ahead and finds out for the others, in their order', async () => {
    const rateLimiter = new RateLimiter();
    rateLimiter.exhausted('read', 0.05);
    const order: number[] = [];
    const turns = [1, 2, 3].map(async (n) => {
      const answered = await rateLimiter.turn('read', soon());
      order.push(n);
      answered(announced(10, 50));
    });
    await Promise.all(turns);
    expect(order).toEqual([1, 2, 3]);
  });

  test('another token has a budget of its own, whatever the old one’s answers say', async () => {
    const rateLimiter = new RateLimiter();
    const old = await rateLimiter.turn('read', soon());
    rateLimiter.exhausted('read', 60);
    rateLimiter.forget();
    await rateLimiter.turn('read', soon());
    old(announced(0, 60));
    expect(rateLimiter.state('read')).toEqual({ limit: undefined, remaining: undefined });
  });

  test('headers that are no numbers change nothing', async () => {
    const rateLimiter = new RateLimiter();
    const headers = { 'ratelimit-remaining': 'none', 'ratelimit-reset': '-1', 'ratelimit-limit': '1e9' };
    (await rateLimiter.turn('read', soon()))({ status: 200, headers, text: '' });
    expect(rateLimiter.state('read')).toEqual({ limit: undefined, remaining: undefined });
    expect(await rateLimiter.turn('read', soon())).toBeTypeOf('function');
  });

  test('after the renewal it is one and no more, and the next after a second without an answer', async () => {
    vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
    const rateLimiter = new RateLimiter();
    rateLimiter.exhausted('read', 2);
    let gone = 0;
    for (let call = 0; call < 3; call++) void rateLimiter.turn('read', soon()).then(() => void gone++);
    const goneAfter = async (ms: number) => {
      await vi.advanceTimersByTimeAsync(ms);
      return gone;
    };
    expect(await goneAfter(1_900)).toBe(0);
    expect(await goneAfter(200)).toBe(1);
    expect(await goneAfter(700)).toBe(1);
    expect(await goneAfter(400)).toBe(2);
  });

  test('whoever comes as a budget is renewed goes after those who wait', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const rateLimiter = new RateLimiter();
    rateLimiter.exhausted('read', 0.02);
    const order: string[] = [];
    const first = rateLimiter.turn('read', soon()).then(() => void order.push('waited'));
    vi.advanceTimersByTime(1_000);
    void rateLimiter.turn('read', soon()).then(() => void order.push('came later'));
    await first;
    expect(order).toEqual(['waited']);
  });

  test('a 429 that asks for long tells those who wait at once', async () => {
    const rateLimiter = new RateLimiter();
    rateLimiter.exhausted('read', 3);
    const waiting = rateLimiter.turn('read', soon());
    expect(await isWaiting(waiting)).toBe(true);
    rateLimiter.exhausted('read', 60);
    await expect(waiting).rejects.toMatchObject({ code: 'rate_limited', details: { retryAfter: 60 } });
  });

  test('exactly five seconds are waited for, six are told', async () => {
    const rateLimiter = new RateLimiter();
    rateLimiter.exhausted('read', 5);
    const controller = new AbortController();
    const waiting = rateLimiter.turn('read', { ...soon(), signal: controller.signal });
    expect(await isWaiting(waiting)).toBe(true);
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    rateLimiter.exhausted('read', 6);
    await expect(rateLimiter.turn('read', soon())).rejects.toMatchObject({ details: { retryAfter: 6 } });
  });

  test('what the token info says holds until an answer says otherwise', async () => {
    const rateLimiter = new RateLimiter();
    rateLimiter.assume('write', 60);
    expect(rateLimiter.state('write')).toEqual({ limit: 60, remaining: 60 });
    (await rateLimiter.turn('write', soon()))(announced(2, 60, 60));
    rateLimiter.assume('write', 30);
    rateLimiter.assume('write', undefined);
    expect(rateLimiter.state('write')).toMatchObject({ limit: 30, remaining: 2 });
    rateLimiter.assume('read', null);
    expect(rateLimiter.state('read')).toEqual({ limit: undefined, remaining: undefined });
  });

  test('of an API that announces nothing: a 429 stands until its wait is over, and an answer ends it', async () => {
    const rateLimiter = new RateLimiter();
    const bare = (status: number) => ({ status, headers: {}, text: '' });
    const [refused, done] = [await rateLimiter.turn('read', soon()), await rateLimiter.turn('read', soon())];
    rateLimiter.exhausted('read', 60);
    refused(bare(429));
    expect(rateLimiter.state('read').remaining).toBe(0);
    done(bare(200));
    expect(rateLimiter.state('read').remaining).toBeUndefined();
  });

  test('an older answer may still say that less is left', async () => {
    const rateLimiter = new RateLimiter();
    const [slow, quick] = [await rateLimiter.turn('read', soon()), await rateLimiter.turn('read', soon())];
    quick(announced(9, 60));
    slow(announced(4, 60));
    expect(rateLimiter.state('read').remaining).toBe(4);
  });

  test('who asks what is wrong counts as under way, too', async () => {
    const rateLimiter = new RateLimiter();
    (await rateLimiter.turn('read', soon()))(announced(1, 60));
    const urgent = await rateLimiter.turn('read', { ...soon(), isUrgent: true });
    const waiting = rateLimiter.turn('read', soon());
    expect(await isWaiting(waiting)).toBe(true);
    urgent(announced(1, 60));
    expect(await isWaiting(waiting)).toBe(false);
  });

  test('a budget renewed “in 0 s” is asked again a second later', async () => {
    const rateLimiter = new RateLimiter();
    (await rateLimiter.turn('read', soon()))(announced(0, 0));
    const controller = new AbortController();
    const waiting = rateLimiter.turn('read', { ...soon(), signal: controller.signal });
    expect(await isWaiting(waiting)).toBe(true);
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('whoever has had its turn leaves no timer behind', async () => {
    vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
    const rateLimiter = new RateLimiter();
    (await rateLimiter.turn('read', soon()))(announced(1, 60));
    const first = await rateLimiter.turn('read', soon());
    const waiting = rateLimiter.turn('read', soon());
    first(announced(5, 60));
    (await waiting)(announced(5, 60));
    expect(vi.getTimerCount()).toBe(0);
  });
});
