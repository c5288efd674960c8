/** Limits per company: owners set them, on a page, by the route and by the command, and they hold at once. */
import { expect, test } from 'vitest';
import { startToado } from '../../support/toado.ts';
import { start } from '../support/sandbox.ts';
import { visitor } from '../support/visitor.ts';

const set = (value: unknown, headers: Record<string, string> = {}) => ({
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(value),
});

test('an owner sets them, and running clients see them with their next answer', async () => {
  const { as, bare } = await start();
  expect((await as('mia')('GET', '/companies')).headers.get('ratelimit-limit')).toBe('600');
  const { status, body } = await bare('PATCH', '/sandbox/limits/co_acme', set({ reads_per_minute: 3 }));
  expect([status, body.reads_per_minute, body.writes_per_minute]).toEqual([200, 3, 60]);
  const { headers } = await as('mia')('GET', '/companies');
  expect([headers.get('ratelimit-limit'), headers.get('ratelimit-remaining')]).toEqual(['3', '1']);
  await as('mia')('GET', '/companies');
  expect((await as('mia')('GET', '/companies')).status).toBe(429);
  await bare('PATCH', '/sandbox/limits/co_acme', set({ reads_per_minute: 600 }));
  expect((await as('mia')('GET', '/companies')).status).toBe(200);
  const { body: listed } = await bare('GET', '/sandbox/limits');
  expect(listed).toMatchObject([
    { company_id: 'co_acme', reads_per_minute: 600, writes_per_minute: 60, may_set: true },
    { company_id: 'co_globex', may_set: false },
  ]);
});

test('nobody else does, least of all a token', async () => {
  const { bare } = await start();
  for (const [path, headers, status] of [
    ['co_acme?user_id=usr_adam', {}, 403],
    ['co_globex', {}, 403],
    ['co_none', {}, 404],
    ['co_acme', { authorization: 'Bearer tok_olga' }, 403],
    ['co_acme', { origin: 'https://attacker.example' }, 403],
    ['co_acme', { 'sec-fetch-site': 'cross-site' }, 403],
  ] as [string, Record<string, string>, number][]) {
    const reply = await bare('PATCH', `/sandbox/limits/${path}`, set({ writes_per_minute: 9 }, headers));
    expect([path, reply.status]).toEqual([path, status]);
    if (Object.keys(headers).length === 0) continue;
    expect((await bare('GET', '/sandbox/limits', { headers })).status, 'nor sees them').toBe(403);
  }
  for (const value of [
    {},
    { writes_per_minute: 0 },
    { writes_per_minute: 1.5 },
    { reads_per_minute: 100_001 },
    { x: 1 },
  ]) {
    expect((await bare('PATCH', '/sandbox/limits/co_acme', set(value))).status).toBe(400);
  }
  const most = { reads_per_minute: 100_000, writes_per_minute: 1 };
  expect((await bare('PATCH', '/sandbox/limits/co_acme', set(most))).body).toMatchObject(most);
  expect((await bare('GET', '/sandbox/limits')).body).toMatchObject([
    { company_id: 'co_acme', ...most },
    { company_id: 'co_globex', reads_per_minute: 600, writes_per_minute: 60 },
  ]);
});

test('there is a page for it', async () => {
  const toado = await startToado();
  const { get, post } = await visitor(toado);
  const page = (await get('/settings/limits')).body;
  expect(page).toContain('action="/settings/limits/co_acme"');
  expect(page).not.toContain('action="/settings/limits/co_globex"');
  const filled = { reads_base: '600', writes_base: '60' };
  for (const [name, value] of Object.entries(filled))
    expect(page).toContain(`name="${name}" value="${value}"`);
  const save = (fields: Record<string, string>) => post('/settings/limits/co_acme', { ...filled, ...fields });
  expect((await save({ reads_per_minute: '700', writes_per_minute: '60' })).status).toBe(303);
  // As a page that was open all the while sends it.
  expect((await save({ reads_per_minute: '600', writes_per_minute: '7' })).status).toBe(303);
  for (const over of [
    await save({ reads_per_minute: '800', writes_per_minute: '60' }),
    await post('/settings/limits/co_acme', { reads_per_minute: '800', writes_per_minute: '7' }),
  ]) {
    expect(over.status).toBe(409);
    expect(over.body).toContain('Somebody set this to 700');
  }
  const info = await toado.request('GET', '/auth/token-info', undefined, toado.token('per-project'));
  expect(info.body).toMatchObject({ limits: { reads_per_minute: 700, writes_per_minute: 7 } });
  expect(
    (await post('/settings/limits/co_globex', { reads_per_minute: '1', writes_per_minute: '1' })).status,
  ).toBe(403);
  const broken = await post('/settings/limits/co_acme', { reads_per_minute: '-1', writes_per_minute: '7' });
  expect(broken.status).toBe(400);
});
