/** What a session knows of its token, and what becomes of that when Toado says otherwise or the token is another one. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { Failure, type Outcome } from '../../src/base/failure.ts';
import { toFailure } from '../../src/mcp/calls/failures.ts';
import { type FakeAnswer, type FakeRequest, startFakeApi, TOKEN_INFO } from '../support/fake-api.ts';
import { startInProcess } from '../support/in-process.ts';
import { temporaryFolder } from '../support/temporary.ts';

const isInfo = ({ path }: FakeRequest) => path === '/auth/token-info';

async function start(
  info: () => object,
  others: (request: FakeRequest) => FakeAnswer | undefined = () => undefined,
  env: Record<string, string> = {},
) {
  const api = await startFakeApi((request) => (isInfo(request) ? { body: info() } : others(request)));
  const it = startInProcess({ ...api.env, ...env });
  await it.session.grant.untilKnown(5_000);
  return { ...it, asked: () => api.requests.filter(isInfo).length, requests: api.requests };
}

/** With its token in a file. */
async function startWithFile(info: (token: string) => object, others?: (request: FakeRequest) => FakeAnswer) {
  const path = join(temporaryFolder(), 'token');
  writeFileSync(path, 'tok_session_old', { mode: 0o600 });
  const api = await startFakeApi((request) =>
    isInfo(request) ? { body: info(request.headers.authorization!.slice(7)) } : others?.(request),
  );
  const { TOADO_API_TOKEN: _, ...env } = api.env;
  const it = startInProcess({ ...env, TOADO_API_TOKEN_FILE: path });
  await it.session.grant.untilKnown(5_000);
  return { ...it, replace: (token: string) => writeFileSync(path, token) };
}

const unauthorized = (outcome: Outcome, status = 401) =>
  new Failure('unauthorized', 'No.', 'Ask.', { outcome, status });

describe('a token that was replaced', () => {
  test.each<[what: string, error: Error, isReplaced: boolean, runs: number]>([
    ['what was refused is run once more', unauthorized('rejected'), true, 2],
    ['what may have been carried out is not', unauthorized('outcome_unknown'), true, 1],
    ['nor what was refused for another reason', unauthorized('rejected', 403), true, 1],
    ['nor what went wrong in another way', new TypeError('of ours'), true, 1],
    ['nor anything under the same token', unauthorized('rejected'), false, 1],
  ])('%s', async (_, error, isReplaced, runs) => {
    const { session, replace } = await startWithFile(() => TOKEN_INFO);
    let count = 0;
    const run = () => {
      count++;
      if (isReplaced) replace('tok_session_new');
      return Promise.reject(error);
    };
    await expect(session.token.retryIfReplaced(run)).rejects.toBe(error);
    expect(count).toBe(runs);
  });

  test('nothing of the old one is known any more, and both stay secret', async () => {
    const info = (token: string) => ({
      ...TOKEN_INFO,
      id: token === 'tok_session_new' ? 'tkn_new' : 'tkn_old',
    });
    const { session, replace, text, log } = await startWithFile(info, () => ({
      body: [{ id: 'co_secret', name: 'Secret Ltd' }],
    }));
    await text('list_companies');
    expect([session.token.identity().tokenId, session.client.names.of('company', 'co_secret')]).toEqual([
      'tkn_old',
      'Secret Ltd',
    ]);
    replace('tok_session_new');
    expect(session.token.reread('tok_session_old')).toBe(true);
    expect(session.token.identity()).toEqual({});
    expect(session.client.names.of('company', 'co_secret')).toBeUndefined();
    expect(session.access.tools().offered).toEqual(['whoami']);
    expect(session.redactor.redact('tok_session_old, tok_session_new')).toBe(
      '[redacted token], [redacted token]',
    );
    // Another call that began under the old one finds it read again already.
    expect(session.token.reread('tok_session_old')).toBe(true);
    await session.grant.untilKnown(5_000);
    expect(session.token.identity().tokenId).toBe('tkn_new');
    expect(log.filter((line) => line.includes('has changed; asking'))).toHaveLength(1);
  });

  test('is noticed by the next question what it may do', async () => {
    const { session, replace } = await startWithFile((token) => ({
      ...TOKEN_INFO,
      scopes: token === 'tok_session_new' ? ['read'] : TOKEN_INFO.scopes,
    }));
    replace('tok_session_new');
    await session.grant.refresh();
    expect(session.access.tools().offered).not.toContain('add_comment');
    expect(session.access.tools().offered).toContain('get_ticket');
  });

  test('is followed without any call', async () => {
    const { session, replace, log } = await startWithFile((token) => ({
      ...TOKEN_INFO,
      scopes: token === 'tok_session_new' ? ['read'] : TOKEN_INFO.scopes,
    }));
    let told = 0;
    session.access.onChange(() => void told++);
    const isNamed = () => log.filter((line) => line.includes('has changed; asking')).length;
    replace('tok_session_new\n');
    await expect
      .poll(() => session.access.tools().offered.includes('add_comment'), { timeout: 10_000 })
      .toBe(false);
    await expect.poll(() => told).toBe(1);
    expect(isNamed()).toBe(1);
    expect(session.redactor.redact('tok_session_new')).toBe('[redacted token]');
  });

  test('a file that holds none any more: the last one stays until Toado refuses it', async () => {
    const { session, replace } = await startWithFile(() => TOKEN_INFO);
    replace('');
    expect(await session.grant.refresh()).toMatchObject({ state: 'granted' });
  });
});

