/** What Toado says beside a list reaches the model with every tool and resource that lists something. */
import type { Client } from '@modelcontextprotocol/client';
import { expect, test } from 'vitest';
import { connectInProcess } from '../support/connect-in-process.ts';
import { shared } from '../support/ending.ts';
import { startChangingApi } from '../support/fake-api.ts';
import { textOf } from '../support/sdk-client.ts';

const T = 't-abc123';
const LISTS: [tool: string, path: RegExp, row: object, given: object, nothing: RegExp][] = [
  ['list_companies', /^\/companies$/, { id: 'co_1', name: 'Acme' }, {}, /No company/],
  ['list_projects', /^\/projects$/, { id: 'proj_1', name: 'Shop' }, {}, /No project/],
  ['list_columns', /columns$/, { id: 'col_1', name: 'To do' }, { project_id: 'proj_1' }, /has no columns/],
  ['list_members', /members$/, { id: 'usr_1', name: 'Mia' }, { project_id: 'proj_1' }, /No member/],
  ['list_tickets', /tickets$/, { id: T, title: 'A' }, { project_id: 'proj_1' }, /No active ticket/],
  ['search_tickets', /search$/, { id: T, title: 'A' }, { query: 'a' }, /No active ticket/],
  ['list_comments', /comments$/, { id: 'cmt_1', body: 'Seen' }, { ticket_id: T }, /No comments yet/],
  ['get_annotations', /annotations$/, { type: 'arrow' }, { ticket_id: T }, /Nothing is drawn/],
];
const MAY_LACK = /says more beside this list, shown with it: it may not be all there is/;

const program = shared(async () => {
  const api = await startChangingApi();
  return { api, ...(await connectInProcess('sdk 2.x modern', { env: api.env, structured: false })) };
});

test.each(LISTS)('%s', async (tool, path, row, given, nothing) => {
  const { api, call } = program();
  const said = async (body: unknown) => {
    api.answer((request) => (path.test(request.path) ? { body } : undefined));
    return textOf(await call(tool, { ...given }));
  };
  for (const rows of [[row], []]) {
    const told = await said({ data: rows, partial: true, warnings: ['proj_2 was not read'] });
    expect(told).toMatch(/^partial: yes$/m);
    expect(told).toContain('proj_2 was not read');
    expect(told).toMatch(MAY_LACK);
    expect(told).not.toMatch(nothing);
  }
  expect(await said({ data: [row], error: { code: 'internal_error', message: 'half of it' } })).toMatch(
    /half of it[\s\S]*says more beside/,
  );
  expect(await said({ data: [], success: true, error: null, partial: false })).toMatch(nothing);
  for (const more of [{ counts: { active: 4 } }, { hidden: 12 }]) {
    const told = await said({ data: [], ...more });
    expect(told).toMatch(/This list is empty; what Toado says beside it is shown with it/);
    expect(told).not.toMatch(nothing);
  }
  const counted = await said({ data: [], total: 5 });
  expect(counted).toMatch(/0 shown; Toado has more/);
  expect(counted).not.toMatch(nothing);
  expect(await said({ data: [row], success: true, error: null, partial: false })).not.toMatch(
    /says more|error|partial/,
  );
});

test('a board and a ticket that are read by their address', async () => {
  const { api, client } = program();
  const bodies: [RegExp, unknown][] = [
    [/columns$/, { data: [{ id: 'col_1', name: 'To do' }], warnings: ['no second column'] }],
    [/\/projects\/proj_1\/tickets$/, { items: [{ id: T, title: 'A', column_id: 'col_1' }], partial: true }],
    [/comments$/, { items: [{ id: 'cmt_1', body: 'Hi' }], errors: [{ message: 'no more comments today' }] }],
    [/^\/tickets\/t-abc123$/, { id: T, title: 'A' }],
  ];
  api.answer(({ path }) => {
    const found = bodies.find(([pattern]) => pattern.test(path));
    return found && { body: found[1] };
  });
  const read = async (uri: string) => {
    const { contents } = await (client as Client).readResource({ uri });
    return (contents[0] as { text: string }).text;
  };
  const board = await read('toado://projects/proj_1/board');
  expect(board).toMatch(/^partial: yes$/m);
  expect(board).toContain('no second column');
  expect(board).toMatch(MAY_LACK);
  const ticket = await read(`toado://tickets/${T}`);
  expect(ticket).toContain('no more comments today');
  expect(ticket).toMatch(MAY_LACK);
});

test('who isn’t in a list that may lack somebody is not said to be nowhere', async () => {
  const { api, call } = program();
  api.answer(({ path }) =>
    path.endsWith('/members')
      ? { body: { data: [{ id: 'usr_1', name: 'Mia' }], errors: [{ message: 'not all' }] } }
      : path === `/tickets/${T}`
        ? { body: { id: T, title: 'A', project_id: 'proj_1' } }
        : undefined,
  );
  expect(textOf(await call('assign_ticket', { ticket_id: T, user_id: 'Zed' }))).toMatch(
    /neither an id nor a name here, among those that could be read/,
  );
});

test('thousands of rows by their ids are paged through', async () => {
  const { api, call } = program();
  const ids = Array.from({ length: 8_000 }, (_, at) => `${20_000 - at}`);
  const body = `{"tickets":{${ids.map((id) => `"${id}":{"title":"A","other":"${'p'.repeat(400)}"}`).join(',')}}}`;
  api.answer(({ path }) => (path.endsWith('/tickets') ? { body } : undefined));
  const first = await call('list_tickets', { project_id: 'proj_1', limit: 3 });
  expect(textOf(first)).toMatch(/20000[\s\S]*19999[\s\S]*19998/);
  const cursor = /next: cursor "(.*)"/.exec(textOf(first))?.[1];
  expect(cursor).toBeDefined();
  expect(textOf(await call('list_tickets', { project_id: 'proj_1', limit: 3, cursor }))).toMatch(/19997/);
});
