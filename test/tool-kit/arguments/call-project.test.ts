/** A name for several tickets: it is that of something in one project, so all of them have to be in it. */
import { describe, expect, test } from 'vitest';
import { Failure } from '../../../src/base/failure.ts';
import type { ReadApi } from '../../../src/toado-api/routes/calls.ts';
import { resolveNames } from '../../../src/tool-kit/arguments/names-to-ids.ts';
import { type FakeAnswer, startFakeApi, TOKEN_INFO } from '../../support/fake-api.ts';
import { startInProcess } from '../../support/in-process.ts';

const ids = (count: number) => Array.from({ length: count }, (_, at) => `t-${String(at).padStart(6, '0')}`);

/** Where tickets are; those of nowhere are not there. */
function toado(
  projectOf: (ticket: string) => string | undefined,
  { pageSize = 100, projects = ['proj_1', 'proj_2'] } = {},
) {
  const reads: string[] = [];
  const api = {
    getTicket: async ({ ticket_id }: { ticket_id: string }) => {
      reads.push(ticket_id);
      const project_id = projectOf(ticket_id);
      if (project_id === undefined)
        throw new Failure('ticket_not_found', 'No.', 'Look.', { outcome: 'rejected', status: 404 });
      return { id: ticket_id, ...(project_id && { project_id }) };
    },
    listTickets: async ({ project_id, cursor = '0' }: { project_id: string; cursor?: string }) => {
      reads.push(`list ${project_id} ${cursor}`);
      const its = ids(1_000).filter((id) => projectOf(id) === project_id);
      const end = Number(cursor) + pageSize;
      return {
        items: its.slice(Number(cursor), end).map((id) => ({ id })),
        ...(end < its.length && { cursor: String(end) }),
      };
    },
    listProjects: async () => {
      reads.push('projects');
      return projects.map((id) => ({ id, name: id }));
    },
    listColumns: async ({ project_id }: { project_id: string }) => [
      { id: `${project_id}-done`, name: 'Done' },
    ],
    listMembers: async ({ project_id }: { project_id: string }) => [
      { id: `ann-${project_id}`, name: 'Ann', email: 'ann@x.test' },
    ],
  } as unknown as ReadApi;
  const resolve = (input: Record<string, unknown>) => resolveNames(input, api, { isOffered: () => true });
  const refused = async (input: Record<string, unknown>) => {
    const error = await resolve(input).catch((thrown: unknown) => thrown);
    if (!(error instanceof Failure)) throw new Error('It was not refused.');
    return `${error.outcome} ${error.message}\n${error.next}\n${error.details.lists?.text ?? ''}`;
  };
  return { resolve, refused, reads };
}

const apart = (id: string) => (id === 't-000001' ? 'proj_2' : 'proj_1');

test.each([
  ['target_column_id', 'Done', 'column', 'list_columns'],
  ['user_id', 'Ann', 'member', 'list_members'],
])('%s: the name is refused where they are in two projects', async (argument, name, what, tool) => {
  const { refused } = toado(apart);
  const said = await refused({ ticket_ids: ids(3), [argument]: name });
  expect(said).toMatch(new RegExp(`^not_sent ${argument}: the tickets are in 2 projects, so a name doesn't`));
  expect(said).toContain(`which ${what} is meant`);
  expect(said).toContain(`Call once for each project, or give the ${what}'s id (${tool}).`);
  expect(said).toMatch(/proj_1: t-000000, t-000002\nproj_2: t-000001$/);
});

test('an id, an address and the owner are none’s alone, and nothing is read for them', async () => {
  const { resolve, reads } = toado(apart);
  const ticket_ids = ids(3);
  // Ids of no form that is known: compared with those of the first ticket's project.
  for (const [argument, given] of [
    ['target_column_id', 'proj_1-done'],
    ['user_id', 'ann-proj_1'],
    ['user_id', 'Ann@x.test'],
  ] as const) {
    reads.length = 0;
    await resolve({ ticket_ids, [argument]: given });
    expect(reads).toEqual(['t-000000']);
  }
  reads.length = 0;
  expect(await resolve({ ticket_ids, target_column_id: 'col_9' })).toMatchObject({
    target_column_id: 'col_9',
  });
  expect(reads).toEqual([]);
});

const done = { target_column_id: 'proj_1-done' };

test('in one project the name is taken: a second ticket is read itself, more by pages of the list', async () => {
  const two = toado(() => 'proj_1');
  expect(await two.resolve({ ticket_ids: ids(2), target_column_id: 'Done' })).toMatchObject(done);
  expect(two.reads).toEqual(ids(2));
  const few = toado(() => 'proj_1');
  expect(await few.resolve({ ticket_ids: ids(6), target_column_id: 'Done' })).toMatchObject(done);
  expect(few.reads).toEqual(['t-000000', 'list proj_1 0']);
  const many = toado(() => 'proj_1');
  expect(await many.resolve({ ticket_ids: ids(150), target_column_id: 'Done' })).toMatchObject(done);
  expect(many.reads).toEqual(['t-000000', 'list proj_1 0', 'list proj_1 100']);
});