test('who waits for changes hears of them, and of nothing else', async () => {
  let scopes = ['read'];
  const { session, log } = await start(() => ({ ...TOKEN_INFO, scopes }));
  let told = 0;
  session.access.onChange(() => void told++);
  await session.grant.refresh();
  expect(told).toBe(0);
  scopes = ['read', 'comments', 'a_new_one'];
  await session.grant.refresh();
  expect(told).toBe(1);
  expect(session.access.tools().offered).toContain('add_comment');
  await session.grant.refresh();
  expect(told).toBe(1);
  expect(log.filter((line) => line.includes('scopes have changed'))).toHaveLength(1);
  expect(log.join('\n')).toMatch(/scopes that this version does not know: a_new_one/);
});

test('a call that Toado refuses the token for has it asked about anew', async () => {
  const no = { status: 401, body: { error: { code: 'unauthorized', message: 'No.' } } };
  const { text, asked } = await start(
    () => TOKEN_INFO,
    () => no,
  );
  await text('list_companies');
  await expect.poll(asked).toBeGreaterThan(1);
});

test.each([
  ['where Toado knows keys', ['idempotency-key'], 2],
  ['where it doesn’t', [], 1],
])('a write whose answer was lost goes out again only %s', async (_, features, times) => {
  let writes = 0;
  const { call } = await start(
    () => ({ ...TOKEN_INFO, features }),
    ({ method }) => {
      if (method !== 'POST') return undefined;
      if (++writes === 1) return { status: 502, headers: { 'content-type': 'text/html' }, body: 'gone' };
      return { body: { id: 'cmt_1', ticket_id: 't-7Kq2Mx', body: 'Hi' } };
    },
  );
  await call('add_comment', { ticket_id: 't-7Kq2Mx', body: 'Hi' });
  expect(writes).toBe(times);
});

test('what the token info says of writes holds until an answer says more', async () => {
  const { session } = await start(() => ({
    ...TOKEN_INFO,
    limits: { reads_per_minute: 600, writes_per_minute: 7 },
  }));
  expect(session.client.budget('write')).toEqual({ limit: 7, remaining: 7 });
});

test('what the token may do is asked even where its budget is used up', async () => {
  const no = {
    status: 429,
    headers: { 'retry-after': '60' },
    body: { error: { code: 'rate_limited', message: 'No.' } },
  };
  const { session, text } = await start(
    () => TOKEN_INFO,
    () => no,
  );
  expect(await text('list_companies')).toMatch(/^rate_limited \(not_sent\)/);
  expect(await session.grant.refresh()).toMatchObject({ state: 'granted' });
  expect(session.grant.now).not.toHaveProperty('lastFailure');
});

