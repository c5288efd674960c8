/** Answers that an API, or something in front of it, gets wrong; and lists with nothing in them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { runToEnd } from '../support/command.ts';
import { connectInProcess } from '../support/connect-in-process.ts';
import { shared } from '../support/ending.ts';
import { type FakeAnswer, type FakeRequest, startChangingApi } from '../support/fake-api.ts';
import { textOf } from '../support/sdk-client.ts';
import { temporaryFolder } from '../support/temporary.ts';

const T = 't-abc123';
const TICKET = {
  id: T,
  title: 'The button stays grey',
  project_id: 'proj_1',
  description: 'lorem '.repeat(2_000),
};

async function start(args: string[] = []) {
  const api = await startChangingApi();
  const { call } = await connectInProcess('sdk 2.x modern', { env: api.env, args, structured: false });
  return { api, call };
}

const usual = shared(() => start());

/** @param started another program than the usual one, for other settings. */
function program(answer: (request: FakeRequest) => FakeAnswer | undefined, { api, call } = usual()) {
  api.answer(answer);
  return { api, call, text: async (name: string, given = {}) => textOf(await call(name, given)) };
}

describe('bytes that can’t be unpacked', () => {
  const plain = JSON.stringify(TICKET);
  const bomb = Buffer.alloc(60 * 1024 * 1024, 'a');
  const cases: [what: string, encoding: string, body: Buffer | string, says: RegExp][] = [
    ['a bomb of gzip', 'gzip', gzipSync(bomb), /^bad_answer \(no_answer\): .*larger than 32 MB/],
    ['a bomb of brotli', 'br', brotliCompressSync(bomb), /^bad_answer \(no_answer\): .*larger than 32 MB/],
    ['half of it', 'gzip', gzipSync(plain).subarray(0, 60), /\(no_answer\)/],
    ['half of it, brotli', 'br', brotliCompressSync(plain).subarray(0, 20), /\(no_answer\)/],
    ['not packed at all', 'gzip', plain, /\(no_answer\)/],
    ['another packing than it says', 'br', gzipSync(plain), /\(no_answer\)/],
    ['one that was not asked for', 'deflate', deflateSync(plain), /\(no_answer\)/],
    ['packed twice', 'gzip, gzip', gzipSync(gzipSync(plain)), /\(no_answer\)/],
    ['a packing that nobody knows', 'x-none', plain, /\(no_answer\)/],
    ['an empty body that says it is packed', 'gzip', '', /\(no_answer\)/],
  ];
  test('each is a clear failure of that one call, and the next one is answered', async () => {
    const given = new Map<string, FakeAnswer>();
    const { text, call } = program(({ path }) => given.get(path));
    const tell = async ([what, encoding, body, says]: (typeof cases)[0], at: number) => {
      const ticket_id = `t-pack0${at}`;
      given.set(`/tickets/${ticket_id}`, { headers: { 'content-encoding': encoding }, body });
      const said = await text('get_ticket', { ticket_id });
      expect(said, what).toMatch(says);
      expect(said, what).not.toMatch(/bug of ours|undefined|lorem/);
      given.set(`/tickets/${ticket_id}`, { headers: { 'content-encoding': 'identity' }, body: plain });
      expect((await call('get_ticket', { ticket_id })).isError, what).toBeFalsy();
    };
    await Promise.all(cases.map(tell));
  }, 120_000);
});

test('304 without our having asked is no redirect, and says what it may be', async () => {
  const { text } = program(({ path }) => (path === `/tickets/${T}` ? { status: 304, body: '' } : undefined));
  const said = await text('get_ticket', { ticket_id: T });
  expect(said).toMatch(/^bad_answer \(no_answer\): .*nothing has changed \(HTTP 304\)/);
  expect(said).not.toMatch(/redirect/i);
});

describe('comments that have no list of their own', () => {
  const comments = [{ id: 'cmt_1', body: 'Seen it, too.', created: { user: { id: 'usr_2', name: 'Mia' } } }];
  test.each([
    ['no such route', { status: 404, headers: { 'content-type': 'text/html' }, body: '<p>404</p>' }],
    ['no such route, in JSON', { status: 404, body: { message: 'Not Found' } }],
    ['no such method', { status: 405, body: {} }],
  ] as const)('are read in the ticket: %s', async (_, missing) => {
    const { text } = program(({ path }) => {
      if (path === `/tickets/${T}/comments`) return missing;
      return path === `/tickets/${T}` ? { body: { ...TICKET, comments } } : undefined;
    });
    expect(await text('list_comments', { ticket_id: T })).toContain('Seen it, too.');
  });

  test('a ticket that isn’t there is asked for once', async () => {
    const { text, api } = program(() => undefined);
    expect(await text('list_comments', { ticket_id: T })).toMatch(/^ticket_not_found/);
    expect(api.requests.filter(({ path }) => path !== '/auth/token-info')).toHaveLength(1);
  });
});

