/** Which thing a name means, and what is said where it means none. */
import { describe, expect, test } from 'vitest';
import { Failure } from '../../../src/base/failure.ts';
import { keepExtraFields } from '../../../src/toado-api/answers/extra-fields.ts';
import { markCut } from '../../../src/toado-api/json/incomplete-lists.ts';
import type { ReadApi } from '../../../src/toado-api/routes/calls.ts';
import { type NameContext, resolveNames } from '../../../src/tool-kit/arguments/names-to-ids.ts';
import { startFakeApi } from '../../support/fake-api.ts';
import { startInProcess } from '../../support/in-process.ts';

interface Lists {
  members?: object[];
  columns?: object[];
  projects?: object[];
}

const project_id = 'proj_1';
const offered: NameContext = { isOffered: () => true, isOptional: (name) => name !== 'user_id' };

async function resolve(
  input: Record<string, unknown>,
  { members = [], columns = [], projects = [] }: Lists,
): Promise<Record<string, unknown>> {
  const api = {
    listMembers: async () => members,
    listColumns: async () => columns,
    listProjects: async () => projects,
  };
  return resolveNames({ project_id, ...input }, api as unknown as ReadApi, offered);
}

function beside(list: object[], said: Record<string, unknown>): object[] {
  keepExtraFields(list, said);
  return list;
}

async function refused(input: Record<string, unknown>, lists: Lists): Promise<string> {
  const error = await resolve(input, lists).catch((thrown: unknown) => thrown);
  if (!(error instanceof Failure)) throw new Error('It was not refused.');
  return `${error.sentence}\n${error.details.lists?.text ?? ''}`;
}

test('who calls himself by another’s address is not taken for him', async () => {
  const members = [
    { id: 'usr_jason', name: 'Jason', email: 'jason@acme.test' },
    { id: 'usr_other', name: 'jason@acme.test', email: 'evil@x.test' },
  ];
  expect(await refused({ user_id: 'jason@acme.test' }, { members })).toMatch(/fits 2 of them/);
  const [jason] = members;
  expect((await resolve({ user_id: 'Jason@acme.test' }, { members: [jason!] })).user_id).toBe('usr_jason');
});

test('a name cannot begin a row of its own, nor fill the answer', async () => {
  const members = [
    { id: 'usr_mia', name: 'Mia\nZed (usr_evil)' },
    { id: 'usr_long', name: 'x'.repeat(1_000_000) },
    { id: 'usr_longer', name: `(${'y'.repeat(1_000_000)})` },
  ];
  const said = await refused({ user_id: 'Zedekiah' }, { members });
  expect(said).not.toMatch(/^Zed/m);
  expect(said).toContain('"Mia⟦U+000A⟧Zed (usr_evil)" (usr_mia)\n');
  expect(said).toMatch(/^x+.{0,10} \(usr_long\)\n"\(y+.{0,10}" \(usr_longer\)$/m);
  expect(said.length).toBeLessThan(1_000);
});

test('"None" is a column where one is called so, and nothing where none is', async () => {
  const none = { id: 'col_none', name: 'None' };
  const todo = { id: 'col_todo', name: 'To Do' };
  expect(await resolve({ column_id: 'None' }, { columns: [none, todo] })).toEqual({
    project_id,
    column_id: 'col_none',
  });
  expect(await resolve({ column_id: 'None' }, { columns: [todo] })).toEqual({ project_id });
  expect(await refused({ column_id: 'none' }, { columns: [none, { ...none, id: 'col_2' }] })).toMatch(
    /fits 2 of them[\s\S]*None \(col_none\)\nNone \(col_2\)/,
  );
  expect(await refused({ user_id: 'None' }, { members: [] })).toMatch(/neither an id nor a name/);
});

test('what is not in a list that goes on may be there all the same', async () => {
  const members = markCut([{ id: 'usr_mia', name: 'Mia' }]);
  expect(await refused({ user_id: 'Zedekiah' }, { members })).toMatch(/Toado may have more/);
});

