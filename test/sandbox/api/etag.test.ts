import { expect, test } from 'vitest';
import { start } from '../support/sandbox.ts';

const known = (etag: string) => ({ 'if-none-match': etag });

test('a read that is unchanged is answered with 304 and no body', async () => {
  const { as } = await start();
  for (const path of [
    '/tickets/t-AAAAAA',
    '/projects/proj_shop/tickets',
    '/companies',
    '/tickets/search?query=checkout',
  ]) {
    const first = await as('olga')('GET', path);
    const etag = first.headers.get('etag')!;
    for (const value of [etag, `"other", ${etag}`, etag.replace('W/', ''), '*']) {
      const again = await as('olga')('GET', path, undefined, known(value));
      expect(`${path} ${again.status} ${again.text}`).toBe(`${path} 304 `);
      expect(again.headers.get('etag')).toBe(etag);
    }
    expect((await as('olga')('GET', path, undefined, known('"other"'))).status).toBe(200);
  }
});

test('a change changes it', async () => {
  const { as } = await start();
  const etag = (await as('olga')('GET', '/tickets/t-AAAAAA')).headers.get('etag')!;
  await as('mia')('POST', '/tickets/t-AAAAAA/comments', { body: 'x' });
  const { status, body } = await as('olga')('GET', '/tickets/t-AAAAAA', undefined, known(etag));
  expect([status, body.comment_count]).toEqual([200, 1]);
});

test('a 304 still counts, and still needs a token that may read it', async () => {
  const { as, bare } = await start();
  const etag = (await as('mia')('GET', '/tickets/t-VVVVVV')).headers.get('etag')!;
  const again = await as('mia')('GET', '/tickets/t-VVVVVV', undefined, known(etag));
  expect([again.status, again.headers.get('ratelimit-remaining')]).toEqual([304, '598']);
  expect((await as('adam')('GET', '/tickets/t-VVVVVV', undefined, known(etag))).status).toBe(403);
  await bare('DELETE', '/sandbox/tokens/tkn_mia');
  expect((await as('mia')('GET', '/tickets/t-VVVVVV', undefined, known(etag))).status).toBe(401);
});

test('an error has none', async () => {
  const { as } = await start();
  const { status, headers } = await as('olga')('GET', '/tickets/t-nowher', undefined, known('*'));
  expect([status, headers.get('etag')]).toEqual([404, null]);
});

test('what says nothing of being kept is kept by nobody, a new token’s text above all', async () => {
  const { as, bare } = await start();
  for (const { headers } of [
    await bare('POST', '/sandbox/tokens', {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ label: 'x', scopes: ['read'] }),
    }),
    await bare('GET', '/sandbox/tokens'),
    await bare('GET', '/sandbox/limits'),
    await as('olga')('POST', '/tickets/t-AAAAAA/comments', { body: 'x' }),
    await as('olga')('GET', '/tickets/t-nobody'),
    await bare('GET', '/companies'),
    await bare('GET', '/nothing'),
  ]) {
    expect([headers.get('cache-control'), headers.get('x-content-type-options')]).toEqual([
      'no-store',
      'nosniff',
    ]);
  }
  expect((await as('olga')('GET', '/tickets/t-AAAAAA')).headers.get('cache-control')).toContain('no-cache');
});