describe('nothing to show: what was looked for, and what to try', () => {
  const cases: [tool: string, args: object, says: RegExp][] = [
    [
      'search_tickets',
      { query: 'no such words' },
      /No active ticket has all these words\. Try fewer, or is:archived as well\./,
    ],
    ['search_tickets', { query: 'none is:archived' }, /No ticket has all these words\. Try fewer\./],
    [
      'search_tickets',
      { query: 'assignee:mia login' },
      /Not understood, searched as words: "assignee:mia"; the only operator is is:archived\./,
    ],
    [
      'search_tickets',
      { query: 'is:resolved -label:ui' },
      /Not understood, searched as words: "is:resolved", "-label:ui"/,
    ],
    [
      'list_tickets',
      { project_id: 'proj_1' },
      /No active ticket in this project\. status "all" looks at all of them\./,
    ],
    [
      'list_tickets',
      { project_id: 'proj_1', column_id: 'col_1', query: 'x' },
      /No active ticket in this column with these words\./,
    ],
    [
      'list_tickets',
      { project_id: 'proj_1', status: 'archived' },
      /No archived ticket in this project\. status "all"/,
    ],
    ['list_tickets', { project_id: 'proj_1', status: 'all' }, /No ticket in this project\.$/],
    [
      'list_tickets',
      { project_id: 'proj_1', query: 'status:open' },
      /Not understood, searched as words: "status:open"\./,
    ],
    ['list_comments', { ticket_id: T }, /No comments yet\./],
    ['get_annotations', { ticket_id: T }, /Nothing is drawn on this ticket’s screenshot\./],
    ['list_companies', {}, /No company that this token can see\./],
    ['list_projects', {}, /No project that this token can see\./],
    ['list_columns', { project_id: 'proj_1' }, /This project has no columns\./],
    ['list_members', { project_id: 'proj_1' }, /No member is listed for this project\./],
    ['get_devtools', { ticket_id: T, panel: 'network' }, /no DevTools recording/],
  ];
  test('a sentence each, outside of the fence, and nothing like a row', async () => {
    const { call } = program(({ path }) =>
      path === '/auth/token-info'
        ? undefined
        : path === `/tickets/${T}`
          ? { body: TICKET }
          : { body: path.endsWith('/tickets') || /search|comments/.test(path) ? { items: [] } : [] },
    );
    for (const [tool, args, says] of cases) {
      const result = await call(tool, { ...args });
      const what = `${tool} ${JSON.stringify(args)}: ${textOf(result)}`;
      expect(result.isError, what).toBeFalsy();
      expect(textOf(result), what).toMatch(says);
    }
  });

  test('words with a colon that mean nothing elsewhere are searched without a word about it', async () => {
    const { text } = program(({ path }) =>
      path === '/auth/token-info' ? undefined : { body: { items: [{ id: T, title: 'x' }] } },
    );
    for (const query of ['http://x.example', 'note:this', 'a: b', 'is:archived x'])
      expect(await text('search_tickets', { query })).not.toContain('Not understood');
  });
});

