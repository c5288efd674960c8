/** The built program on an API that differs from the contract in ordinary ways. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { rowsOf } from '../support/bulk-results.ts';
import { runToEnd } from '../support/command.ts';
import { shared, sideBySide } from '../support/ending.ts';
import {
  type FakeAnswer,
  type FakeApi,
  type FakeRequest,
  startChangingApi,
  startFakeApi,
  TOKEN_INFO,
} from '../support/fake-api.ts';
import { connect, textOf } from '../support/program.ts';
import { temporaryFolder } from '../support/temporary.ts';

const T = 't-abc123';
const AT = '2026-01-01T00:00:00.000Z';
const BY = {
  user: { id: 'usr_fake', name: 'Fay' },
  token: { id: 'tkn_fake', label: 'fake' },
  via: 'mcp',
  at: AT,
};
const TICKET = {
  id: T,
  title: 'The button stays grey',
  project_id: 'proj_1',
  column_id: 'col_2',
  status: 'archived',
  assignees: [{ id: 'usr_2', name: 'Mia' }],
  branch_name: 't-abc123-the-button',
  created_at: AT,
  updated_at: AT,
  created: BY,
  updated: BY,
};

type Answers = (request: FakeRequest) => FakeAnswer | undefined;

/** What one program talks to, test after test. */
const usual = shared(async () => {
  const api = await startChangingApi();
  return { api, client: await connect('sdk 2.x modern', { env: api.env }) };
});

const sentTo = (api: FakeApi) => (method: string) => api.requests.filter((one) => one.method === method);

function program(answers: Answers) {
  const { api, client } = usual();
  api.answer(answers);
  return { api, client, sent: sentTo(api) };
}

/** One that nothing else was asked of: for other settings, and where what it learns would stay. */
async function ownProgram(answers: Answers, more: { info?: unknown; args?: string[] } = {}) {
  const { info, args } = more;
  const api = await startFakeApi(
    (request) =>
      (request.path === '/auth/token-info' && info !== undefined ? { body: info } : undefined) ??
      answers(request),
  );
  return { api, client: await connect('sdk 2.x modern', { env: api.env, args }), sent: sentTo(api) };
}

const WRITES: [tool: string, args: Record<string, unknown>][] = [
  ['add_comment', { ticket_id: T, body: 'Seen.' }],
  ['create_ticket', { project_id: 'proj_1', title: 'The button stays grey' }],
  ['update_ticket', { ticket_id: T, title: 'The button stays grey' }],
  ['move_ticket', { ticket_id: T, target_column_id: 'col_2' }],
  ['archive_ticket', { ticket_id: T }],
  ['restore_ticket', { ticket_id: T }],
  ['start_work_on_ticket', { ticket_ids: [T] }],
  ['assign_ticket', { ticket_id: T, user_id: 'usr_2' }],
  ['unassign_ticket', { ticket_id: T, user_id: 'usr_2' }],
  ['bulk_move_tickets', { ticket_ids: [T, 't-def456'], target_column_id: 'col_2' }],
  ['bulk_assign_tickets', { ticket_ids: [T, 't-def456'], user_id: 'usr_2' }],
  ['bulk_unassign_tickets', { ticket_ids: [T, 't-def456'], user_id: 'usr_9' }],
];

const SAYS_NOTHING: [what: string, answer: FakeAnswer][] = [
  ['204', { status: 204, body: '' }],
  ['200, empty', { body: '' }],
  ['202', { status: 202, body: '' }],
  ['ok: true', { body: { ok: true } }],
  ['success', { body: { success: true, data: null } }],
  ['an id alone', { status: 201, body: { id: 'cmt_1' } }],
  ['not JSON', { body: 'OK' }],
  ['half of it', { body: '{"id":"t-abc1' }],
];