test('what is far down a list is read itself where there is another project', async () => {
  const far = ids(900).slice(-10);
  const { resolve, reads } = toado(() => 'proj_1');
  expect(await resolve({ ticket_ids: far, target_column_id: 'Done' })).toMatchObject(done);
  expect(reads).toEqual([far[0], 'list proj_1 0', 'projects', ...far.slice(1)]);
  const alone = toado(() => 'proj_1', { projects: ['proj_1'] });
  expect(await alone.resolve({ ticket_ids: ids(900).slice(-80), target_column_id: 'Done' })).toMatchObject(
    done,
  );
  expect(alone.reads.at(-1)).toBe('projects');
  const mixed = toado((id) => (id === far[4] ? 'proj_2' : 'proj_1'));
  expect(await mixed.refused({ ticket_ids: far, target_column_id: 'Done' })).toMatch(/\nproj_2: t-000894$/);
});

test('many of which one is elsewhere', async () => {
  const { refused, reads } = toado((id) => (id === 't-000033' ? 'proj_2' : 'proj_1'));
  expect(await refused({ ticket_ids: ids(40), user_id: 'Ann' })).toMatch(/29 more\nproj_2: t-000033$/);
  expect(reads).toEqual(['t-000000', 'list proj_1 0', 't-000033']);
});

test('where it can’t be told cheaply, the id is asked for', async () => {
  const { refused, reads } = toado((id) => (id < 't-000010' ? 'proj_1' : 'proj_2'), { pageSize: 10 });
  const said = await refused({ ticket_ids: ids(40), target_column_id: 'Done' });
  expect(said).toMatch(/would take a read of each\.\nGive the column's id \(list_columns\)\./);
  expect(reads.length).toBeLessThan(5);
  const silent = toado((id) => (id === 't-000001' ? '' : 'proj_1'));
  expect(await silent.refused({ ticket_ids: ids(2), target_column_id: 'Done' })).toMatch(/Give an id/);
});

/** Moves tickets by a column's name. @returns whether that was refused, what was said, and what was asked. */
async function moveByName(
  pin: Record<string, string>,
  projects: string[] | null,
  rows: { id: string; title: string; project_id: string }[],
) {
  const { env, requests } = await startFakeApi(({ path, method }): FakeAnswer | undefined => {
    if (path === '/auth/token-info') return { body: { ...TOKEN_INFO, projects } };
    if (path === '/projects')
      return {
        body: [
          { id: 'proj_1', name: 'Web' },
          { id: 'proj_2', name: 'App' },
        ],
      };
    if (path.endsWith('/columns')) return { body: [{ id: 'col_2', name: 'Done' }] };
    if (method === 'GET' && path.endsWith('/tickets')) return { body: { items: [] } };
    const row = rows.find(({ id }) => path === `/tickets/${id}`);
    if (row) return { body: row };
    return method === 'POST'
      ? { body: { results: rows.map(({ id }) => ({ ticket_id: id, ok: true })) } }
      : undefined;
  });
  const { call, session } = startInProcess({ ...env, ...pin });
  await session.grant.untilKnown(5_000);
  requests.length = 0;
  const { isError, content } = await call('bulk_move_tickets', {
    ticket_ids: rows.map(({ id }) => id),
    target_column_id: 'Done',
  });
  return {
    isError,
    said: JSON.stringify(content),
    asked: requests.map(({ method, path }) => `${method} ${path}`),
  };
}

const row = (id: string, project_id = 'proj_1') => ({ id, title: 'A', project_id });

test('where a project is the only one of the token, only the first ticket is read', async () => {
  const rows = ids(1_000)
    .slice(-40)
    .map((id) => row(id));
  const { isError, asked } = await moveByName({}, ['proj_1'], rows);
  expect(isError).not.toBe(true);
  expect(asked).toEqual([
    `GET /tickets/${rows[0]!.id}`,
    'GET /projects/proj_1/columns',
    expect.stringMatching(/^POST /),
  ]);
});

describe.each([
  ['by its id', { TOADO_PROJECT: 'proj_1' }],
  ['by its name', { TOADO_PROJECT: 'Web' }],
])('where a project is fixed %s', (_, pin) => {
  test('many tickets that its list does not show are taken for its own', async () => {
    const rows = ids(1_000)
      .slice(-40)
      .map((id) => row(id));
    const { isError, asked } = await moveByName(pin, null, rows);
    expect(isError).not.toBe(true);
    expect(asked.filter((one) => one.startsWith('GET /tickets/'))).toHaveLength(1);
    expect(asked.at(-1)).toMatch(/^POST /);
  });

  test('another project’s are moved into its column by no name', async () => {
    const { isError, said, asked } = await moveByName(pin, null, [
      row('t-000001'),
      row('t-000002', 'proj_2'),
      row('t-000003'),
    ]);
    expect(isError).toBe(true);
    expect(said).toContain('the tickets are in 2 projects');
    expect(asked.some((one) => one.startsWith('POST'))).toBe(false);
  });
});

test('a ticket that isn’t there takes no name away', async () => {
  const { resolve, refused } = toado((id) => (id < 't-000002' ? undefined : 'proj_1'));
  expect(await resolve({ ticket_ids: ids(4), target_column_id: 'Done' })).toMatchObject({
    target_column_id: 'proj_1-done',
  });
  expect(await refused({ ticket_ids: ids(2), target_column_id: 'Done' })).toContain('No.');
});