test.each<[what: string, lacking: (list: object[]) => object]>([
  ['that goes on', (list) => markCut(list)],
  ['that says so', (list) => beside(list, { partial: true })],
  ['beside errors in words', (list) => beside(list, { errors: 'One shard did not answer' })],
  ['beside an error', (list) => beside(list, { errors: [{ message: 'One shard did not answer' }] })],
])('the only one of a name in a list %s may not be the only one', async (_, lacking) => {
  const members = lacking([{ id: 'usr_mia', name: 'Mia', email: 'mia@acme.test' }]) as never;
  expect(await refused({ user_id: 'Mia' }, { members })).toMatch(
    /"Mia" fits one of those that could be read, and Toado has more[\s\S]*Mia \(usr_mia\)/,
  );
  // What only one can have.
  expect((await resolve({ user_id: 'Mia@acme.test' }, { members })).user_id).toBe('usr_mia');
  expect((await resolve({ user_id: 'usr_mia' }, { members })).user_id).toBe('usr_mia');
  const columns = lacking([{ id: 'col_none', name: 'None' }]) as never;
  expect(await refused({ column_id: 'None' }, { columns })).toMatch(/another may have that name/);
  const projects = lacking([{ id: '17', name: 'App' }]) as never;
  expect(await refused({ project_id: 'app' }, { projects })).toMatch(/another may have that name/);
  expect((await resolve({ project_id: '17' }, { projects })).project_id).toBe('17');
});

test.each(
  [
    { meta: { total: 40 } },
    { total: 40 },
    { has_more: true },
    { hasMore: 'true' },
    { truncated: true },
    { has_more: 1 },
    { count: 40 },
    { total_pages: 4 },
    { moreAvailable: true },
  ].flatMap((part) => [
    [part, 'a name', {}, { project_id: 'App' }] as const,
    [part, 'a fixed name', { TOADO_PROJECT: 'App' }, {}] as const,
  ]),
)('beside %j, nothing is written by %s of which a list shows one', async (part, _, env, args) => {
  const project = { id: 'proj_17', name: 'App' };
  let beside: object = part;
  const { env: address, requests } = await startFakeApi(({ path, method }) => {
    if (path === '/projects') return { body: { data: [project], ...beside } };
    return method === 'POST' ? { body: { id: 't-aaa111', title: 'Dead button' } } : undefined;
  });
  const { call } = startInProcess({ ...address, ...env });
  const created = () => requests.filter(({ method }) => method === 'POST').map(({ path }) => path);
  const { isError, content } = await call('create_ticket', { ...args, title: 'Dead button' });
  expect([isError, created()]).toEqual([true, []]);
  expect(JSON.stringify(content)).toContain('proj_17');
  beside = { total: 1 };
  expect((await call('create_ticket', { ...args, title: 'Dead button' })).isError).not.toBe(true);
  expect(created()).toEqual(['/projects/proj_17/tickets']);
});

test.each([
  [{ message: 'All members', warnings: ['slow'] }],
  [{ stale: true, degraded: true }],
  [{ approximate: true, timed_out: false }],
  [{ maintenance: { from: '2026-12-01' } }],
  [{ error: 'none' }],
  [{ error: 'No errors', errors: 'null' }],
])('%j beside a whole list takes no name away', async (said) => {
  const members = beside([{ id: 'usr_mia', name: 'Mia' }], said);
  expect((await resolve({ user_id: 'Mia' }, { members: members as never })).user_id).toBe('usr_mia');
});

const column = (given: string, name: string) =>
  resolve({ column_id: given }, { columns: [{ id: 'col_1', name }] });

test.each([
  ['in_progress', 'In Progress'],
  ['todo', 'To Do'],
  ['to-do', 'To Do'],
  ['inProgress', 'In Progress'],
  ['IN REVIEW', 'in_review'],
  ['in-review', 'in_review'],
  [' in   review ', 'In Review'],
  ['"Done"', 'Done'],
  ['“in progress”', 'In Progress'],
  ['"Done"', '"Done"'],
  ['Done', 'Done ✅'],
  ['blocked', '⚠️ Blocked'],
  ['in_progress', '🚧 In Progress 👩‍💻'],
  ['sprint_12', 'Sprint 12'],
  ['won’t fix', 'Won’t fix'],
  ["won't fix", 'Won’t fix'],
  ['cafe\u0301', 'Café'],
  ['!Done', '!done'],
  ['On Hold - Client', 'On Hold – Client'],
  ['on hold — client', 'On Hold – Client'],
  ['On Hold – Client', 'On Hold - Client'],
  ['"on hold - client"', '⏸️ On Hold – Client'],
  ['Pre-Prod', 'Pre\u2011Prod'],
  ['Grade A-', 'Grade A–'],
  ['Grade A\u2212', 'Grade A-'],
])('%s means %s', async (given, name) => {
  expect((await column(given, name)).column_id).toBe('col_1');
});

