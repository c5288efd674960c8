/** Failures on purpose, one by one, as a scenario's file asks for them. */
import { expect, test } from 'vitest';
import { meetsRoute } from '../../../src/sandbox/api/faults.ts';
import { FAULT, type Fault } from '../../../src/sandbox/index.ts';
import { startToado } from '../../support/toado.ts';

const TICKET = '/tickets/t-7Kq2Mx';
const COMMENTS = `${TICKET}/comments`;

async function toadoWith(...faults: Fault[]) {
  const notes: (string | undefined)[] = [];
  const toado = await startToado({
    faults,
    around: async (c, next) => {
      await next();
      notes.push(c.get(FAULT) as string | undefined);
    },
  });
  const comments = async () =>
    ((await toado.request('GET', COMMENTS)).body as { items: { body: string }[] }).items.map(
      ({ body }) => body,
    );
  const post = (body: string) => toado.request('POST', COMMENTS, { body });
  return { ...toado, notes, comments, post };
}

test('a delay, from the second such request on, once', async () => {
  const { request, notes } = await toadoWith({ on: 'GET /tickets/:ticket', from: 2, delay_ms: 300 });
  const ms: number[] = [];
  for (const path of [TICKET, COMMENTS, TICKET, TICKET]) {
    const began = performance.now();
    expect((await request('GET', path)).status).toBe(200);
    ms.push(performance.now() - began);
  }
  expect(notes).toEqual([undefined, undefined, 'delayed by 300 ms', undefined]);
  expect(ms[2]).toBeGreaterThanOrEqual(299);
});

test('429 as often as asked for, with the wait in header and body, and nothing is carried out', async () => {
  const { apiUrl, token, comments, post } = await toadoWith({
    on: 'POST /tickets/:ticket/comments',
    rate_limited: 7,
    times: 2,
  });
  const before = await comments();
  const answer = await fetch(apiUrl + COMMENTS, {
    method: 'POST',
    headers: { authorization: `Bearer ${token('triage')}`, 'content-type': 'application/json' },
    body: JSON.stringify({ body: 'One' }),
  });
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '7']);
  expect(await answer.json()).toMatchObject({ error: { code: 'rate_limited', details: { retry_after: 7 } } });
  expect((await post('Two')).status).toBe(429);
  expect(await comments()).toEqual(before);
  expect((await post('Three')).status).toBe(201);
  expect(await comments()).toContain('Three');
});

test('an outage carries nothing out', async () => {
  const { comments, post } = await toadoWith({ on: 'POST *', status: 503 });
  expect((await post('Lost?')).status).toBe(503);
  expect(await comments()).not.toContain('Lost?');
});

test('a lost answer is carried out, and the connection is cut', async () => {
  const { comments, post, notes } = await toadoWith({ on: 'POST *', lose_answer: true });
  await expect(post('Lost?')).rejects.toThrow();
  expect(await comments()).toContain('Lost?');
  expect(notes[0]).toBe('answer lost');
});

test('the token is revoked after so many requests', async () => {
  const { request } = await toadoWith({ on: '*', from: 3, revoke_token: true });
  const statuses = [];
  for (const _ of [1, 2, 3, 4]) statuses.push((await request('GET', '/companies')).status);
  expect(statuses).toEqual([200, 200, 401, 401]);
});

test('a request without a token that lives is refused as ever, whatever was to be revoked', async () => {
  const { apiUrl } = await toadoWith({ on: '*', revoke_token: true });
  const answer = await fetch(`${apiUrl}/companies`, { headers: { authorization: 'Bearer tok_none' } });
  expect([answer.status, await answer.json()]).toMatchObject([401, { error: { code: 'unauthorized' } }]);
});

test('what it meets is meant to the letter; a wait of no time is one', async () => {
  const { request } = await toadoWith(
    { on: 'GET /tickets/t.7Kq2Mx', status: 503 },
    { on: 'POST /companies', status: 503 },
    { on: 'GET /tickets/:ticket/comments', rate_limited: 0 },
  );
  expect((await request('GET', TICKET)).status).toBe(200);
  expect((await request('GET', '/companies')).status).toBe(200);
  expect((await request('GET', COMMENTS)).status).toBe(429);
});

test.each([
  ['*', true],
  ['POST *', true],
  ['PUT *', false],
  ['/companies', true],
  ['GET /companies', true],
  ['POST /companies', false],
  ['GET /tickets/t-7Kq2Mx', true],
  ['GET /tickets/:any/comments', true],
  ['GET /tickets/:any/comment', false],
  ['GET /tickets', false],
  ['GET /tickets/:any/comments/more', false],
])('%s may strike: %s', (on, may) => {
  expect(meetsRoute(on)).toBe(may);
});

test('one request can meet two faults', async () => {
  const { request, notes } = await toadoWith(
    { on: 'GET *', delay_ms: 20 },
    { on: 'GET /companies', rate_limited: 1 },
  );
  expect((await request('GET', '/companies')).status).toBe(429);
  expect(notes).toEqual(['delayed by 20 ms, rate limited for 1 s']);
});
