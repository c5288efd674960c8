/** Toado refuses the token or a scope of it, in whichever way: what is offered follows, and nothing goes out on a guess. */
import { describe, expect, test } from 'vitest';
import { startRawInProcess } from '../support/connect-in-process.ts';
import { shared } from '../support/ending.ts';
import { type FakeAnswer, startChangingApi, startFakeApi, TOKEN_INFO } from '../support/fake-api.ts';
import { errorOf, type RawSession } from '../support/raw-client.ts';
import { textOf } from '../support/sdk-client.ts';

const refusal = (status: number, code: string, details?: object): FakeAnswer => ({
  status,
  body: { error: { code, message: 'No.', details } },
});

const toolsOf = async (client: RawSession) =>
  ((await client.request('tools/list')).result!.tools as { name: string }[]).map(({ name }) => name);

/** Whose token is good before and after each test. */
const granted = shared(async () => {
  const api = await startChangingApi();
  return { api, client: await startRawInProcess({ env: api.env }) };
});

describe.each([
  ['401', refusal(401, 'unauthorized')],
  ['403', refusal(403, 'forbidden')],
  ['403 in the API’s own words', { status: 403, body: { message: 'Forbidden' } }],
])('the token info is answered with %s', (_, refused) => {
  test('from the start: whoami alone is there', async () => {
    const api = await startFakeApi(({ path }) => (path === '/auth/token-info' ? refused : undefined));
    const client = await startRawInProcess({ env: api.env });
    expect(await toolsOf(client)).toEqual(['whoami']);
    expect((await client.call('list_companies')).isError).toBe(true);
    expect(new Set(api.requests.map(({ path }) => path))).toEqual(new Set(['/auth/token-info']));
  });

  test('in the middle: what was known of it holds no more', async () => {
    const { api, client } = granted();
    let isRefused = false;
    api.answer(({ path }) =>
      isRefused && path === '/auth/token-info' ? refused : path === '/companies' ? { body: [] } : undefined,
    );
    expect(await toolsOf(client)).toContain('add_comment');
    expect((await client.call('list_companies')).isError).toBeFalsy();
    isRefused = true;
    await client.call('whoami');
    expect(await toolsOf(client)).toEqual(['whoami']);
    const sent = api.requests.filter(({ path }) => path === '/companies').length;
    expect(errorOf(await client.call('list_companies'))).toMatchObject({ outcome: 'not_sent' });
    expect(api.requests.filter(({ path }) => path === '/companies')).toHaveLength(sent);
    isRefused = false;
    await client.call('whoami');
    expect(await toolsOf(client)).toContain('add_comment');
  });
});

test.each([
  [
    'insufficient_scope',
    refusal(403, 'insufficient_scope', { required_scope: 'comments' }),
    'a scope was taken away',
  ],
  ['unauthorized', refusal(401, 'unauthorized'), 'it was revoked and given back'],
])('a call that is refused with %s has Toado asked anew at once', async (_, refused) => {
  let scopes = TOKEN_INFO.scopes;
  const api = await startFakeApi(({ path, method }) =>
    path === '/auth/token-info'
      ? { body: { ...TOKEN_INFO, scopes } }
      : method === 'POST'
        ? refused
        : undefined,
  );
  const client = await startRawInProcess({ env: api.env });
  expect(await toolsOf(client)).toContain('add_comment');
  scopes = ['read'];
  expect((await client.call('add_comment', { ticket_id: 't-vP4sTe', body: 'x' })).isError).toBe(true);
  await client.next(({ method }) => method === 'notifications/tools/list_changed');
  expect(await toolsOf(client)).not.toContain('add_comment');
  const told = await client.call('add_comment', { ticket_id: 't-vP4sTe', body: 'x' });
  expect(errorOf(told)).toMatchObject({ code: 'insufficient_scope', outcome: 'not_sent' });
  expect(textOf(told)).toContain('comments');
});