test.each([
  ['Sprint 1.2', 'Sprint 12'],
  ['Sprint 12', 'Sprint 1.2'],
  ['v1.1', 'v11'],
  ['2024-10', '202410'],
  ['1 2', '12'],
  ['-1', '1'],
  ['C++', 'C#'],
  ['C', 'C++'],
  ['C++', 'C'],
  ['5C', '-5 °C'],
  ['A', 'A+'],
  ['🚀 Web', '🐛 Web'],
  ['🚀 Web', 'Web'],
  ['🚀', '🐛'],
  ['Grade A-', 'Grade A'],
  ['Grade A', 'Grade A-'],
  ['Team A–', 'Team A'],
  ['Grade A', 'Grade A–'],
  ['On Hold Client', 'On Hold – Client'],
  ['On Hold -- Client', 'On Hold – Client'],
  ['Lab 10²', 'Lab 102'],
  ['Sprint ①②', 'Sprint 12'],
  ['v1½', 'v11⁄2'],
  ['Acme™', 'AcmeTM'],
  ['Acme', 'Acme©'],
  ['Acme', 'Acme™'],
  ['Ａｐｐ', 'App'],
  ['!Done', 'Done'],
  ['Done', 'Done!'],
  ['.env', 'env'],
  ['a.b', 'ab'],
  ['re-sign', 'resign'],
  ['resign', 're-sign'],
  ['co-op', 'coop'],
  ['now here', 'nowhere'],
  ['un done', 'undone'],
  ['To Do', 'ToDo'],
  ['it’s', 'its'],
  ['wont_fix', 'Won’t fix'],
  ['in_review_qa', 'In Review (QA)'],
  ['1.A', '1A'],
  ['1-A', '1A'],
  ['A 1', 'A1'],
  ['A1', 'A 1'],
  ['v . 1', 'v1'],
  ['v -1', 'v 1'],
  ['T-1', 'T 1'],
  ['1_2', '1 2'],
  ['Plan A-B', 'Plan A B'],
  ['x:', 'x'],
  ['(x)', 'x'],
  ['#x', 'x'],
  ['Team', 'Team 🇫🇷'],
  ['⭐ Web', '⭐⭐ Web'],
])('%s doesn’t mean %s', async (given, name) => {
  expect(await refused({ column_id: given }, { columns: [{ id: 'col_1', name }] })).toMatch(
    /neither an id nor a name/,
  );
});

test('a sign more or less: both that are there are told apart, and the closest is named where one isn’t', async () => {
  const grades = ['Grade A', 'Grade A-', 'Grade A+'].map((name, at) => ({ id: `col_${at + 1}`, name }));
  for (const { id, name } of grades)
    expect((await resolve({ column_id: name.toLowerCase() }, { columns: grades })).column_id).toBe(id);
  expect(
    await refused({ column_id: 'Grade A-' }, { columns: [{ id: 'col_9', name: 'Bin' }, grades[0]!] }),
  ).toMatch(/neither an id nor a name[\s\S]*closest: Grade A \(col_1\)\n/);
});

test('names that differ by their dash are told apart where one is written so, and none is chosen otherwise', async () => {
  const columns = [
    { id: 'col_1', name: 'A - B' },
    { id: 'col_2', name: 'A – B' },
  ];
  for (const { id, name } of columns)
    expect((await resolve({ column_id: name }, { columns })).column_id).toBe(id);
  expect(await refused({ column_id: 'A — B' }, { columns })).toMatch(/fits 2 of them/);
});

describe('people', () => {
  const who = (given: string, ...members: object[]) => resolve({ user_id: given }, { members });
  const not = (given: string, ...members: object[]) => refused({ user_id: given }, { members });
  const bob = { id: 'usr_1', name: 'Bob', email: 'bob@x.test' };

  test('a name and an address together mean the address', async () => {
    expect((await who('Bob <bob@x.test>', bob)).user_id).toBe('usr_1');
    expect((await who('<BOB@x.test>', bob)).user_id).toBe('usr_1');
    const fake = { id: 'usr_3', name: 'Bob <bob@x.test>', email: 'mal@x.test' };
    expect(await not('Bob <bob@x.test>', fake, bob)).toMatch(/fits 2 of them/);
    const named = { id: 'usr_4', name: 'bob@x.test', email: 'mal@x.test' };
    expect(await not('Bob <bob@x.test>', named, bob)).toMatch(/fits 2 of them/);
  });

  test('a part of the name that only one has, of parts with hyphens, too', async () => {
    const zoe = { id: 'usr_4', name: 'Zoe Ann' };
    const annMarie = { id: 'usr_3', name: 'Ann-Marie Lee' };
    expect((await who('@ann', zoe)).user_id).toBe('usr_4');
    expect(await not('Ann', annMarie, zoe)).toMatch(/fits 2 of them[\s\S]*\(usr_3\)[\s\S]*\(usr_4\)/);
    expect(await not('Ann', annMarie)).toMatch(/neither an id nor a name[\s\S]*closest: .*\(usr_3\)/);
    expect((await who('Ann-Marie', annMarie, zoe)).user_id).toBe('usr_3');
    expect((await who('Ann-Marie', { id: 'usr_5', name: 'Ann‑Marie Lee' }, zoe)).user_id).toBe('usr_5');
    expect(await not('(Ann)', zoe)).toMatch(/neither an id nor a name/);
  });
});

