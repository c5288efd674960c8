/** The REST client against a real HTTP server that answers what a test says. */
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { type FakeAnswer, type FakeRequest, startFakeApi } from '../../support/fake-api.ts';
import { listen } from '../../support/listen.ts';
import { clientOf } from '../../support/rest-client.ts';

async function start(answer: (request: FakeRequest) => FakeAnswer | undefined) {
  const api = await startFakeApi(answer);
  let refusals = 0;
  const client = clientOf(`${api.url}/api/v1`, { onRefused: () => void refusals++ });
  return {
    client,
    requests: api.requests,
    refusals: () => refusals,
    as: (effect: 'read' | 'add' | 'update') => client.for({ effect, deadline: performance.now() + 4_000 }),
  };
}

test('what only reads reaches no route that writes', async () => {
  const { as, requests } = await start(() => ({ body: {} }));
  await expect(as('read').archiveTicket({ ticket_id: 't-7Kq2Mx' })).rejects.toThrow(/only reads/);
  expect(requests).toEqual([]);
  await as('read')
    .listCompanies({})
    .catch(() => undefined);
  expect(requests.map(({ method }) => method)).toEqual(['GET']);
});

test.each<[what: string, answer: FakeAnswer, asks: boolean]>([
  ['unauthorized', { status: 401, body: { error: { code: 'unauthorized', message: 'No.' } } }, true],
  [
    'insufficient_scope',
    { status: 403, body: { error: { code: 'insufficient_scope', message: 'No.' } } },
    true,
  ],
  ['forbidden', { status: 403, body: { error: { code: 'forbidden', message: 'No.' } } }, false],
  ['a page', { status: 401, headers: { 'content-type': 'text/html' }, body: '<p>Sign in' }, false],
])('%s: whether the token is asked about anew', async (_, answer, asks) => {
  const { as, refusals } = await start(() => answer);
  await expect(as('read').listCompanies({})).rejects.toThrow();
  expect(refusals() > 0).toBe(asks);
});

test.each([
  { ok: false },
  { success: false },
  { status: 'error' },
  { error: 'Clashes.' },
  { errors: [{ message: 'Clashes.' }] },
])('%j with 200 is no success', async (body) => {
  const { as } = await start(() => ({ body }));
  await expect(as('update').archiveTicket({ ticket_id: 't-7Kq2Mx' })).rejects.toMatchObject({
    outcome: 'rejected',
  });
});

test('another token: names that came by under the old one are forgotten', async () => {
  const { client, as } = await start(() => ({ body: [{ id: 'co_secret', name: 'Secret Ltd' }] }));
  await as('read').listCompanies({});
  expect(client.names.of('company', 'co_secret')).toBe('Secret Ltd');
  client.forget();
  expect(client.names.of('company', 'co_secret')).toBeUndefined();
});

test('another token: what was kept under the old one is not used', async () => {
  const { client, as, requests } = await start(() => ({ headers: { etag: '"one"' }, body: [] }));
  const asked = () => requests.at(-1)!.headers['if-none-match'];
  await as('read').listCompanies({});
  await as('read').listCompanies({});
  expect(asked()).toBe('"one"');
  client.forget();
  await as('read').listCompanies({});
  expect(asked()).toBeUndefined();
});

test('what a write’s address was read with is no condition of the write, nor its answer what is kept of that', async () => {
  const ticket = { id: 't-7Kq2Mx', title: 'Dead button' };
  const { as, requests } = await start(({ method }) => ({
    headers: { etag: method === 'GET' ? '"read"' : '"written"' },
    body: ticket,
  }));
  const asked = () => requests.map(({ headers }) => headers['if-none-match']);
  await as('read').getTicket({ ticket_id: ticket.id });
  await as('update').updateTicket({ ticket_id: ticket.id, title: 'x' });
  await as('read').getTicket({ ticket_id: ticket.id });
  expect(asked()).toEqual([undefined, undefined, '"read"']);
});

test('a timeout tells the whole wait, not what the last attempt had of it', async () => {
  const server = createServer(() => {});
  const port = await listen(server);
  const host = `127.0.0.1:${port}`;
  const client = clientOf(`http://${host}`);
  const api = client.for({ effect: 'read', deadline: performance.now() + 1_500, attemptMs: 400 });
  await expect(api.listCompanies({})).rejects.toMatchObject({
    code: 'timeout',
    sentence: expect.stringMatching(/ gave no complete answer within 1 s, in 2 attempts\.$/),
  });
});
