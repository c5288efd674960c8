/** What the API explains when it refuses, in whatever form, reaches the agent. */
import { describe, expect, test } from 'vitest';
import { sideBySide } from '../support/ending.ts';
import { type FakeAnswer, startChangingApi, TOKEN_INFO } from '../support/fake-api.ts';
import { textOf } from '../support/sdk-client.ts';
import { connectOnTokenFile } from '../support/token-file.ts';
import { ALL_TOOLS } from '../support/tools-of-scopes.ts';
import { ownSession, sharedSession, TICKET_ID } from './unlike-the-contract.ts';

const session = sharedSession();

describe('what the API explains reaches the agent', () => {
  const forms: [what: string, body: unknown][] = [
    [
      'error envelope',
      { error: { code: 'validation_error', message: 'Nope', details: { title: 'is too long' } } },
    ],
    ['errors by field', { message: 'Nope', errors: { title: ['is too long'] } }],
    ['a list of errors', { message: 'Nope', errors: [{ field: 'title', message: 'is too long' }] }],
    ['flat code', { code: 'validation_error', message: 'Nope', fieldErrors: { title: 'is too long' } }],
    [
      'problem details',
      {
        type: 'https://x.example/problems/validation-error',
        title: 'Nope',
        status: 422,
        detail: 'Nope',
        'invalid-params': [{ name: 'title', reason: 'is too long' }],
      },
    ],
    [
      'JSON:API',
      {
        errors: [
          { title: 'Nope', code: 'invalid', detail: 'is too long', source: { pointer: 'title' } },
          { detail: 'Nope' },
        ],
      },
    ],
    ['plain text', 'Nope\ntitle: is too long'],
  ];
  test.each(forms)('%s', async (_, body) => {
    const headers: Record<string, string> = { 'x-request-id': 'req-4711' };
    if (typeof body === 'string') headers['content-type'] = 'text/plain';
    const { client } = session(({ method }) =>
      method === 'PATCH' ? { status: 422, headers, body } : undefined,
    );
    const text = textOf(await client.call('update_ticket', { ticket_id: TICKET_ID, title: 'x' }));
    const [own, fenced] = text.split('<toado-data-');
    expect(own).toMatch(/^validation_error \(rejected\): /);
    expect(own).toContain('req-4711');
    expect(own).not.toContain('Nope');
    expect(fenced).toContain('title: is too long');
    expect(fenced).toContain('Nope');
  });

  test('codes that we don’t know are named; retry-after may stand in the body', async () => {
    const { client } = await ownSession(({ path }) =>
      path.startsWith('/tickets')
        ? { status: 418, body: { code: 'teapot.short_and_stout', message: 'I am' } }
        : path === '/companies'
          ? { status: 429, body: { title: 'Slow down', meta: { retry_after_seconds: 40 } } }
          : undefined,
    );
    expect(textOf(await client.call('get_ticket', { ticket_id: TICKET_ID }))).toMatch(
      /^refused [^\n]*HTTP 418\)\.\nNext: [^\n]*\nFrom Toado:\n<(\S+)>\ncode: teapot\.short_and_stout\nI am\n<\/\1>$/,
    );
    expect(textOf(await client.call('list_companies'))).toMatch(/^rate_limited .*\nNext: Wait 40 s/);
  });

  const refusals: [what: string, answer: FakeAnswer, says: RegExp][] = [
    ['gone', { status: 410, body: { message: 'Deleted.' } }, /^ticket_not_found [\s\S]*Deleted\./],
    [
      'locked',
      { status: 423, body: { message: 'By Mia.' } },
      /^refused \(rejected\): Toado refused this \(HTTP 423\)\.\nNext: See what it says/,
    ],
    [
      'a plan’s limit',
      { status: 402, body: { error: 'Plan limit.' } },
      /^refused .*HTTP 402[\s\S]*Plan limit\./,
    ],
    ['an older version', { status: 412, body: { message: 'Newer.' } }, /^conflict /],
    ['not there, as a code alone', { status: 400, body: { code: 'NOT_FOUND' } }, /^ticket_not_found /],
    [
      'not there, inside of a success',
      { body: { data: null, errors: [{ message: 'x', extensions: { code: 'NOT_FOUND' } }] } },
      /^ticket_not_found /,
    ],
    [
      'closed for work',
      { status: 503, body: { message: 'Back at noon.' }, headers: { 'retry-after': '3600' } },
      /^internal_error .*not available at the moment[\s\S]*Next: Wait 3600 s/,
    ],
    ['without a word', { status: 418, body: '' }, /^bad_answer .*HTTP 418, without an explanation/],
    ['such a code at 500', { status: 500, body: { code: 'not_found' } }, /^internal_error /],
  ];
  test('other statuses: what Toado says counts, and no network is blamed for it', async () => {
    let answer: FakeAnswer = { body: '' };
    const { client } = await ownSession(({ path }) =>
      path === `/tickets/${TICKET_ID}` ? answer : undefined,
    );
    for (const [what, given, says] of refusals) {
      answer = given;
      const text = textOf(await client.call('get_ticket', { ticket_id: TICKET_ID }));
      expect(text, what).toMatch(says);
      if (what !== 'without a word') expect(text, what).not.toMatch(/doctor|TOADO_API_URL/);
    }
  }, 60_000);

  const budgets: [what: string, answer: FakeAnswer, seconds: RegExp][] = [
    [
      'a point in time',
      {
        status: 429,
        body: {},
        headers: { 'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 990) },
      },
      /9\d\d/,
    ],
    ['seconds', { status: 429, body: {}, headers: { 'ratelimit-reset': '33' } }, /33/],
    [
      '403 with a time to wait',
      { status: 403, body: { message: 'Slow down' }, headers: { 'retry-after': '70' } },
      /70/,
    ],
    ['403 in words', { status: 403, body: { message: 'API rate limit exceeded' } }, /60/],
  ];
  test('a budget that is used up: how long to wait', async () => {
    const api = await startChangingApi();
    const apiUrl = api.env.TOADO_API_URL!;
    // A budget is its token's: with the next one nothing is used up yet.
    const client = await connectOnTokenFile('sdk 2.x modern', { apiUrl, token: 'tok_before_them' });
    for (const [at, [what, answer, seconds]] of budgets.entries()) {
      api.answer(({ path }) => (path === '/companies' ? answer : undefined));
      await client.use(`tok_of_budget_${at}`);
      const text = textOf(await client.call('list_companies'));
      expect(text, what).toMatch(/^rate_limited \(not_sent\)/);
      expect(/Wait (\d+) s/.exec(text)?.[1], what).toMatch(seconds);
    }
  });

  test('insufficient_scope names the scope: the answer’s, else the tool’s', async () => {
    let body: unknown = { error: { code: 'insufficient_scope', details: { required_scope: 'comments' } } };
    let headers: Record<string, string> = {};
    const { client } = await ownSession(({ method }) =>
      method === 'POST' ? { status: 403, headers, body } : undefined,
    );
    const comment = () => client.call('add_comment', { ticket_id: TICKET_ID, body: 'x' });
    expect(textOf(await comment())).toContain('lacks the scope comments');
    body = { message: 'no' };
    headers = { 'www-authenticate': 'Bearer error="insufficient_scope", scope="tickets:write"' };
    expect(textOf(await comment())).toContain('lacks the scope tickets:write');
    headers = {};
    body = { code: 'insufficientScope' };
    expect(textOf(await comment())).toContain('lacks the scope comments');
  });

  test('forbidden names what the token is limited to, by name where it is known', async () => {
    const { client } = await ownSession(
      ({ path }) =>
        path === '/projects'
          ? { body: [{ id: 'proj_1', name: 'Storefront' }] }
          : path.startsWith('/tickets')
            ? { status: path.endsWith('t-gone00') ? 404 : 403, body: { error: 'no' } }
            : undefined,
      { info: { ...TOKEN_INFO, companies: ['co_1'], projects: ['proj_1', 'proj_2'] } },
    );
    await client.call('list_projects');
    const text = textOf(await client.call('get_ticket', { ticket_id: TICKET_ID }));
    expect(text).toMatch(/^forbidden \(rejected\): .*limited to, or its owner’s role/);
    expect(text).toMatch(
      /This token is limited to:\n<toado-data-\w+>\ncompanies: co_1\nprojects: Storefront \(proj_1\), proj_2/,
    );
    expect(text.split('<toado-data')[0]).not.toContain('Storefront');
    expect(textOf(await client.call('get_ticket', { ticket_id: 't-gone00' }))).toMatch(
      /^ticket_not_found .*or it lies outside of what this token is limited to/,
    );
  });

  test('a token without limits: the owner’s role is the reason', async () => {
    const { client } = session(({ path }) =>
      path.startsWith('/tickets') ? { status: 403, body: { code: 'forbidden' } } : undefined,
    );
    expect(textOf(await client.call('get_ticket', { ticket_id: TICKET_ID }))).toMatch(
      /^forbidden \(rejected\): The role of the token’s owner does not allow this/,
    );
  });

  for (const status of [401, 403, 429, 503]) {
    sideBySide(`HTTP ${status} as a page comes from something in between`, async () => {
      let isAway = false;
      const page = { status, headers: { 'content-type': 'text/html' }, body: '<html>Access denied</html>' };
      const { api, client } = await ownSession(() => (isAway ? page : undefined));
      expect(await client.toolNames()).toEqual(ALL_TOOLS);
      isAway = true;
      const text = textOf(await client.call('list_companies'));
      const { host } = new URL(api.url);
      expect(text).toMatch(/^intercepted \((rejected|no_answer)\): Something between here and /);
      expect(text).toContain(host);
      expect(text).toContain(`HTTP ${status}`);
      expect(textOf(await client.call('whoami'))).toMatch(/state: granted/);
      expect(await client.toolNames()).toEqual(ALL_TOOLS);
    });
  }

  test('a start behind such a page: not refused', async () => {
    const { client } = await ownSession(() => ({
      status: 403,
      headers: { 'content-type': 'text/html' },
      body: '<p>no',
    }));
    expect(textOf(await client.call('whoami'))).toMatch(/state: unreachable[\s\S]*intercepted: /);
  });

  test('a read that met a 500 is tried once more, a write never', async () => {
    let failures = 1;
    const { client, sent } = session(({ path, method }) => {
      if (path !== '/companies' && method === 'GET') return undefined;
      return failures-- > 0 ? { status: 500, body: { error: { code: 'internal_error' } } } : { body: [] };
    });
    expect((await client.call('list_companies')).isError).toBeFalsy();
    failures = 9;
    expect((await client.call('list_companies')).isError).toBe(true);
    expect(sent('GET').filter(({ path }) => path === '/companies')).toHaveLength(4);
    await client.call('add_comment', { ticket_id: TICKET_ID, body: 'x' });
    expect(sent('POST')).toHaveLength(1);
  });
});
