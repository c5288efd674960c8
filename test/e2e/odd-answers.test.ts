/** Answers that an API, or something in front of it, gets wrong; and lists with nothing in them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { runToEnd } from '../support/command.ts';
import { shared } from '../support/ending.ts';
import { type FakeAnswer, type FakeRequest, startChangingApi } from '../support/fake-api.ts';
import { connect, textOf } from '../support/program.ts';
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
  const { call } = await connect('sdk 2.x modern', { env: api.env, args, structured: false });
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
