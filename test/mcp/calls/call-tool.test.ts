/** The way of a call in this process: what leaves for it, what is refused before anything leaves, what becomes of errors. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { callTool } from '../../../src/mcp/calls/call-tool.ts';
import { tools } from '../../../tools/index.ts';
import { atEnd } from '../../support/ending.ts';
import { type FakeAnswer, type FakeRequest, startFakeApi, TOKEN_INFO } from '../../support/fake-api.ts';
import { startInProcess } from '../../support/in-process.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { asTicket, onTicket, refused, start, TICKET } from './calling.ts';

test('what the token may not do is refused, and nothing leaves', async () => {
  const info = { ...TOKEN_INFO, scopes: ['read'] };
  const { text, sent } = await start(({ path }) =>
    path === '/auth/token-info' ? { body: info } : { body: TICKET },
  );
  expect(await text('archive_ticket', { ticket_id: TICKET.id })).toMatch(
    /^insufficient_scope \(not_sent\): archive_ticket needs the scope tickets:write; this token has read\./,
  );
  expect(sent()).toEqual([]);
  expect(await text('get_ticket', { ticket_id: TICKET.id })).toContain('Dead button');
});

test.each<[what: string, env: Record<string, string>, says: RegExp]>([
  ['--read-only', { TOADO_READ_ONLY: 'true' }, /^not_offered \(not_sent\): .* left out by --read-only\./],
  ['--tools', { TOADO_TOOLS: 'get_ticket' }, /^not_offered \(not_sent\): .* not among --tools\./],
  ['--exclude', { TOADO_EXCLUDE: 'archive_ticket' }, /^not_offered \(not_sent\): .* left out by --exclude\./],
])('what %s leaves out is refused, and nothing leaves', async (_, env, says) => {
  const { text, sent } = await start(onTicket, env);
  expect(await text('archive_ticket', { ticket_id: TICKET.id })).toMatch(says);
  expect(sent()).toEqual([]);
});

test('a token that Toado refuses: no call leaves, and it is asked about', async () => {
  const { text, sent } = await start(() => refused(401, 'unauthorized'));
  expect(await text('get_ticket', { ticket_id: TICKET.id })).toMatch(/^unauthorized \(not_sent\): /);
  expect(sent()).toEqual([]);
});

test.each<
  [from: string, origin: (apiUrl: string, token: string) => Parameters<typeof startInProcess>, says: RegExp]
>([
  [
    'the environment',
    (apiUrl, token) => [{ TOADO_API_URL: apiUrl, TOADO_API_TOKEN: token }],
    /make a new one under Settings › API tokens, put it into TOADO_API_TOKEN and start this server again\./,
  ],
  [
    '.env',
    (apiUrl, token) => {
      const folder = temporaryFolder();
      writeFileSync(join(folder, '.env'), `TOADO_API_URL=${apiUrl}\nTOADO_API_TOKEN=${token}\n`);
      return [{}, { folder }];
    },
    /put it into TOADO_API_TOKEN \(in \.env\) and start this server again\./,
  ],
  [
    'a file',
    (apiUrl, token) => {
      const file = join(temporaryFolder(), 'token');
      writeFileSync(file, token, { mode: 0o600 });
      return [{ TOADO_API_URL: apiUrl, TOADO_API_TOKEN_FILE: file }];
    },
    /put it into \/\S+\/token, which is read again by itself;/,
  ],
  [
    'the sandbox',
    (apiUrl, token) => [{}, { given: { apiUrl, token } }],
    /start this server again with another ready-made token \(--sandbox=<name>\)/,
  ],
])('a token from %s that is revoked: what to do fits where it came from', async (_, origin, says) => {
  const { env } = await startFakeApi(() => refused(401, 'unauthorized'));
  const { text } = startInProcess(...origin(env.TOADO_API_URL!, env.TOADO_API_TOKEN!));
  expect(await text('get_ticket', { ticket_id: TICKET.id })).toMatch(says);
  expect(await text('whoami')).toMatch(says);
});

test('arguments that can’t be meant are told before anything leaves', async () => {
  const { text, sent } = await start(onTicket);
  expect(await text('move_ticket', { ticket_id: TICKET.id })).toMatch(
    /^validation_error \(not_sent\): .*target_column_id/,
  );
  expect(sent()).toEqual([]);
});

test('the server’s own token in what an agent writes is taken out before it leaves, and that is said', async () => {
  const { text, api } = await start(asTicket);
  const body = 'Use tok_fake_for_tests here';
  const said = await text('add_comment', { ticket_id: TICKET.id, body });
  const written = api.requests.find(({ method }) => method === 'POST')!;
  expect(written.body).toEqual({ body: 'Use [redacted token] here' });
  expect(said).toContain('This server’s own token stood in the arguments.');
  expect(said).not.toContain('tok_fake');
  expect(await text('add_comment', { ticket_id: TICKET.id, body: 'Plain' })).not.toContain('own token stood');
});

test('what is fixed is sent, though the caller named nothing', async () => {
  const { text, api } = await start(
    ({ path }) =>
      path === '/companies' || path.startsWith('/projects')
        ? {
            body: path.endsWith('/columns')
              ? [{ id: 'col_9', name: 'Doing' }]
              : [{ id: 'proj_9', name: 'Shop' }],
          }
        : undefined,
    { TOADO_PROJECT: 'proj_9' },
  );
  expect(await text('list_columns')).toContain('Doing');
  expect(api.requests.at(-1)!.path).toBe('/projects/proj_9/columns');
});

test('a refused write says so once; a bug of ours is no answer of Toado’s, and its details are logged', async () => {
  const { text, session, log, sent } = await start(({ method }) =>
    method === 'POST' ? refused(403, 'forbidden') : undefined,
  );
  expect(await text('archive_ticket', { ticket_id: TICKET.id })).toMatch(/^forbidden \(rejected\): /);
  expect(sent()).toEqual([`POST /tickets/${TICKET.id}/archive`]);
  const broken = (effect: 'for' | 'place') => {
    const before = session.client[effect];
    session.client[effect] = () => {
      throw new TypeError('of ours');
    };
    return () => void Object.assign(session.client, { [effect]: before });
  };
  const mend = broken('for');
  expect(await text('get_ticket', { ticket_id: TICKET.id })).toMatch(
    /^internal \(no_answer\): get_ticket failed inside/,
  );
  expect(await text('archive_ticket', { ticket_id: TICKET.id })).toMatch(/^internal \(not_sent\): /);
  mend();
  expect(log.join('\n')).toMatch(/archive_ticket failed unexpectedly: TypeError: of ours/);
});

test('a forbidden call has what the token is limited to looked up again', async () => {
  let asked = 0;
  const { text, session } = await start(({ path }) => {
    if (path !== '/auth/token-info') return refused(403, 'forbidden');
    asked++;
    return { body: { ...TOKEN_INFO, companies: asked > 1 ? ['co_acme'] : null } };
  });
  await session.grant.untilKnown(2_000);
  // As if it was a while ago.
  const now = performance.now.bind(performance);
  performance.now = () => now() + 2_000;
  try {
    expect(await text('get_ticket', { ticket_id: TICKET.id })).toContain(
      'outside of what the token is limited to',
    );
  } finally {
    performance.now = now;
  }
  expect(asked).toBe(2);
});

test('a token that was replaced: the call goes once more under the new one, unless it may have happened', async () => {
  const path = join(temporaryFolder(), 'token');
  writeFileSync(path, 'tok_old_one\n', { mode: 0o600 });
  const bearers: string[] = [];
  let status = 401;
  const api = await startFakeApi(({ path: at, headers }) => {
    if (at === '/auth/token-info') return undefined;
    bearers.push(headers.authorization!);
    return headers.authorization === 'Bearer tok_new_one'
      ? { body: TICKET }
      : refused(status, 'unauthorized');
  });
  const { TOADO_API_TOKEN: _, ...env } = api.env;
  const { call, text, session, log } = startInProcess({ ...env, TOADO_API_TOKEN_FILE: path });
  await session.grant.untilKnown(2_000);
  writeFileSync(path, 'tok_new_one\n');
  expect(await text('archive_ticket', { ticket_id: TICKET.id })).toContain('Dead button');
  expect(bearers).toEqual(['Bearer tok_old_one', 'Bearer tok_new_one']);
  expect(log.join('\n')).toContain('has changed; asking what it may do');
  expect(session.redactor.redact('tok_old_one tok_new_one')).toBe('[redacted token] [redacted token]');
  // The same token again: nothing more leaves.
  bearers.length = 0;
  status = 401;
  writeFileSync(path, 'tok_old_one\n');
  session.token.reread('tok_new_one');
  await session.grant.untilKnown(2_000);
  expect((await call('archive_ticket', { ticket_id: TICKET.id })).isError).toBe(true);
  expect(bearers).toEqual(['Bearer tok_old_one']);
});

test('of a call that is not wanted any more nobody hears how far it is', async () => {
  const ids = Array.from({ length: 150 }, (_, at) => `t-${String(at).padStart(6, '0')}`);
  for (const isWanted of [true, false]) {
    const stop = new AbortController();
    const { session } = await start(({ method, body }) => {
      if (method === 'GET') return undefined;
      if (!isWanted) stop.abort();
      const { ticket_ids } = body as { ticket_ids: string[] };
      return { body: { results: ticket_ids.map((ticket_id) => ({ ticket_id, ok: true })) } };
    });
    await session.grant.untilKnown(2_000);
    const told: number[] = [];
    const tool = tools.find(({ name }) => name === 'bulk_move_tickets')!;
    const life = { signal: stop.signal, leaving: stop.signal, giveUp: () => {} };
    await callTool(session, tool, { ticket_ids: ids, target_column_id: 'col_1' }, life, (done) => {
      told.push(done);
    });
    expect(told).toEqual(isWanted ? [100, 150] : []);
  }
});

test('an addition that was made is remembered as that call’s; one that failed is forgotten', async () => {
  let answer: FakeAnswer = { body: { id: 'cmt_1', ticket_id: TICKET.id, body: 'Hi' } };
  const { call, session } = await start(({ method }) => (method === 'POST' ? answer : undefined));
  const others = () => session.creates.others({ tool: 'add_comment', input: {}, began: 0 }, () => true);
  const say = () => call('add_comment', { ticket_id: TICKET.id, body: 'Hi' });
  await session.grant.untilKnown(2_000);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  atEnd(() => vi.useRealTimers());
  expect((await say()).isError).toBeFalsy();
  expect([session.creates.isTaken('cmt_1'), others()]).toEqual([true, 0]);
  answer = refused(403, 'forbidden');
  expect((await say()).isError).toBe(true);
  expect(others()).toBe(0);
  answer = { status: 502, headers: { 'content-type': 'text/html' }, body: 'gone' };
  expect((await say()).isError).toBe(true);
  expect(others()).toBe(1);
  // Accepted, and nobody knows as which row.
  answer = { status: 202, body: '' };
  await say();
  expect(others()).toBe(2);
  // What left can arrive late, and not for ever.
  vi.advanceTimersByTime(121_000);
  expect(others()).toBe(0);
});

test('what a call asked for is known by ids, whichever name it was called with', async () => {
  const { call, session } = await start(({ method, path }) => {
    if (method === 'POST') return { status: 502, headers: { 'content-type': 'text/html' }, body: 'gone' };
    return path === '/projects' ? { body: [{ id: 'proj_9', name: 'Shop' }] } : undefined;
  });
  await session.grant.untilKnown(2_000);
  await call('create_ticket', { project_id: 'Shop', title: 'New' });
  const isAsked = (input: unknown) => (input as { project_id: string }).project_id === 'proj_9';
  expect(session.creates.others({ tool: 'create_ticket', input: {}, began: 0 }, isAsked)).toBe(1);
});

test('a look that the old token may not take is taken under the new one', async () => {
  const path = join(temporaryFolder(), 'token');
  writeFileSync(path, 'tok_old_two', { mode: 0o600 });
  const looks: string[] = [];
  const api = await startFakeApi(({ method, path: at, headers }) => {
    if (at === '/auth/token-info') return undefined;
    if (method === 'POST') return { status: 502, headers: { 'content-type': 'text/html' }, body: 'gone' };
    looks.push(headers.authorization!);
    writeFileSync(path, 'tok_new_two');
    return headers.authorization === 'Bearer tok_new_two' ? { body: TICKET } : refused(401, 'unauthorized');
  });
  const { TOADO_API_TOKEN: _, ...env } = api.env;
  const { text, session } = startInProcess({ ...env, TOADO_API_TOKEN_FILE: path });
  await session.grant.untilKnown(2_000);
  expect(await text('archive_ticket', { ticket_id: TICKET.id })).toMatch(
    /archived now\. Toado’s answer was lost/,
  );
  expect(looks).toEqual(['Bearer tok_old_two', 'Bearer tok_new_two']);
});

test('what the client cancels is not answered for', async () => {
  const cancel = new AbortController();
  const { call, sent } = await start(({ path }) => {
    if (path !== '/auth/token-info') cancel.abort();
    return onTicket({ path } as FakeRequest);
  });
  const { content, isError } = await call('get_ticket', { ticket_id: TICKET.id }, cancel.signal);
  expect(isError).toBe(true);
  expect(JSON.stringify(content)).toContain('cancelled (no_answer)');
  expect(sent()).toHaveLength(1);
});

test('a bug of ours after a write has left: it may have happened, and another call could have made the row', async () => {
  const { call, session } = await start(({ method, path }) =>
    method === 'POST'
      ? { body: { ...TICKET, id: 't-NewOne', title: 'New' } }
      : path === '/auth/token-info'
        ? undefined
        : { body: [] },
  );
  await session.grant.untilKnown(2_000);
  session.views.pageOf = () => {
    throw new TypeError('of ours');
  };
  const { content } = await call('create_ticket', { project_id: 'proj_1', title: 'New' });
  expect(JSON.stringify(content)).toContain('internal (outcome_unknown): create_ticket failed inside');
  expect(session.creates.others({ tool: 'create_ticket', input: {}, began: 0 }, () => true)).toBe(1);
});
