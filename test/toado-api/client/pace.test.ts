import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Failure } from '../../../src/base/failure.ts';
import { Pacer } from '../../../src/toado-api/client/pace.ts';
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

describe('the pacer', () => {
  test('lets as many go as are left, less those under way', async () => {
    const pacer = new Pacer();
    (await pacer.turn('read', soon()))(announced(2, 60));
    const first = await pacer.turn('read', soon());
    await pacer.turn('read', soon());
    const third = pacer.turn('read', soon());
    expect(await isWaiting(third)).toBe(true);
    first(announced(5, 60));
    expect(await isWaiting(third)).toBe(false);
  });

  test('another token lets go what waited for the old one’s budget', async () => {
    const pacer = new Pacer();
    (await pacer.turn('read', soon()))(announced(0, 5));
    const waiting = pacer.turn('read', soon());
    expect(await isWaiting(waiting)).toBe(true);
    pacer.forget();
    expect(await isWaiting(waiting)).toBe(false);
    await expect(waiting).resolves.toBeDefined();
  });

  test('reads and writes draw on budgets of their own', async () => {
    const pacer = new Pacer();
    (await pacer.turn('read', soon()))(announced(0, 60));
    await pacer.turn('write', soon());
    await expect(pacer.turn('read', soon())).rejects.toMatchObject({
      code: 'rate_limited',
      outcome: 'not_sent',
    });
  });

  test('a request without an answer may have been counted: one less is left', async () => {
    const pacer = new Pacer();
    (await pacer.turn('read', soon()))(announced(2, 60));
    const lost = await pacer.turn('read', soon());
    lost();
    expect(pacer.state('read')).toMatchObject({ remaining: 1 });
    await pacer.turn('read', soon());
    expect(await isWaiting(pacer.turn('read', soon()).catch(() => 'told'))).toBe(true);
  });

  test('an answer that was overtaken is older news', async () => {
    const pacer = new Pacer();
    const [slow, quick] = [await pacer.turn('read', soon()), await pacer.turn('read', soon())];
    quick(announced(0, 1));
    slow(announced(1, 60));
    expect(pacer.state('read')).toMatchObject({ remaining: 0 });
  });

  test('used up for long: those who wait are told at once, with the seconds', async () => {
    const pacer = new Pacer();
    (await pacer.turn('read', soon()))(announced(1, 60));
    const last = await pacer.turn('read', soon());
    const waiting = pacer.turn('read', soon());
    expect(await isWaiting(waiting)).toBe(true);
    last(announced(0, 42));
    const failure = (await waiting.catch((error: unknown) => error)) as Failure;
    expect(failure.details.retryAfter).toBe(42);
  });

  test('nobody waits beyond its own deadline', async () => {
    const pacer = new Pacer();
    (await pacer.turn('read', soon()))(announced(1, 60));
    await pacer.turn('read', soon());
    const waiting = pacer.turn('read', { deadline: performance.now() + 30 });
    await expect(waiting).rejects.toMatchObject({ code: 'rate_limited', outcome: 'not_sent' });
  });

  test('a cancellation takes it out of the queue', async () => {
    const pacer = new Pacer();
    pacer.exhausted('write', 2);
    const controller = new AbortController();
    const waiting = pacer.turn('write', { ...soon(), signal: controller.signal });
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled', outcome: 'not_sent' });
    await expect(pacer.turn('write', { ...soon(), signal: controller.signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  test('after the renewal one goes ahead and finds out for the others, in their order', async () => {
    const pacer = new Pacer();
    pacer.exhausted('read', 0.05);
    const order: number[] = [];
    const turns = [1, 2, 3].map(async (n) => {
      const answered = await pacer.turn('read', soon());
      order.push(n);
      answered(announced(10, 50));
    });
    await Promise.all(turns);
    expect(order).toEqual([1, 2, 3]);
  });

  test('another token has a budget of its own, whatever the old one’s answers say', async () => {
    const pacer = new Pacer();
    const old = await pacer.turn('read', soon());
    pacer.exhausted('read', 60);
    pacer.forget();
    await pacer.turn('read', soon());
    old(announced(0, 60));
    expect(pacer.state('read')).toEqual({ limit: undefined, remaining: undefined });
  });

  test('headers that are no numbers change nothing', async () => {
    const pacer = new Pacer();
    const headers = { 'ratelimit-remaining': 'none', 'ratelimit-reset': '-1', 'ratelimit-limit': '1e9' };
    (await pacer.turn('read', soon()))({ status: 200, headers, text: '' });
    expect(pacer.state('read')).toEqual({ limit: undefined, remaining: undefined });
    expect(await pacer.turn('read', soon())).toBeTypeOf('function');
  });

  test('after the renewal it is one and no more, and the next after a second without an answer', async () => {
    vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
    const pacer = new Pacer();
    pacer.exhausted('read', 2);
    let gone = 0;
    for (let call = 0; call < 3; call++) void pacer.turn('read', soon()).then(() => void gone++);
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
    const pacer = new Pacer();
    pacer.exhausted('read', 0.02);
    const order: string[] = [];
    const first = pacer.turn('read', soon()).then(() => void order.push('waited'));
    vi.advanceTimersByTime(1_000);
    void pacer.turn('read', soon()).then(() => void order.push('came later'));
    await first;
    expect(order).toEqual(['waited']);
  });

  test('a 429 that asks for long tells those who wait at once', async () => {
    const pacer = new Pacer();
    pacer.exhausted('read', 3);
    const waiting = pacer.turn('read', soon());
    expect(await isWaiting(waiting)).toBe(true);
    pacer.exhausted('read', 60);
    await expect(waiting).rejects.toMatchObject({ code: 'rate_limited', details: { retryAfter: 60 } });
  });

  test('exactly five seconds are waited for, six are told', async () => {
    const pacer = new Pacer();
    pacer.exhausted('read', 5);
    const controller = new AbortController();
    const waiting = pacer.turn('read', { ...soon(), signal: controller.signal });
    expect(await isWaiting(waiting)).toBe(true);
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    pacer.exhausted('read', 6);
    await expect(pacer.turn('read', soon())).rejects.toMatchObject({ details: { retryAfter: 6 } });
  });

  test('what the token info says holds until an answer says otherwise', async () => {
    const pacer = new Pacer();
    pacer.assume('write', 60);
    expect(pacer.state('write')).toEqual({ limit: 60, remaining: 60 });
    (await pacer.turn('write', soon()))(announced(2, 60, 60));
    pacer.assume('write', 30);
    pacer.assume('write', undefined);
    expect(pacer.state('write')).toMatchObject({ limit: 30, remaining: 2 });
    pacer.assume('read', null);
    expect(pacer.state('read')).toEqual({ limit: undefined, remaining: undefined });
  });

  test('of an API that announces nothing: a 429 stands until its wait is over, and an answer ends it', async () => {
    const pacer = new Pacer();
    const bare = (status: number) => ({ status, headers: {}, text: '' });
    const [refused, done] = [await pacer.turn('read', soon()), await pacer.turn('read', soon())];
    pacer.exhausted('read', 60);
    refused(bare(429));
    expect(pacer.state('read').remaining).toBe(0);
    done(bare(200));
    expect(pacer.state('read').remaining).toBeUndefined();
  });

  test('an older answer may still say that less is left', async () => {
    const pacer = new Pacer();
    const [slow, quick] = [await pacer.turn('read', soon()), await pacer.turn('read', soon())];
    quick(announced(9, 60));
    slow(announced(4, 60));
    expect(pacer.state('read').remaining).toBe(4);
  });

  test('who asks what is wrong counts as under way, too', async () => {
    const pacer = new Pacer();
    (await pacer.turn('read', soon()))(announced(1, 60));
    const urgent = await pacer.turn('read', { ...soon(), isUrgent: true });
    const waiting = pacer.turn('read', soon());
    expect(await isWaiting(waiting)).toBe(true);
    urgent(announced(1, 60));
    expect(await isWaiting(waiting)).toBe(false);
  });

  test('a budget renewed “in 0 s” is asked again a second later', async () => {
    const pacer = new Pacer();
    (await pacer.turn('read', soon()))(announced(0, 0));
    const controller = new AbortController();
    const waiting = pacer.turn('read', { ...soon(), signal: controller.signal });
    expect(await isWaiting(waiting)).toBe(true);
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('whoever has had its turn leaves no timer behind', async () => {
    vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
    const pacer = new Pacer();
    (await pacer.turn('read', soon()))(announced(1, 60));
    const first = await pacer.turn('read', soon());
    const waiting = pacer.turn('read', soon());
    first(announced(5, 60));
    (await waiting)(announced(5, 60));
    expect(vi.getTimerCount()).toBe(0);
  });
});