test('a map in use: whoami and doctor say which, and what it changes', async () => {
  const file = join(temporaryFolder(), 'map.json');
  writeFileSync(
    file,
    JSON.stringify({
      routes: { getTicket: { path: '/cards/{ticket_id}' } },
      fields: { ticket: { title: 'headline' } },
    }),
  );
  const { text, api } = program(
    ({ path }) => (path === `/cards/${T}` ? { body: { id: T, headline: 'Mapped' } } : undefined),
    await start(['--api-map', file]),
  );
  expect(await text('get_ticket', { ticket_id: T })).toContain('Mapped');
  const whoami = await text('whoami');
  expect(whoami).toContain(file);
  expect(whoami).toMatch(/getTicket[\s\S]*\/cards\//);
  const doctor = await runToEnd(['doctor', '--api-map', file], { env: api.env });
  expect(doctor.stdout).toMatch(/api map/);
  expect(doctor.stdout.replace(/\s+/g, ' ')).toMatch(/getTicket.*headline/);
});

describe('lists of several pages, walked by what the text says', () => {
  const SIZE = 5;
  const ALL = Array.from({ length: 17 }, (_, at) => ({
    id: `t-page${String(at).padStart(2, '0')}`,
    title: `Number ${at}`,
    project_id: 'proj_1',
    column_id: 'col_1',
    status: 'active',
  }));
  const from = (at: number, size = SIZE) => ALL.slice(at, at + size);
  const number = (query: URLSearchParams, name: string, otherwise: number) =>
    Number(query.get(name) ?? otherwise);
  const address = (query: Record<string, string | number>) =>
    `https://elsewhere.example/t?${new URLSearchParams(query as Record<string, string>)}`;
  const isMore = (at: number) => at + SIZE < ALL.length;
  /** By a cursor that stands for a row, spelled so. */
  const byCursor =
    (name: string, spell: (at: number) => string, page: (rows: unknown[], next?: string) => unknown) =>
    (query: URLSearchParams): FakeAnswer => {
      const given = query.get(name);
      const at = given === null ? 0 : ALL.findIndex((_, one) => spell(one) === given);
      if (at < 0)
        return { status: 400, body: { error: { code: 'invalid_cursor', message: 'no such cursor' } } };
      return { body: page(from(at), isMore(at) ? spell(at + SIZE) : undefined) };
    };
  const contract = (rows: unknown[], cursor?: string) => ({ items: rows, cursor });
  const byPage =
    (name: string, first: number, page: (rows: unknown[], now: number, isLast: boolean) => FakeAnswer) =>
    (query: URLSearchParams): FakeAnswer => {
      const now = number(query, name, first);
      const at = (now - first) * SIZE;
      return page(from(at), now, !isMore(at));
    };

  const STYLES: Record<string, (query: URLSearchParams) => FakeAnswer> = {
    'a cursor': byCursor('cursor', (at) => `c${at}`, contract),
    'cursors that begin like ours': byCursor('cursor', (at) => `n:page=${at}&limit=5000`, contract),
    'cursors that begin like ours, too': byCursor('cursor', (at) => `more.${at}`, contract),
    'cursors of odd characters': byCursor('cursor', (at) => ` ${at} "日本\u200b"|\n&=%\\`, contract),
    'long cursors': byCursor('cursor', (at) => `${'x'.repeat(1_000)}${at}`, contract),
    'cursors that are numbers': (query) => {
      const at = number(query, 'cursor', 0);
      return { body: { data: from(at), next_cursor: isMore(at) ? at + SIZE : 0 } };
    },
    'hasNextPage and endCursor': byCursor(
      'after',
      (at) => `e${at}`,
      (rows, next) => ({
        data: { tickets: { nodes: rows, pageInfo: { hasNextPage: !!next, endCursor: next ?? 'last' } } },
      }),
    ),
    'GraphQL’s edges': byCursor(
      'after',
      (at) => `e${at}`,
      (rows, next) => ({
        edges: rows.map((node) => ({ node, cursor: 'x' })),
        page_info: { has_next_page: !!next, end_cursor: next ?? '' },
      }),
    ),
    'pages from 1': byPage('page', 1, (rows, page) => ({
      body: { data: rows, meta: { page, perPage: SIZE, total: ALL.length } },
    })),
    'pages from 1, and whether there are more': byPage('page', 1, (rows, page, isLast) => ({
      body: { data: rows, meta: { page, per_page: SIZE, has_more: !isLast } },
    })),
    'pages from 0': byPage('page', 0, (rows, number, last) => ({
      body: { content: rows, number, size: SIZE, last, totalPages: 4, totalElements: ALL.length },
    })),
    'pages from 0, under page': byPage('page', 0, (rows, page) => ({
      body: { items: rows, page, page_size: SIZE, total: ALL.length },
    })),
    'pages in headers': byPage('page', 1, (rows, page, isLast) => ({
      headers: { 'x-page': String(page), 'x-next-page': isLast ? '' : String(page + 1), 'x-per-page': '5' },
      body: rows,
    })),
    'a Link header': byPage('page', 1, (rows, page, isLast) => ({
      headers: {
        link: `<${address({ page: 1 })}>; rel="first"${isLast ? '' : `, <${address({ page: page + 1, per_page: 250 })}>; rel="next"`}`,
      },
      body: rows,
    })),
    'JSON:API’s links': byPage('page[number]', 1, (rows, page, isLast) => ({
      body: {
        data: rows,
        links: { next: isLast ? null : address({ 'page[number]': page + 1, 'page[size]': SIZE }) },
      },
    })),
    'an offset': (query) => {
      const offset = number(query, 'offset', 0);
      return { body: { results: from(offset), offset, limit: SIZE, total: ALL.length } };
    },
    SCIM: (query) => {
      const startIndex = number(query, 'startIndex', 1);
      return {
        body: {
          schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
          totalResults: ALL.length,
          startIndex,
          itemsPerPage: SIZE,
          Resources: from(startIndex - 1),
        },
      };
    },
    'Content-Range': (query) => {
      const at = number(query, 'offset', 0);
      const rows = from(at);
      return {
        headers: { 'content-range': `${at}-${at + rows.length - 1}/${ALL.length}` },
        body: rows,
      };
    },
    'OData’s skip': (query) => {
      const at = number(query, '$skip', 0);
      return {
        body: { value: from(at), ...(isMore(at) && { '@odata.nextLink': address({ $skip: at + SIZE }) }) },
      };
    },
    'empty pages in the middle': (query) => {
      const at = number(query, 'cursor', 0);
      const rows = at % 2 === 0 ? from((at / 2) * SIZE) : [];
      return { body: { items: rows, ...(at < 6 && { cursor: String(at + 1) }) } };
    },
    'empty pages in the middle, by number': (query) => {
      const page = number(query, 'page', 1);
      const rows = page % 2 === 1 ? from(((page - 1) / 2) * SIZE) : [];
      return { body: { data: rows, meta: { page, per_page: SIZE, total: 7 * SIZE } } };
    },
  };

  test.each(Object.keys(STYLES))('%s', async (style) => {
    const { text } = program(({ path, query }) =>
      path.endsWith('/tickets') ? STYLES[style]!(query) : undefined,
    );
    const shown: string[] = [];
    let cursor: string | undefined;
    let said = '';
    for (let pages = 0; pages < 12; pages++) {
      said = await text('list_tickets', { project_id: 'proj_1', ...(cursor && { cursor }) });
      shown.push(...(said.match(/t-page\d\d(?= \|)/g) ?? []));
      const field = /^next_cursor: (.*)$/m.exec(said)?.[1];
      cursor = /next: cursor "(.*)"/.exec(said)?.[1] ?? field;
      expect(said).not.toMatch(/^\w+ \((not_sent|rejected|no_answer)\)/);
      if (cursor === undefined) break;
      expect(said).toMatch(/there are more|this page is empty, but the list goes on/);
      expect(said).not.toMatch(/No active ticket/);
    }
    expect(shown).toEqual(ALL.map(({ id }) => id));
    expect(said).not.toMatch(/did not tell whether/);
  });

  test('a cursor with every empty page leads to an end that is said', async () => {
    let given = 0;
    const { text } = program(({ path }) =>
      path.endsWith('/tickets')
        ? { body: { items: given++ < 1 ? ALL : [], cursor: `c${given}` } }
        : undefined,
    );
    let said = '';
    let cursor: string | undefined;
    for (let pages = 0; pages < 30; pages++) {
      said = await text('list_tickets', { project_id: 'proj_1', ...(cursor && { cursor }) });
      cursor = /next: cursor "(.*)"/.exec(said)?.[1];
      if (!cursor) break;
    }
    expect(given).toBe(11);
    expect(said).toMatch(/items: this page and many before it are empty, .* taken as the end of the list\.$/);
    expect(said).not.toMatch(/No active ticket/);
  });

  test('a cursor that somebody made up sends nothing', async () => {
    const { api, text } = program(({ path }) =>
      path.endsWith('/tickets') ? { body: { items: ALL } } : undefined,
    );
    for (const cursor of ['n:page=2&limit=5000', 'n:page=2&status=all', 'g:per_page=99', 'n:', 'c:%zz']) {
      const before = api.requests.length;
      expect(await text('list_tickets', { project_id: 'proj_1', cursor }), cursor).toMatch(
        /^invalid_cursor \(not_sent\)/,
      );
      expect(api.requests.length).toBe(before);
    }
  });
});
