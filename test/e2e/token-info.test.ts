/** Token infos that say two things, or nothing usable: no more is offered than each of them allows. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startRawInProcess } from '../support/connect-in-process.ts';
import { type FakeAnswer, startFakeApi, TOKEN_INFO } from '../support/fake-api.ts';
import { textOf } from '../support/sdk-client.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { ALL_TOOLS, READ_TOOLS } from '../support/tools-of-scopes.ts';

const { scopes: ALL, ...INFO } = TOKEN_INFO;
const [READ, EVERY] = [READ_TOOLS.length, ALL_TOOLS.length];

const DOUBLE: [name: string, info: unknown, tools: number][] = [
  ['two names', { ...INFO, scopes: ['read'], scope: 'read tickets:write' }, READ],
  ['two names, the other way round', { ...INFO, scopes: ALL, scope: 'read' }, READ],
  ['around an envelope', { scopes: ['read'], token: { ...INFO, scopes: ALL } }, READ],
  ['inside an envelope', { ok: true, scopes: ALL, data: { token: { ...INFO, scopes: ['mcp.read'] } } }, READ],
  ['two envelopes', { data: { ...INFO, scopes: ['read'] }, token: { ...INFO, scopes: ALL } }, READ],
  ['one that is empty', { scopes: [], token: { ...INFO, scopes: ALL } }, 1],
  ['permissions', { ...INFO, scopes: ALL, permissions: ['read', 'comments'] }, READ + 1],
  [
    'lists that share only what they include',
    { ...INFO, scopes: ['comments'], scope: 'tickets:assign' },
    READ,
  ],
  [
    'the same in two spellings',
    { ...INFO, scopes: ALL, scope: 'mcp.tickets.write mcp.tickets.assign' },
    EVERY,
  ],
  ['permissions of another kind', { ...INFO, scopes: ALL, permissions: ['billing', 'sso'] }, EVERY],
  ['a person’s own', { ...INFO, scopes: ALL, user: { ...INFO.user, permissions: ['read'] } }, EVERY],
];

/** One program, which asks what its token may do each time that the token's file is another one. */
async function scene() {
  let answer: FakeAnswer = { status: 403, body: { error: { code: 'forbidden', message: 'x' } } };
  const api = await startFakeApi(({ path }) => (path === '/auth/token-info' ? answer : undefined));
  const file = join(temporaryFolder(), 'token');
  let tokens = 0;
  const ask = (given: FakeAnswer) => {
    answer = given;
    writeFileSync(file, `tok_number_${++tokens}`);
  };
  ask(answer);
  const client = await startRawInProcess({
    env: { TOADO_API_URL: api.env.TOADO_API_URL!, TOADO_API_TOKEN_FILE: file },
  });
  return { client, ask };
}

test('of two lists of scopes, what both grant', { timeout: 60_000 }, async () => {
  const { client, ask } = await scene();
  for (const [name, body, tools] of DOUBLE) {
    ask({ body });
    const said = await client.call('whoami');
    expect(said.isError, name).toBeFalsy();
    const { result } = await client.request('tools/list');
    expect((result!.tools as unknown[]).length, name).toBe(tools);
  }
});

test('whoami sends nobody to whoami', { timeout: 60_000 }, async () => {
  const { client, ask } = await scene();
  for (const [status, code] of [
    [403, 'forbidden'],
    [403, 'insufficient_scope'],
    [404, 'ticket_not_found'],
    [404, 'not_found'],
    [401, 'unauthorized'],
    [200, ''],
  ] as const) {
    ask({ status, body: { error: { code, message: 'x' } } });
    const said = textOf(await client.call('whoami'));
    expect(said, `${status} ${code}`).toContain('Next: ');
    expect(said, `${status} ${code}`).not.toMatch(/call whoami|with (search|list)_/i);
  }
});

test('a wait of millions of years is none', { timeout: 60_000 }, async () => {
  let headers: Record<string, string> = {};
  const api = await startFakeApi(({ path }) =>
    path === '/companies' ? { status: 429, headers, body: { error: { code: 'rate_limited' } } } : undefined,
  );
  for (const wait of [`1${'0'.repeat(30)}`, 'Fri, 31 Dec 9999 23:59:59 GMT', '9999999']) {
    headers = { 'retry-after': wait };
    const client = await startRawInProcess({ env: api.env });
    const result = await client.call('list_companies');
    expect(textOf(result), wait).toMatch(/Wait \d{1,3} s/);
    expect(result._meta!['toado/error'], wait).toMatchObject({ code: 'rate_limited', outcome: 'not_sent' });
  }
});