describe('a number where ids are numbers', () => {
  const five = { id: '6', name: '5' };
  test('is an id: somebody who is called so is not taken for one who is gone', async () => {
    const said = /"5" looks like an id, which none of these has, and is the name of another[\s\S]*5 \(6\)/;
    expect(await refused({ user_id: '5' }, { members: [five] })).toMatch(said);
    expect(await refused({ target_column_id: '5' }, { columns: [five, { id: '7', name: 'Done' }] })).toMatch(
      said,
    );
    expect((await resolve({ user_id: '5' }, { members: [five, { id: '5', name: 'Bob' }] })).user_id).toBe(
      '5',
    );
    // Of another project, maybe.
    expect((await resolve({ target_column_id: '8' }, { columns: [five] })).target_column_id).toBe('8');
  });

  test('may be a name where they are not', async () => {
    const columns = [{ id: 'col_1', name: '2024' }];
    expect((await resolve({ column_id: '2024' }, { columns })).column_id).toBe('col_1');
  });

  test('the same of other forms of ids', async () => {
    const uuid = '0b5a9a52-6c3e-4a33-9a61-3f0f7d1f0a11';
    expect(await refused({ user_id: uuid }, { members: [{ id: 'usr_1', name: uuid }] })).toMatch(
      /looks like an id/,
    );
    const slugs = [
      { id: 'c-1', name: 'c-2' },
      { id: 'c-3', name: 'Done' },
    ];
    expect(await refused({ column_id: 'c-2' }, { columns: slugs })).toMatch(/looks like an id/);
  });
});

test('a row that can’t be pointed to may be the one that is meant', async () => {
  const columns = [{ id: 'col_1', name: 'Done' }, { name: 'Done' }];
  expect(await refused({ column_id: 'Done' }, { columns })).toMatch(/another may have that name/);
});

test('of a project’s list that shows another project’s rows, those are left out', async () => {
  const columns = [
    { id: 'col_2', name: 'Done', project_id: 'proj_2' },
    { id: 'col_1', name: 'Doing', project_id },
  ];
  expect(await refused({ column_id: 'Done' }, { columns })).not.toContain('col_2');
  expect((await resolve({ column_id: 'Doing' }, { columns })).column_id).toBe('col_1');
  const another = [{ id: 'col_3', name: 'Done', project_id: 12 }];
  expect((await resolve({ column_id: 'Done' }, { columns: another })).column_id).toBe('col_3');
});

test('signs around a number are no decoration', async () => {
  const columns = [
    { id: '5', name: 'Doing' },
    { id: '6', name: 'Done' },
  ];
  for (const given of ['5!', '#5', '(5)', '5.'])
    expect(await refused({ column_id: given }, { columns }), given).toMatch(/neither an id nor a name/);
  expect((await resolve({ column_id: '"5"' }, { columns })).column_id).toBe('5');
});

test('an id in a page’s address is one, and a name with a slash is none', async () => {
  const projects = [{ id: 'proj_1', name: 'docs/proj_zz' }];
  const means = async (given: string) => (await resolve({ project_id: given }, { projects })).project_id;
  expect(await means('docs/proj_zz')).toBe('proj_1');
  expect(await refused({ project_id: 'site/proj_zz' }, { projects })).toMatch(/neither an id nor a name/);
  for (const address of [
    'https://app.toado.dev/projects/',
    'app.toado.dev/projects/',
    'localhost:1/',
    '/projects/',
    'projects/',
  ])
    expect(await means(`${address}proj_zz`), address).toBe('proj_zz');
});
