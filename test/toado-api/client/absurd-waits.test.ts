/** No announced wait, however absurd, locks the server: after two minutes at most one request finds out. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { RateLimiter } from '../../../src/toado-api/client/rate-limiter.ts';

afterEach(() => void vi.useRealTimers());

const EPOCH_S = 1_795_000_000;
const announced = (headers: Record<string, string>, status = 200) => ({ status, headers, text: '' });
const soon = () => ({ deadline: performance.now() + 1_000 });

describe.each([
  ['seconds since 1970', String(EPOCH_S * 2)],
  ['milliseconds since 1970', String(EPOCH_S * 2_000)],
  ['a year', '31536000'],
  ['more than a number holds', '9'.repeat(40)],
])('RateLimit-Reset: %s', (_, reset) => {
  test('after 120 s one goes ahead, and whoami’s question at once', async () => {
    vi.useFakeTimers({ toFake: ['performance', 'Date', 'setTimeout', 'clearTimeout'] });
    const rateLimiter = new RateLimiter();
    (await rateLimiter.turn('read', soon()))(
      announced({ 'ratelimit-limit': '600', 'ratelimit-remaining': '0', 'ratelimit-reset': reset }),
    );
    await expect(rateLimiter.turn('read', soon())).rejects.toMatchObject({ code: 'rate_limited' });
    expect(rateLimiter.state('read').resetIn).toBeLessThanOrEqual(120);
    (await rateLimiter.turn('read', { ...soon(), isUrgent: true }))(undefined);
    await expect(rateLimiter.turn('read', soon())).rejects.toMatchObject({ code: 'rate_limited' });
    vi.advanceTimersByTime(120_500);
    expect(await rateLimiter.turn('read', soon())).toBeTypeOf('function');
  });
});

test('a point in time close by is a wait until then', async () => {
  const rateLimiter = new RateLimiter();
  const inTenSeconds = Math.round(Date.now() / 1000) + 10;
  (await rateLimiter.turn('read', soon()))(
    announced({ 'ratelimit-remaining': '0', 'ratelimit-reset': String(inTenSeconds) }),
  );
  const { resetIn } = rateLimiter.state('read');
  expect(resetIn).toBeGreaterThan(7);
  expect(resetIn).toBeLessThan(13);
});

test('a 429 that asks for an absurd wait', async () => {
  vi.useFakeTimers({ toFake: ['performance', 'Date', 'setTimeout', 'clearTimeout'] });
  const rateLimiter = new RateLimiter();
  rateLimiter.exhausted('write', EPOCH_S * 2);
  await expect(rateLimiter.turn('write', soon())).rejects.toMatchObject({ code: 'rate_limited' });
  vi.advanceTimersByTime(120_500);
  expect(await rateLimiter.turn('write', soon())).toBeTypeOf('function');
});
