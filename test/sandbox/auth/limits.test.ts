import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { smallWorld, start } from '../support/sandbox.ts';

function limited(reads: number, writes: number) {
  const world = smallWorld();
  world.companies[0]!.limits = { reads, writes };
  return world;
}

const budget = (headers: Headers) =>
  ['limit', 'remaining', 'reset'].map((name) => Number(headers.get(`ratelimit-${name}`)));

describe('limits per token', () => {
  test('600 reads and 60 writes a minute, said in the headers of every answer', async () => {
    const { as } = await start();
    expect(budget((await as('olga')('GET', '/auth/token-info')).headers)).toEqual([600, 599, 1]);
    expect(budget((await as('olga')('POST', '/tickets/t-AAAAAA/archive')).headers)).toEqual([60, 59, 1]);
    for (const [method, path, limit] of [
      ['GET', '/tickets/t-nowher', 600],
      ['GET', '/tickets/search', 600],
      ['GET', '/tickets/t-GGGGGG', 600],
      ['PATCH', '/tickets/t-nowher', 60],
    ] as const) {
      const { headers, status } = await as('mia')(method, path, method === 'PATCH' ? '{' : undefined);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(budget(headers)[0], path).toBe(limit);
    }
  });

  test('configurable per company', async () => {
    const { as } = await start({ world: limited(100, 7) });
    const { body, headers } = await as('mia')('GET', '/auth/token-info');
    expect(body.limits).toEqual({ reads_per_minute: 100, writes_per_minute: 7 });
    expect(budget(headers)[0]).toBe(100);
    expect((await as('gus')('GET', '/auth/token-info')).body.limits).toEqual({
      reads_per_minute: 600,
      writes_per_minute: 60,
    });
  });

  test('the smallest holds for a token of several companies', async () => {
    const { as } = await start({ world: limited(100, 7) });
    expect((await as('olga')('GET', '/auth/token-info')).body.limits.writes_per_minute).toBe(7);
  });

  test('beyond them 429 with Retry-After, and nothing is carried out', async () => {
    const { as } = await start({ world: limited(600, 3) });
    for (let left = 2; left >= 0; left--) {
      const { status, headers } = await as('mia')('POST', '/tickets/t-AAAAAA/comments', { body: 'x' });
      expect(status).toBe(201);
      expect(budget(headers)[1]).toBe(left);
    }
    const refused = await as('mia')('POST', '/tickets/t-AAAAAA/comments', { body: 'x' });
    expect(refused.status).toBe(429);
    expect(refused.body.error.code).toBe('rate_limited');
    const retryAfter = Number(refused.headers.get('retry-after'));
    expect(retryAfter).toBeGreaterThan(15);
    expect(retryAfter).toBeLessThanOrEqual(20);
    expect(budget(refused.headers)).toEqual([3, 0, retryAfter]);
    const { body } = await as('mia')('GET', '/tickets/t-AAAAAA');
    expect(body.comment_count, 'reads have a budget of their own').toBe(3);
    expect((await as('adam')('POST', '/tickets/t-AAAAAA/comments', { body: 'x' })).status).toBe(201);
  });

  test('the bucket fills again evenly, and Retry-After is the truth', async () => {
    const { as } = await start({ world: limited(60, 60) });
    const replies = await Promise.all(Array.from({ length: 70 }, () => as('mia')('GET', '/companies')));
    const refused = replies.find(({ status }) => status === 429)!;
    expect(replies.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(60);
    expect(refused.headers.get('retry-after')).toBe('1');
    await sleep(1000);
    expect((await as('mia')('GET', '/companies')).status).toBe(200);
  });

  test('token-info draws a read, a bulk call one write', async () => {
    const { as } = await start();
    await as('olga')('GET', '/auth/token-info');
    const { headers } = await as('olga')('POST', '/tickets/bulk-move', {
      ticket_ids: ['t-AAAAAA', 't-BBBBBB', 't-CCCCCC'],
      target_column_id: 'col_shop_done',
    });
    expect(budget(headers)[1]).toBe(59);
    expect(budget((await as('olga')('GET', '/auth/token-info')).headers)[1]).toBe(598);
  });

  test('an unauthorized request carries none of them', async () => {
    const { as } = await start();
    expect((await as('nobody')('GET', '/companies')).headers.has('ratelimit-limit')).toBe(false);
  });

  test('what was used lasts over a restart', async () => {
    const first = await start({ world: limited(600, 3) });
    for (let at = 0; at < 3; at++) await first.as('mia')('POST', '/tickets/t-AAAAAA/archive');
    await first.close();
    const { as } = await start({ db: first.db, world: limited(600, 3) });
    expect((await as('mia')('POST', '/tickets/t-AAAAAA/archive')).status).toBe(429);
  });
});