test('what is fixed and isn’t there: whoami alone is offered, and each call says why', async () => {
  const { session, text, requests } = await start(
    () => TOKEN_INFO,
    ({ path }) => (path === '/projects' ? { body: [{ id: 'proj_1', name: 'Shop' }] } : undefined),
    { TOADO_PROJECT: 'proj_gone' },
  );
  expect(session.access.tools().offered).toEqual(['whoami']);
  const before = requests.length;
  expect(await text('list_tickets')).toMatch(/\(not_sent\): .*proj_gone/s);
  expect(requests.slice(before).filter((one) => !isInfo(one))).toEqual([]);
});

test.each<[code: string, isTold: boolean]>([
  ['forbidden', true],
  ['project_not_found', true],
  ['timeout', false],
  ['unreachable', false],
])('where what is fixed isn’t there, %s is explained by that: %s', async (code, isTold) => {
  const { session } = await start(
    () => TOKEN_INFO,
    ({ path }) => (path === '/projects' ? { body: [{ id: 'proj_1', name: 'Shop' }] } : undefined),
    { TOADO_PROJECT: 'proj_gone' },
  );
  const error = new Failure(code, 'What became of it.', 'Look.', { outcome: 'outcome_unknown' });
  const { sentence, outcome } = await toFailure(session, { name: 'add_comment', effect: 'add' }, error);
  expect(outcome).toBe('outcome_unknown');
  expect(sentence.includes('proj_gone')).toBe(isTold);
  if (!isTold) expect(sentence).toBe('What became of it.');
});

test('what is fixed and goes meanwhile is the starter’s to mend, not the caller’s', async () => {
  let projects = [{ id: 'proj_1', name: 'Shop' }];
  const { session, text } = await start(
    () => TOKEN_INFO,
    ({ path }) => {
      if (path === '/projects') return { body: projects };
      return projects.some(({ id }) => path.includes(id))
        ? { body: { items: [] } }
        : { status: 404, body: { error: { code: 'project_not_found', message: 'No such project.' } } };
    },
    { TOADO_PROJECT: 'Shop' },
  );
  expect(session.access.tools().offered).toContain('list_tickets');
  expect(await text('list_tickets')).toContain('items: none');
  projects = [{ id: 'proj_2', name: 'Lifts' }];
  // As if it was a while ago.
  const now = performance.now.bind(performance);
  performance.now = () => now() + 2_000;
  try {
    expect(await text('list_tickets')).toMatch(/--project|TOADO_PROJECT/);
  } finally {
    performance.now = now;
  }
  expect(session.access.tools().offered).toEqual(['whoami']);
});

test('a token’s file that is not there yet: nothing leaves, and it is used as soon as it is', async () => {
  const path = join(temporaryFolder(), 'token');
  const api = await startFakeApi((request) => (isInfo(request) ? undefined : { body: [] }));
  const { TOADO_API_TOKEN: _, ...env } = api.env;
  const { text } = startInProcess({ ...env, TOADO_API_TOKEN_FILE: path }, { tokenMayCome: true });
  expect(await text('list_companies')).toMatch(
    /^settings \(not_sent\): TOADO_API_TOKEN_FILE .* is not there/,
  );
  expect(api.requests).toEqual([]);
  writeFileSync(path, 'tok_session_late', { mode: 0o600 });
  expect(await text('list_companies')).not.toMatch(/^settings/);
  expect(new Set(api.requests.map(({ headers }) => headers.authorization))).toEqual(
    new Set(['Bearer tok_session_late']),
  );
});

test('its end closes what requests go through', async () => {
  const { session } = await start(() => TOKEN_INFO);
  let closed = 0;
  const before = session.client.close;
  session.client.close = () => {
    closed++;
    return before();
  };
  await session.close();
  expect(closed).toBe(1);
});

test('its end stops the questions', async () => {
  let info: object = TOKEN_INFO;
  const { session } = await start(() => info);
  info = { nothing: true };
  session.grant.forget();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    await session.grant.refresh();
    expect(vi.getTimerCount()).toBe(1);
    await session.close();
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});
