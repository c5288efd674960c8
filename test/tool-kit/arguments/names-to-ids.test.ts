/** Which thing a name means, and what is said where it means none. */
import { expect, test } from 'vitest';
import { Failure } from '../../../src/base/failure.ts';
import { markCut } from '../../../src/toado-api/json/cut-lists.ts';
import type { ReadApi } from '../../../src/toado-api/routes/calls.ts';
import { type NameContext, resolveNames } from '../../../src/tool-kit/arguments/names-to-ids.ts';

interface Lists {
  members?: object[];
  columns?: object[];
}

const project_id = 'proj_1';
const offered: NameContext = { isOffered: () => true, isOptional: (name) => name !== 'user_id' };

async function resolve(
  input: Record<string, unknown>,
  { members = [], columns = [] }: Lists,
): Promise<Record<string, unknown>> {
  const api = { listMembers: async () => members, listColumns: async () => columns };
  return resolveNames({ project_id, ...input }, api as unknown as ReadApi, offered);
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
    { id: 'usr_mia', name: 'Mia\nusr_evil = Zed' },
    { id: 'usr_long', name: 'x'.repeat(1_000_000) },
  ];
  const said = await refused({ user_id: 'Zedekiah' }, { members });
  expect(said).not.toMatch(/^usr_evil/m);
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
    /fits 2 of them[\s\S]*col_none = None\ncol_2 = None/,
  );
  expect(await refused({ user_id: 'None' }, { members: [] })).toMatch(/neither an id nor a name/);
});

test.each([
  ['in_progress', ['In Progress'], 0],
  ['to-do', ['Todo', 'Done'], 0],
  ['qa review', ['QA / Review'], 0],
  ['done!', ['Done'], 0],
  ['C#', ['C', 'C++', 'C#'], 2],
  ['C', ['C++', 'C#'], undefined],
  ['Sprint 12', ['Sprint 1.2'], undefined],
  ['sprint 1-2', ['Sprint 12', 'Sprint 1.2'], 1],
  ['web', ['🐛 Web'], 0],
  ['🚀 Web', ['🐛 Web'], undefined],
  ['🚀 web', ['🐛 Web', '🚀 Web'], 1],
  ['web', ['🐛 Web', '🚀 Web'], undefined],
  ['web', ['🐛 Web', 'Web'], 1],
  ['👍🏽 ok', ['👍 ok'], undefined],
])('%s among %j', async (given, names, at) => {
  const columns = names.map((name, index) => ({ id: `col_${index}`, name }));
  if (at === undefined)
    expect(await refused({ column_id: given }, { columns })).toMatch(
      /fits 2 of them|neither an id nor a name/,
    );
  else expect(await resolve({ column_id: given }, { columns })).toMatchObject({ column_id: `col_${at}` });
});

test('what is not in a list that goes on may be there all the same', async () => {
  const members = markCut([{ id: 'usr_mia', name: 'Mia' }]);
  expect(await refused({ user_id: 'Zedekiah' }, { members })).toMatch(/Toado may have more/);
});