describe('a 2xx means done', () => {
  test.each(SAYS_NOTHING)(
    '%s: every write is done once, and shown from one look',
    async (what, answer) => {
      const { client, sent } = program(({ method, path }) => {
        if (method !== 'GET') return answer;
        const now = { ...BY, at: new Date().toISOString() };
        const comment = { id: 'cmt_1', ticket_id: T, body: 'Seen.', created: now };
        if (path.endsWith('/comments')) return { body: { items: [comment] } };
        if (path.endsWith('/tickets')) return { body: { items: [TICKET, { ...TICKET, id: 't-def456' }] } };
        if (/^\/tickets\/[^/]+$/.test(path)) return { body: { ...TICKET, id: path.slice(9), created: now } };
        return undefined;
      });
      for (const [tool, args] of WRITES) {
        const before = sent('POST').length + sent('PATCH').length + sent('DELETE').length;
        const result = await client.call(tool, args);
        const text = textOf(result);
        expect(result.isError, `${tool}: ${text}`).toBeFalsy();
        expect(sent('POST').length + sent('PATCH').length + sent('DELETE').length - before, tool).toBe(1);
        expect(text, tool).not.toMatch(/outcome_unknown|call again|again/i);
        expect(text, tool).toContain('Fay (fake) · via MCP');
        if (tool.startsWith('bulk')) expect(text, tool).toContain('2 of 2 done');
        if (what === '202' && !tool.startsWith('bulk') && !['add_comment', 'create_ticket'].includes(tool))
          expect(text, tool).toContain('may take a moment');
      }
    },
    60_000,
  );

  test('where the row can’t be read it says no more than Toado did', async () => {
    const { client, sent } = await ownProgram(({ method, path }) =>
      method === 'GET'
        ? path === '/auth/token-info'
          ? undefined
          : { status: 403, body: { error: { code: 'forbidden' } } }
        : { status: 204, body: '' },
    );
    for (const [tool, args] of WRITES) {
      const result = await client.call(tool, args);
      const text = textOf(result);
      expect(result.isError, `${tool}: ${text}`).toBeFalsy();
      if (tool.startsWith('bulk')) expect(text, tool).toMatch(/0 of 2 done.*not_confirmed/s);
      else expect(text, tool).toContain('Toado accepted it (HTTP 204) and said nothing more.');
      expect(text, tool).not.toMatch(/outcome_unknown|again/);
    }
    expect(sent('POST').length + sent('PATCH').length + sent('DELETE').length).toBe(WRITES.length);
  }, 60_000);

  test('an answer that is larger than anything we read: done all the same, and sent once', async () => {
    const { client, sent } = program(({ method, path }) => {
      if (method === 'POST') return { body: Buffer.alloc(33 * 1024 * 1024, '[') };
      return path === `/tickets/${T}` ? { body: TICKET } : undefined;
    });
    const result = await client.call('archive_ticket', { ticket_id: T });
    expect(result.isError, textOf(result)).toBeFalsy();
    expect(textOf(result)).toContain('Toado accepted it (HTTP 200)');
    expect(sent('POST')).toHaveLength(1);
  });

  const sayAnother: [
    what: string,
    tool: string,
    args: Record<string, unknown>,
    answer: FakeAnswer,
    says: RegExp,
  ][] = [
    [
      'a word for the state of the request',
      'move_ticket',
      { ticket_id: T, target_column_id: 'col_2' },
      { body: { status: 'moved' } },
      /HTTP 200\); this is the ticket now/,
    ],
    [
      'a job',
      'archive_ticket',
      { ticket_id: T },
      { status: 202, body: { job_id: 'j1', status: 'queued' } },
      /HTTP 202\); this is the ticket now\. It may take a moment/,
    ],
    [
      'where it was made',
      'create_ticket',
      { project_id: 'proj_1', title: 'The button stays grey' },
      { status: 201, body: '', headers: { location: '/api/v1/tickets/t-new123' } },
      /id: t-new123[\s\S]*Created\./,
    ],
    [
      'the ticket for its comment',
      'add_comment',
      { ticket_id: T, body: 'Nowhere.' },
      { status: 201, body: TICKET },
      /did not show it/,
    ],
  ];
  test.each(
    sayAnother,
  )('%s: one look, and no other row is taken for it', async (_, tool, args, answer, says) => {
    const { client, sent } = program(({ method, path }) => {
      if (method !== 'GET') return answer;
      if (path.endsWith('/comments')) return { body: { items: [] } };
      return /^\/tickets\/[^/]+$/.test(path) ? { body: { ...TICKET, id: path.slice(9) } } : undefined;
    });
    const text = textOf(await client.call(tool, args));
    expect(text).toMatch(says);
    expect(text).not.toMatch(/^job_id/m);
    if (tool === 'add_comment') expect(text).not.toMatch(/^id:/m);
    else expect(text).not.toContain('again');
    expect(sent('GET').filter(({ path }) => path.startsWith('/tickets/'))).toHaveLength(1);
  });

  test('a body that says otherwise is believed', async () => {
    let answer: FakeAnswer = { body: {} };
    const { client } = program(({ method }) => (method === 'GET' ? undefined : answer));
    for (const body of [
      { ok: false, error: { code: 'conflict', message: 'Clashes.' } },
      { success: false, message: 'Clashes.' },
      { error: 'Clashes.' },
      { errors: [{ message: 'Clashes.' }] },
    ]) {
      answer = { body };
      const result = await client.call('archive_ticket', { ticket_id: T });
      expect(result.isError).toBe(true);
      expect(textOf(result)).toMatch(/^\w+ \(rejected\): .*Clashes\./s);
    }
  });

  test('a web page with 200 is not Toado’s: look, else the outcome is not known; sent once', async () => {
    const { client, sent } = program(({ method }) =>
      method === 'GET'
        ? undefined
        : { headers: { 'content-type': 'text/html' }, body: '<html>Sign in</html>' },
    );
    const result = await client.call('archive_ticket', { ticket_id: T });
    expect(textOf(result)).toMatch(
      /^bad_answer \(outcome_unknown\): .*web page.*\nNext: It may have happened: look with get_ticket/,
    );
    expect(sent('POST')).toHaveLength(1);
  });

  test('a row of a bulk answer that is missing is looked for once', async () => {
    const { client, sent } = await ownProgram(({ method, path }) => {
      if (method === 'POST') return { body: { results: [{ ticket_id: T, ok: true }] } };
      if (path === '/tickets/t-def456') return { body: { ...TICKET, id: 't-def456', column_id: 'col_1' } };
      if (path.endsWith('/tickets')) return { body: { items: [{ ...TICKET, id: 't-ghi789' }] } };
      return undefined;
    });
    const ticket_ids = [T, 't-def456', 't-ghi789'];
    const result = await client.call('bulk_move_tickets', { ticket_ids, target_column_id: 'col_2' });
    expect(rowsOf(result, ticket_ids).map(({ ok, error }) => (ok ? 'done' : error!.code))).toEqual([
      'done',
      'not_confirmed',
      'done',
    ]);
    expect(sent('POST')).toHaveLength(1);
    expect(sent('GET').filter(({ path }) => path !== '/auth/token-info')).toHaveLength(2);
  });
});

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
    const { client } = program(({ method }) =>
      method === 'PATCH' ? { status: 422, headers, body } : undefined,
    );
    const text = textOf(await client.call('update_ticket', { ticket_id: T, title: 'x' }));
    const [own, fenced] = text.split('<toado-data-');
    expect(own).toMatch(/^validation_error \(rejected\): /);
    expect(own).toContain('req-4711');
    expect(own).not.toContain('Nope');
    expect(fenced).toContain('title: is too long');
    expect(fenced).toContain('Nope');
  });

  test('codes that we don’t know are named; retry-after may stand in the body', async () => {
    const { client } = await ownProgram(({ path }) =>
      path.startsWith('/tickets')
        ? { status: 418, body: { code: 'teapot.short_and_stout', message: 'I am' } }
        : path === '/companies'
          ? { status: 429, body: { title: 'Slow down', meta: { retry_after_seconds: 40 } } }
          : undefined,
    );
    expect(textOf(await client.call('get_ticket', { ticket_id: T }))).toContain(
      'Its code is teapot.short_and_stout.',
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
    const { client } = await ownProgram(({ path }) => (path === `/tickets/${T}` ? answer : undefined));
    for (const [what, given, says] of refusals) {
      answer = given;
      const text = textOf(await client.call('get_ticket', { ticket_id: T }));
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
        headers: { 'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 1_000) },
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
  test.each(budgets)('a budget that is used up: %s', async (_, answer, seconds) => {
    const { client } = await ownProgram(({ path }) => (path === '/companies' ? answer : undefined));
    const text = textOf(await client.call('list_companies'));
    expect(text).toMatch(/^rate_limited \(not_sent\)/);
    expect(/Wait (\d+) s/.exec(text)?.[1]).toMatch(seconds);
  });

  test('insufficient_scope names the scope: the answer’s, else the tool’s', async () => {
    let body: unknown = { error: { code: 'insufficient_scope', details: { required_scope: 'comments' } } };
    let headers: Record<string, string> = {};
    const { client } = await ownProgram(({ method }) =>
      method === 'POST' ? { status: 403, headers, body } : undefined,
    );
    const comment = () => client.call('add_comment', { ticket_id: T, body: 'x' });
    expect(textOf(await comment())).toContain('lacks the scope comments');
    body = { message: 'no' };
    headers = { 'www-authenticate': 'Bearer error="insufficient_scope", scope="tickets:write"' };
    expect(textOf(await comment())).toContain('lacks the scope tickets:write');
    headers = {};
    body = { code: 'insufficientScope' };
    expect(textOf(await comment())).toContain('lacks the scope comments');
  });

  test('forbidden names what the token is limited to, by name where it is known', async () => {
    const { client } = await ownProgram(
      ({ path }) =>
        path === '/projects'
          ? { body: [{ id: 'proj_1', name: 'Storefront' }] }
          : path.startsWith('/tickets')
            ? { status: path.endsWith('t-gone00') ? 404 : 403, body: { error: 'no' } }
            : undefined,
      { info: { ...TOKEN_INFO, companies: ['co_1'], projects: ['proj_1', 'proj_2'] } },
    );
    await client.call('list_projects');
    const text = textOf(await client.call('get_ticket', { ticket_id: T }));
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
    const { client } = program(({ path }) =>
      path.startsWith('/tickets') ? { status: 403, body: { code: 'forbidden' } } : undefined,
    );
    expect(textOf(await client.call('get_ticket', { ticket_id: T }))).toMatch(
      /^forbidden \(rejected\): The role of the token’s owner does not allow this/,
    );
  });

  for (const status of [401, 403, 429, 503]) {
    sideBySide(`HTTP ${status} as a page comes from something in between`, async () => {
      let isAway = false;
      const page = { status, headers: { 'content-type': 'text/html' }, body: '<html>Access denied</html>' };
      const { api, client } = await ownProgram(() => (isAway ? page : undefined));
      expect((await client.toolNames()).length).toBe(24);
      isAway = true;
      const text = textOf(await client.call('list_companies'));
      const { host } = new URL(api.url);
      expect(text).toMatch(/^intercepted \((rejected|no_answer)\): Something between here and /);
      expect(text).toContain(host);
      expect(text).toContain(`HTTP ${status}`);
      expect(textOf(await client.call('whoami'))).toMatch(/state: granted/);
      expect((await client.toolNames()).length).toBe(24);
    });
  }

  test('a start behind such a page: not refused', async () => {
    const { client } = await ownProgram(() => ({
      status: 403,
      headers: { 'content-type': 'text/html' },
      body: '<p>no',
    }));
    expect(textOf(await client.call('whoami'))).toMatch(/state: unreachable[\s\S]*intercepted: /);
  });

  test('a read that met a 500 is tried once more, a write never', async () => {
    let failures = 1;
    const { client, sent } = program(({ path, method }) => {
      if (path !== '/companies' && method === 'GET') return undefined;
      return failures-- > 0 ? { status: 500, body: { error: { code: 'internal_error' } } } : { body: [] };
    });
    expect((await client.call('list_companies')).isError).toBeFalsy();
    failures = 9;
    expect((await client.call('list_companies')).isError).toBe(true);
    expect(sent('GET').filter(({ path }) => path === '/companies')).toHaveLength(4);
    await client.call('add_comment', { ticket_id: T, body: 'x' });
    expect(sent('POST')).toHaveLength(1);
  });
});

describe('a cursor whose argument has another name', () => {
  const row = (id: number) => ({ ...TICKET, id: `t-row00${id}` });
  /** Two pages: which of the arguments it takes, and whether it refuses all others. */
  const pages =
    (argument: string, isStrict: boolean, field: string): Answers =>
    ({ path, query }) => {
      if (path !== '/projects/proj_1/tickets') return undefined;
      const other = [...query.keys()].find((name) => name !== argument && name !== 'limit');
      if (isStrict && other) return { status: 400, body: { message: `unknown parameter ${other}` } };
      return query.get(argument) === 'c1'
        ? { body: { tickets: [row(2)] } }
        : { body: { tickets: [row(1)], [field]: 'c1' } };
    };
  const cases: [field: string, argument: string][] = [
    ['nextPageToken', 'pageToken'],
    ['next_page_token', 'page_token'],
    ['next_page_token', 'cursor'],
    ['endCursor', 'after'],
    ['endCursor', 'cursor'],
    ['continuationToken', 'continuationToken'],
  ];
  test('is asked for as the answer names it and as the contract does, where unknown ones are refused, too', async () => {
    let answers: Answers = () => undefined;
    const { client } = await ownProgram((request) => answers(request));
    for (const [field, argument] of cases)
      for (const isStrict of [false, true]) {
        answers = pages(argument, isStrict, field);
        const what = `${field} as ${argument}${isStrict ? ', strict' : ''}`;
        const first = await client.call('list_tickets', { project_id: 'proj_1', limit: 1 });
        const cursor = first.structuredContent!.next_cursor;
        const second = await client.call('list_tickets', { project_id: 'proj_1', limit: 1, cursor });
        expect(textOf(second), what).toContain('t-row002');
        expect(second.structuredContent!.next_cursor, what).toBeUndefined();
        // The list has ended: nobody has to wonder.
        expect(textOf(second), what).not.toMatch(/did not say/);
      }
  }, 60_000);

  test('one that nothing tells: said, with the way out, and not read for ever', async () => {
    const { client, sent } = await ownProgram(pages('nobody_knows', false, 'nextPageToken'));
    const { structuredContent } = await client.call('list_tickets', { project_id: 'proj_1' });
    const { next_cursor: cursor } = structuredContent!;
    const again = await client.call('list_tickets', { project_id: 'proj_1', cursor });
    expect(textOf(again)).toMatch(/^bad_answer .*same page again[\s\S]*--api-map/);
    const whole = await ownProgram(({ path }) =>
      path === '/companies'
        ? { body: { companies: [{ id: 'co_1', name: 'A' }], next_token: 'c1' } }
        : undefined,
    );
    expect(textOf(await whole.client.call('list_companies'))).toMatch(/^bad_answer .*same page again/);
    expect(sent('GET').length + whole.sent('GET').length).toBeLessThan(10);
  }, 60_000);
});

describe('whatever ids Toado gives are taken back', () => {
  test('numbers, beyond 2^53 too', async () => {
    const big = '12345678901234567890';
    const { api, client } = await ownProgram(({ path }) => {
      if (path === '/projects') return { body: '{"data":[{"id":7,"name":"Storefront"}]}' };
      if (path === '/projects/7/tickets')
        return { body: `{"data":[{"id":${big},"title":"A"}],"meta":{"total":1}}` };
      if (path === '/projects/7/columns') return { body: [{ id: 3, title: 'Done', position: '2' }] };
      if (path.startsWith(`/tickets/${big}`))
        return { body: `{"data":{"id":${big},"title":"A","column":{"id":3,"name":"Done"}}}` };
      return undefined;
    });
    expect(textOf(await client.call('list_tickets', { project_id: '7' }))).toContain(big);
    expect(textOf(await client.call('list_tickets', { project_id: 'storefront' }))).toContain(big);
    expect(textOf(await client.call('get_ticket', { ticket_id: big }))).toContain(big);
    expect(textOf(await client.call('list_columns', { project_id: '7' }))).toMatch(/3.*Done|Done.*3/);
    expect((await client.call('move_ticket', { ticket_id: big, target_column_id: '3' })).isError).toBeFalsy();
    expect(api.requests.at(-1)).toMatchObject({ body: { target_column_id: '3' } });
  });
});

describe('bytes', () => {
  const ticket = JSON.stringify({ ...TICKET, description: 'lorem ipsum '.repeat(5_000) });
  test.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ] as const)('%s is asked for and unpacked', async (encoding, pack) => {
    const { client } = program(({ path }) =>
      path.startsWith('/tickets')
        ? { headers: { 'content-encoding': encoding }, body: pack(ticket) }
        : undefined,
    );
    expect(textOf(await client.call('get_ticket', { ticket_id: T }))).toContain('lorem ipsum');
  });

  test('a bomb ends in the usual error, and damage in one of its own', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, 'a'));
    let body = bomb;
    const { client } = program(({ path }) =>
      path.startsWith('/tickets') ? { headers: { 'content-encoding': 'gzip' }, body } : undefined,
    );
    expect(textOf(await client.call('get_ticket', { ticket_id: T }))).toMatch(
      /^bad_answer .*larger than 32 MB/,
    );
    body = gzipSync(ticket).subarray(0, 40);
    expect((await client.call('get_ticket', { ticket_id: T })).isError).toBe(true);
    body = gzipSync(ticket);
    expect((await client.call('get_ticket', { ticket_id: T })).isError).toBeFalsy();
  }, 60_000);
});

