/** The token's file is given another token while the server runs: nothing of the old one serves the new, both stay secret. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startRawInProcess } from '../support/connect-in-process.ts';
import { type FakeAnswer, type FakeRequest, startFakeApi, TOKEN_INFO } from '../support/fake-api.ts';
import { errorOf, startRaw } from '../support/raw-client.ts';
import { textOf } from '../support/sdk-client.ts';
import { leaksOf } from '../support/secrets.ts';
import { temporaryFolder } from '../support/temporary.ts';

const TOKENS = ['tok_first_of_them', 'tok_second_of_all', 'tok_third_and_last', 'tok_fourth_for_once'];
const [OLD, NEW] = TOKENS as [string, string];

const bearer = ({ headers }: FakeRequest) => (headers.authorization ?? '').replace('Bearer ', '');
const refusal: FakeAnswer = { status: 401, body: { error: { code: 'unauthorized', message: 'Revoked.' } } };

/** @param answer of everything but the token info, which carries the token's number as its label. */
async function scene(
  answer: (request: FakeRequest, token: string) => FakeAnswer | undefined,
  start: typeof startRawInProcess = startRawInProcess,
) {
  const file = join(temporaryFolder(), 'token');
  writeFileSync(file, OLD);
  const api = await startFakeApi((request) => {
    const token = bearer(request);
    const given = answer(request, token);
    if (given || request.path !== '/auth/token-info') return given;
    return { body: { ...TOKEN_INFO, label: `label ${TOKENS.indexOf(token)}` } };
  });
  const client = await start({
    args: ['--log-level', 'debug'],
    env: { TOADO_API_URL: `${api.url}/api/v1`, TOADO_API_TOKEN_FILE: file },
  });
  await client.request('tools/list');
  return { api, client, rotate: (token: string) => writeFileSync(file, token) };
}

describe('the file is read again', () => {
  // Several times, because the file is also looked at once a second: by chance once, but not each time.
  test('by whoami, in that very answer', async () => {
    const { client, rotate } = await scene(() => undefined);
    for (const token of [...TOKENS.slice(1), OLD]) {
      rotate(token);
      expect(textOf(await client.call('whoami'))).toContain(`label ${TOKENS.indexOf(token)}`);
    }
  });

  test('after a 401: what goes out next carries the new token', async () => {
    let good = OLD;
    const refused: number[] = [];
    const { api, client, rotate } = await scene((request, token) => {
      if (token !== good) {
        refused.push(api.requests.length);
        return refusal;
      }
      return request.path === '/companies' ? { body: [] } : undefined;
    });
    for (const token of TOKENS.slice(1)) {
      good = token;
      rotate(token);
      await client.call('list_companies');
      await expect.poll(async () => (await client.call('list_companies')).isError ?? false).toBe(false);
    }
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.map((at) => TOKENS.indexOf(bearer(api.requests[at]!)))).not.toContain(TOKENS.indexOf(OLD));
    expect(refused.length).toBeLessThanOrEqual(TOKENS.length - 1);
  });
});

describe('nothing of the old token serves the new one', () => {
  test('no answer that was kept under it', async () => {
    const { api, client, rotate } = await scene(({ path, headers }, token) => {
      if (path !== '/companies') return undefined;
      if (headers['if-none-match']) return { status: 304, headers: { etag: '"one"' }, body: '' };
      const name = token === OLD ? 'Of the old one' : 'Of the new one';
      return { headers: { etag: '"one"' }, body: [{ id: 'co_acme', name, role: 'owner' }] };
    });
    const reads = () => api.requests.filter(({ path }) => path === '/companies');
    await client.call('list_companies');
    expect(textOf(await client.call('list_companies'))).toContain('Of the old one');
    expect(reads().at(-1)!.headers['if-none-match'], 'kept under the old token').toBe('"one"');
    rotate(NEW);
    await client.call('whoami');
    expect(textOf(await client.call('list_companies'))).toContain('Of the new one');
    expect(reads().at(-1)!.headers['if-none-match']).toBeUndefined();
  });

  test.each<[string, FakeAnswer]>([
    [
      'announced as used up',
      {
        headers: { 'ratelimit-limit': '600', 'ratelimit-remaining': '0', 'ratelimit-reset': '50' },
        body: [],
      },
    ],
    [
      'refused with 429',
      {
        status: 429,
        headers: { 'retry-after': '120' },
        body: { error: { code: 'rate_limited', message: 'Slow down.' } },
      },
    ],
  ])('no budget: %s', async (_, spent) => {
    const { client, rotate } = await scene(({ path }, token) =>
      path === '/companies' ? (token === OLD ? spent : { body: [] }) : undefined,
    );
    await client.call('list_companies');
    expect(errorOf(await client.call('list_companies'))).toMatchObject({ code: 'rate_limited' });
    rotate(NEW);
    await expect.poll(async () => errorOf(await client.call('list_companies'))).toBeUndefined();
  });
});

test('both tokens appear nowhere in what the built program says, wherever the API says them', async () => {
  const both = `${OLD} and ${NEW}`;
  const answer = ({ path, method }: FakeRequest, token: string): FakeAnswer => {
    if (path === '/auth/token-info') return { body: { ...TOKEN_INFO, label: `of ${token}` } };
    if (path === '/companies')
      return { body: [{ id: 'co_acme', name: `Acme ${both}`, role: 'owner', [`key ${both}`]: 'x' }] };
    if (path === '/projects')
      return { status: 400, body: { error: { code: 'validation_error', message: `Not ${both}.` } } };
    if (method === 'POST') return { status: 500, body: `<h1>${both}</h1>` };
    return { body: { id: 't-7Kq2Mx', title: both, description: `${both}\n`.repeat(400) } };
  };
  const { client, rotate } = await scene(answer, startRaw);
  const say = async () => {
    await client.call('whoami');
    for (const [tool, args] of [
      ['list_companies', {}],
      ['list_projects', {}],
      ['get_ticket', { ticket_id: 't-7Kq2Mx' }],
      ['archive_ticket', { ticket_id: 't-7Kq2Mx' }],
    ] as const)
      await client.call(tool, args);
    await client.request('prompts/get', { name: 'fix-ticket', arguments: { ticket_id: 't-7Kq2Mx' } });
    await client.request('resources/read', { uri: 'toado://tickets/t-7Kq2Mx' });
  };
  rotate(NEW);
  await say();
  rotate(TOKENS[2]!);
  await say();
  const output = client.stdout().toString('utf8');
  expect(output).toContain('[redacted token]');
  for (const token of TOKENS.slice(0, 3)) {
    expect(leaksOf(token, output)).toEqual([]);
    expect(leaksOf(token, client.stderr())).toEqual([]);
  }
});
