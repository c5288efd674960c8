/** Forgiving about form, strict about meaning: what models send when they mean well. */
import { expect, test } from 'vitest';
import { connectInProcess } from '../support/connect-in-process.ts';
import { shared } from '../support/ending.ts';
import { type CallResult, textOf } from '../support/sdk-client.ts';
import { startToado } from '../support/toado.ts';

const BUG = 't-Inj3ct';
const OTHER = 't-3dGhZa';

type Row = Record<string, unknown>;
const data = ({ structuredContent }: CallResult) => structuredContent as Row;

const scene = shared(async () => {
  const toado = await startToado();
  return { toado, ...(await connectInProcess('sdk 2.x modern', { env: toado.env() })) };
});

test('columns, projects, companies and people by name, whatever the case and the spaces', async () => {
  const { call, toado } = scene();
  const listed = await call('list_tickets', { project_id: ' STOREFRONT ', column_id: 'in  review' });
  const items = data(listed).items as Row[];
  expect(items.length).toBeGreaterThan(0);
  expect(new Set(items.map(({ column_id }) => column_id))).toEqual(new Set(['col_store_review']));
  const projects = await call('list_projects', { company_id: 'acme studio' });
  expect((data(projects).projects as Row[]).map(({ id }) => id)).toEqual(['proj_storefront', 'proj_console']);
  expect(data(await call('move_ticket', { ticket_id: BUG, target_column_id: 'in progress' }))).toMatchObject({
    column_id: 'col_store_progress',
  });
  expect(data(await call('assign_ticket', { ticket_id: BUG, user_id: '山田 葵' }))).toMatchObject({
    assignees: [{ id: 'usr_aoi' }],
  });
  const moved = await call('bulk_move_tickets', { ticket_ids: [BUG, OTHER], target_column_id: 'To Do' });
  expect((data(moved).results as Row[]).every(({ ok }) => ok)).toBe(true);
  const { body } = await toado.request('GET', `/tickets/${BUG}?include=capture`);
  expect(body).toMatchObject({ column_id: 'col_store_new', assignees: [{ id: 'usr_aoi' }] });
});

test('people by me, a first name, an e-mail address; columns as models write them', async () => {
  const { call, toado } = scene();
  const { body: members } = await toado.request('GET', '/projects/proj_storefront/members');
  const lena = (members as { id: string; name: string; email: string }[]).find(
    ({ id }) => id === 'usr_lena',
  )!;
  const first = lena.name.split(' ')[0]!;
  for (const [written, id] of [
    ['me', 'usr_jason'],
    ['@me', 'usr_jason'],
    [first, 'usr_lena'],
    [first.toUpperCase(), 'usr_lena'],
    [`@${first}`, 'usr_lena'],
    [lena.email, 'usr_lena'],
    [`"${lena.name}"`, 'usr_lena'],
    ['`usr_lena`', 'usr_lena'],
  ]) {
    const assigned = await call('assign_ticket', { ticket_id: BUG, user_id: written });
    expect(textOf(assigned), written).toContain(id);
    await call('unassign_ticket', { ticket_id: BUG, user_id: id });
  }
  for (const [written, id] of [
    ['in_progress', 'col_store_progress'],
    ['todo', 'col_store_new'],
    ['In-Review', 'col_store_review'],
    ['IN PROGRESS', 'col_store_progress'],
    ['[To Do](https://app.toado.dev/columns/col_store_new)', 'col_store_new'],
  ]) {
    const moved = await call('move_ticket', { ticket_id: BUG, target_column_id: written });
    expect(data(moved), written).toMatchObject({ column_id: id });
  }
});