describe('--api-map', () => {
  const mapFile = (map: unknown) => {
    const file = join(temporaryFolder(), 'map.json');
    writeFileSync(file, typeof map === 'string' ? map : JSON.stringify(map));
    return file;
  };

  test('other routes and field names; whoami says so', async () => {
    const file = mapFile({
      routes: {
        archiveTicket: { method: 'PATCH', path: '/cards/{ticket_id}', add: { body: { state: 'archived' } } },
        getTicket: { path: '/cards/{ticket_id}' },
      },
      fields: { ticket: { title: 'headline' } },
    });
    const { api, client } = await ownProgram(
      ({ path, method }) =>
        path === `/cards/${T}`
          ? { body: { id: T, headline: 'Mapped', status: method === 'PATCH' ? 'archived' : 'active' } }
          : undefined,
      { args: ['--api-map', file] },
    );
    expect(textOf(await client.call('get_ticket', { ticket_id: T }))).toContain('Mapped');
    expect((await client.call('archive_ticket', { ticket_id: T })).isError).toBeFalsy();
    expect(api.requests.at(-1)).toMatchObject({
      method: 'PATCH',
      path: `/cards/${T}`,
      body: { state: 'archived' },
    });
    expect(textOf(await client.call('whoami'))).toMatch(
      /api_map:[\s\S]*archiveTicket: PATCH \/cards\/\{ticket_id\}/,
    );
  });

  test('a map that can’t be used is a settings error', async () => {
    const { code, stderr } = await runToEnd([], {
      env: {
        TOADO_API_TOKEN: 'tok_fake_for_tests',
        TOADO_API_MAP: mapFile({ routes: { archiveTickets: {} } }),
      },
    });
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/--api-map.*no route "archiveTickets"\. Did you mean archiveTicket\?\n$/);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test('never from a .env', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, '.env'), 'TOADO_API_MAP=map.json\n');
    const { code, stderr } = await runToEnd([], { cwd, env: { TOADO_API_TOKEN: 'tok_fake_for_tests' } });
    expect(code).not.toBe(0);
    expect(stderr).toContain("TOADO_API_MAP can't be set in .env");
  });
});
