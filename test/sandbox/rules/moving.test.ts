import Database from 'libsql';
import { describe, expect, onTestFinished, test } from 'vitest';
import { findPerson } from '../../../src/sandbox/auth/person.ts';
import { Database as SandboxDatabase } from '../../../src/sandbox/db/database.ts';
import { moveTicket } from '../../../src/sandbox/rules/move.ts';
import { openDatabase } from '../../support/database.ts';
import { ids, setRole, smallWorld, start, ticket } from '../support/sandbox.ts';

const todo = '/projects/proj_shop/tickets?column_id=col_shop_todo';

describe('moving', () => {
  const numbered = ['t-000001', 't-000002', 't-000003', 't-000004'];
  const world = () => smallWorld({ tickets: numbered.map((id) => ticket(id)) });

  test('the bottom is the default', async () => {
    const { as } = await start({ world: world() });
    await as('olga')('POST', '/tickets/t-000001/move', { target_column_id: 'col_shop_done' });
    await as('olga')('POST', '/tickets/t-000002/move', { target_column_id: 'col_shop_done' });
    expect(ids(await as('olga')('GET', '/projects/proj_shop/tickets'))).toEqual([
      't-000003',
      't-000004',
      't-000001',
      't-000002',
    ]);
  });

  test('a position counts from the top of what the board shows', async () => {
    const { as } = await start({ world: world() });
    await as('olga')('POST', '/tickets/t-000002/archive');
    for (const [position, order] of [
      [0, ['t-000004', 't-000001', 't-000003']],
      [1, ['t-000001', 't-000004', 't-000003']],
      [2, ['t-000001', 't-000003', 't-000004']],
      [1, ['t-000001', 't-000004', 't-000003']],
      [99, ['t-000001', 't-000003', 't-000004']],
    ] as const) {
      const { status } = await as('olga')('POST', '/tickets/t-000004/move', {
        target_column_id: 'col_shop_todo',
        position,
      });
      expect(status).toBe(200);
      expect(ids(await as('olga')('GET', todo)), `to ${position}`).toEqual(order);
    }
  });

  test('beyond the last one, where it is the last already, it stays as it is', async () => {
    const { as } = await start({ world: world() });
    const move = (id: string) =>
      as('olga')('POST', `/tickets/${id}/move`, { target_column_id: 'col_shop_todo', position: 99 });
    const before = await as('olga')('GET', '/tickets/t-000004');
    expect((await move('t-000004')).body).toMatchObject({
      updated: (before.body as { updated: object }).updated,
    });
    await as('olga')('POST', '/tickets/t-000003/archive');
    await as('olga')('POST', '/tickets/t-000004/archive');
    await move('t-000001');
    expect(ids(await as('olga')('GET', todo))).toEqual(['t-000002', 't-000001']);
  });

  test('drafts and archived tickets, which no board shows, count for no position', async () => {
    const { as } = await start({
      world: smallWorld({
        tickets: [
          ticket('t-000001', { archivedMinutesAgo: 5 }),
          ticket('t-000002', { draft: true }),
          ...['t-000003', 't-000004', 't-000005'].map((id) => ticket(id)),
        ],
      }),
    });
    const move = (position: number) =>
      as('olga')('POST', '/tickets/t-000005/move', { target_column_id: 'col_shop_todo', position });
    const order = async () => ids(await as('olga')('GET', todo));
    await move(1);
    expect(await order()).toEqual(['t-000003', 't-000005', 't-000004']);
    const { updated_at } = (await as('olga')('GET', '/tickets/t-000005')).body;
    const { body: there } = await move(1);
    expect(there.updated_at, 'it is there already').toBe(updated_at);
    await move(0);
    expect(await order()).toEqual(['t-000005', 't-000003', 't-000004']);
  });

  test('what comes back stands below what was put above it meanwhile', async () => {
    const { as, db } = await start({ world: world() });
    await as('olga')('POST', '/tickets/t-000002/archive');
    await as('olga')('POST', '/tickets/t-000004/move', { target_column_id: 'col_shop_todo', position: 1 });
    await as('olga')('POST', '/tickets/t-000003/archive');
    await as('olga')('POST', '/projects/proj_shop/tickets', { title: 'New' });
    const ranks = openDatabase(db)
      .all('SELECT rank FROM tickets')
      .map((row) => row.rank);
    expect(new Set(ranks).size, 'the place of one that is hidden is nobody else’s').toBe(ranks.length);
    for (const id of ['t-000002', 't-000003']) await as('olga')('POST', `/tickets/${id}/restore`);
    expect(ids(await as('olga')('GET', todo)).slice(0, 4)).toEqual([
      't-000001',
      't-000004',
      't-000002',
      't-000003',
    ]);
  });

  test('a hundred moves between the same two neighbours stay in order', async () => {
    const { as } = await start({ world: world() });
    let expected = [...numbered];
    for (let turn = 0; turn < 50; turn++) {
      const moved = expected[2 + (turn % 2)]!;
      await as('olga')('POST', `/tickets/${moved}/move`, { target_column_id: 'col_shop_todo', position: 1 });
      expected = [expected[0]!, moved, ...expected.slice(1).filter((id) => id !== moved)];
    }
    expect(ids(await as('olga')('GET', todo))).toEqual(expected);
  });

  test('however often tickets are put at one place, their ranks stay short and in order', async () => {
    const { db: file, as } = await start({ world: world() });
    const db = new SandboxDatabase(file);
    onTestFinished(() => db.close());
    const olga = findPerson(db, 'usr_olga')!;
    // Never the order in which they were made, so that it isn't the one that is kept.
    let expected = ['t-000004', 't-000001', 't-000002', 't-000003'];
    db.write(() => {
      moveTicket(db, olga, 't-000004', { target_column_id: 'col_shop_todo', position: 0 });
      for (let turn = 0; turn < 1500; turn++) {
        const moved = expected[2]!;
        moveTicket(db, olga, moved, { target_column_id: 'col_shop_todo', position: 1 });
        expected = [expected[0]!, moved, ...expected.slice(1).filter((id) => id !== moved)];
      }
    });
    expect(ids(await as('olga')('GET', todo))).toEqual(expected);
    const longest = db.get<{ n: number }>('SELECT max(length(rank)) AS n FROM tickets')!.n;
    expect(longest).toBeLessThanOrEqual(100);
  });

  test('to another project of the same company is allowed', async () => {
    const { as } = await start();
    await as('olga')('POST', '/tickets/t-BBBBBB/assignees', { user_id: 'usr_mia' });
    const { body } = await as('olga')('POST', '/tickets/t-BBBBBB/move', {
      target_column_id: 'col_vault_doing',
    });
    expect(body).toMatchObject({ project_id: 'proj_vault', column_id: 'col_vault_doing' });
    expect(body.assignees, 'Adam can’t see the vault').toEqual([{ id: 'usr_mia', name: 'Mia' }]);
    await as('olga')('POST', '/tickets/t-CCCCCC/assignees', { user_id: 'usr_adam' });
    await as('olga')('POST', '/tickets/t-AAAAAA/move', { target_column_id: 'col_vault_doing' });
    const { body: other } = await as('olga')('GET', '/tickets/t-CCCCCC');
    expect(other.assignees, 'of another ticket').toEqual([{ id: 'usr_adam', name: 'Adam' }]);
  });

  test('inside of its project takes it from nobody, not even from those who have left', async () => {
    const sandbox = await start();
    const olga = sandbox.as('olga');
    await olga('POST', '/tickets/t-AAAAAA/assignees', { user_id: 'usr_adam' });
    setRole(sandbox, 'usr_adam', 'co_acme', null);
    await olga('POST', '/tickets/t-AAAAAA/move', { target_column_id: 'col_shop_done' });
    const left = openDatabase(sandbox.db).all(
      'SELECT user_id FROM assignees JOIN tickets ON tickets.seq = ticket_seq WHERE id = ?',
      't-AAAAAA',
    );
    expect(left.map((row) => row.user_id)).toContain('usr_adam');
  });

  test('to another company is forbidden', async () => {
    const { as } = await start();
    const { body } = await as('olga')('POST', '/tickets/t-AAAAAA/move', {
      target_column_id: 'col_globex_todo',
    });
    expect(body.error.code).toBe('forbidden');
    expect((await as('olga')('GET', '/tickets/t-AAAAAA')).body.project_id).toBe('proj_shop');
  });

  test('in bulk, one after another, and each may fail alone', async () => {
    const { as } = await start();
    const { status, body } = await as('olga')('POST', '/tickets/bulk-move', {
      ticket_ids: ['t-BBBBBB', 't-nowher', 't-GGGGGG', 't-AAAAAA', 't-BBBBBB'],
      target_column_id: 'col_shop_done',
    });
    expect(status).toBe(200);
    expect(body.results).toEqual([
      { ticket_id: 't-BBBBBB', ok: true },
      { ticket_id: 't-nowher', ok: false, error: { code: 'ticket_not_found', message: expect.any(String) } },
      { ticket_id: 't-GGGGGG', ok: false, error: { code: 'forbidden', message: expect.any(String) } },
      { ticket_id: 't-AAAAAA', ok: true },
      { ticket_id: 't-BBBBBB', ok: true },
    ]);
    expect(ids(await as('olga')('GET', '/projects/proj_shop/tickets?column_id=col_shop_done'))).toEqual([
      't-BBBBBB',
      't-AAAAAA',
    ]);
  });
});

test('a column that goes hands its tickets on in their order, with room for others below them', async () => {
  const { as, db } = await start();
  const olga = as('olga');
  const make = async (title: string) =>
    (await olga('POST', '/projects/proj_shop/tickets', { title, column_id: 'col_shop_doing' })).body
      .id as string;
  const [top, middle] = [await make('top'), await make('middle')];
  await olga('POST', `/tickets/${top}/move`, { target_column_id: 'col_shop_doing', position: 0 });
  const file = new Database(db);
  file.exec("DELETE FROM columns WHERE id = 'col_shop_doing'");
  file.close();
  const { body } = await olga('POST', '/projects/proj_shop/tickets', {
    title: 'new',
    column_id: 'col_shop_todo',
  });
  expect(ids(await olga('GET', todo))).toEqual(['t-AAAAAA', 't-BBBBBB', top, 't-CCCCCC', middle, body.id]);
});
