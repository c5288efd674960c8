import { expect, test } from 'vitest';
import { EtagCache } from '../../../src/toado-api/client/etag-cache.ts';

const MB = 1024 * 1024;
const tagged = (text: string) => ({ status: 200, headers: {}, text, etag: '"1"' });

test('what was kept comes back; nothing else does', async () => {
  const cache = new EtagCache();
  expect(cache.get('/a')).toBeUndefined();
  await Promise.all([cache.set('/a', tagged('A')), cache.set('/b', tagged('B'))]);
  expect([cache.get('/a')?.text, cache.get('/b')?.text, cache.get('/c')]).toEqual(['A', 'B', undefined]);
});

test('an answer without a text is kept like any other', async () => {
  const cache = new EtagCache();
  await cache.set('/a', tagged(''));
  expect(cache.get('/a')?.text).toBe('');
});

test('8 MB in all: what was not asked for the longest goes; and none of more than half', async () => {
  const cache = new EtagCache();
  const large = tagged('x'.repeat(3 * MB));
  await cache.set('/a', large);
  await cache.set('/b', large);
  cache.get('/a');
  await cache.set('/c', large);
  await cache.set('/d', tagged('x'.repeat(4 * MB + 1)));
  expect(['/a', '/b', '/c', '/d'].map((target) => !!cache.get(target))).toEqual([true, false, true, false]);
});