test('what fits nothing, or several, answers with what there is; near ones first, and said to be so', async () => {
  const { call, toado } = scene();
  const cases: [string, Row, RegExp][] = [
    [
      'list_tickets',
      { project_id: 'Storefrunt' },
      /project_id: "Storefrunt"[\s\S]*\nclosest: Storefront \(proj_storefront\)/,
    ],
    [
      'list_tickets',
      { project_id: 'storefront', column_id: 'Review' },
      /\nclosest: In Review \(col_store_review\)\n.* \(col_store_/,
    ],
    ['move_ticket', { ticket_id: BUG, target_column_id: 'Doing' }, /What there is:\n<.*>\n.* \(col_store_/],
    ['move_ticket', { ticket_id: BUG, target_column_id: 'Inbox' }, /What there is:\n<.*>\n.* \(col_store_/],
    [
      'assign_ticket',
      { ticket_id: BUG, user_id: 'Lena Hofmann' },
      /What there is.*:\n<.*>\nclosest: Lena Hoffmann \(usr_lena\)/,
    ],
    ['assign_ticket', { ticket_id: BUG, user_id: 'Bob' }, /What there is.*:\n<.*>\n.* \(usr_/],
    ['list_projects', { company_id: 'Akme' }, /\nclosest: Acme Studio \(co_acme\)/],
  ];
  for (const [tool, args, says] of cases) {
    const result = await call(tool, args);
    expect(result.isError, tool).toBe(true);
    expect(textOf(result)).toMatch(/^validation_error \(not_sent\): /);
    expect(textOf(result)).toMatch(says);
    // Names that people gave stand inside the fence.
    const [own] = textOf(result).split('<toado-data-');
    expect(own).not.toMatch(/Storefront|In Review|Hoffmann|Acme/);
  }
  const { column_id } = data(await call('get_ticket', { ticket_id: BUG }));
  expect(column_id).toBe('col_store_new');

  const strict = await connectInProcess('sdk 2.x modern', {
    env: toado.env(),
    args: ['--exclude', 'list_members,list_projects'],
  });
  for (const [tool, args] of [
    ['assign_ticket', { ticket_id: BUG, user_id: 'Lena Hofmann' }],
    ['list_tickets', { project_id: 'Storefrunt' }],
  ] as const)
    expect(await strict.text(tool, args), 'what only an excluded tool lists').not.toMatch(
      /usr_|proj_|Hoffmann|list_/,
    );
});

test('JSON in strings, numbers in quotes, one thing where a list is asked, commas', async () => {
  const { call } = scene();
  for (const include of [
    '["attachments","annotations"]',
    'attachments, annotations',
    ['attachments', 'annotations'],
  ])
    expect(data(await call('get_ticket', { ticket_id: BUG, include })).annotations).toHaveLength(2);
  expect(data(await call('get_ticket', { ticket_id: `"${BUG}"` })).id).toBe(BUG);
  const page = await call('list_tickets', {
    project_id: 'storefront',
    limit: '2',
    status: null,
    cursor: null,
  });
  expect(data(page).items).toHaveLength(2);
  const failed = await call('get_devtools', {
    ticket_id: BUG,
    panel: 'network',
    min_status: '400',
    bodies: 'true',
  });
  expect((data(failed).items as Row[])[0]).toHaveProperty('response_body');
  for (const ticket_ids of [`["${BUG}","${OTHER}"]`, `${BUG},${OTHER}`]) {
    const moved = await call('bulk_move_tickets', { ticket_ids, target_column_id: 'In Progress' });
    expect(data(moved).results).toEqual([{ ok: true, tickets: 2, ticket_ids: [BUG, OTHER] }]);
  }
});

test('a ticket page’s address works wherever a ticket is asked for', async () => {
  const { call } = scene();
  const url = `https://app.toado.dev/tickets/${BUG}`;
  expect(data(await call('get_ticket', { ticket_id: url })).id).toBe(BUG);
  const moved = await call('bulk_move_tickets', { ticket_ids: [url, BUG], target_column_id: 'In Progress' });
  expect(data(moved).results).toEqual([{ ok: true, tickets: 1, ticket_ids: [BUG] }]);
});
