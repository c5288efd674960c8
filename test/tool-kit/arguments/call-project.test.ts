/** A name for several tickets: it is that of something in one project, so all of them have to be in it. */
import { expect, test } from 'vitest';
import { Failure } from '../../../src/base/failure.ts';
import type { ReadApi } from '../../../src/toado-api/routes/calls.ts';
import { resolveNames } from '../../../src/tool-kit/arguments/names-to-ids.ts';

const ids = (count: number) => Array.from({ length: count }, (_, at) => `t-${String(at).padStart(6, '0')}`);

/** Where tickets are; those of nowhere are not there. */
function toado(projectOf: (ticket: string) => string | undefined, pageSize = 100) {
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

test('in one project the name is taken: a few tickets are read each, many by pages of the list', async () => {
  const few = toado(() => 'proj_1');
  const done = { target_column_id: 'proj_1-done' };
  expect(await few.resolve({ ticket_ids: ids(6), target_column_id: 'Done' })).toMatchObject(done);
  expect(few.reads).toEqual(ids(6));
  const many = toado(() => 'proj_1');
  expect(await many.resolve({ ticket_ids: ids(150), target_column_id: 'Done' })).toMatchObject(done);
  expect(many.reads).toEqual(['t-000000', 'list proj_1 0', 'list proj_1 100']);
});

test('many of which one is elsewhere', async () => {
  const { refused, reads } = toado((id) => (id === 't-000033' ? 'proj_2' : 'proj_1'));
  expect(await refused({ ticket_ids: ids(40), user_id: 'Ann' })).toMatch(
    /30 more\nproj_2: t-000033$|29 more\nproj_2: t-000033$/,
  );
  expect(reads).toEqual(['t-000000', 'list proj_1 0', 't-000033']);
});

test('where it can’t be told cheaply, the id is asked for', async () => {
  const { refused, reads } = toado((id) => (id < 't-000010' ? 'proj_1' : 'proj_2'), 10);
  const said = await refused({ ticket_ids: ids(40), target_column_id: 'Done' });
  expect(said).toMatch(/would take a read of each\.\nGive the column's id \(list_columns\)\./);
  expect(reads.length).toBeLessThan(5);
  const silent = toado((id) => (id === 't-000001' ? '' : 'proj_1'));
  expect(await silent.refused({ ticket_ids: ids(2), target_column_id: 'Done' })).toMatch(/Give an id/);
});

test('a ticket that isn’t there takes no name away', async () => {
  const { resolve, refused } = toado((id) => (id < 't-000002' ? undefined : 'proj_1'));
  expect(await resolve({ ticket_ids: ids(4), target_column_id: 'Done' })).toMatchObject({
    target_column_id: 'proj_1-done',
  });
  expect(await refused({ ticket_ids: ids(2), target_column_id: 'Done' })).toContain('No.');
});
