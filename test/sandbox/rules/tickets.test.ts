import Database from 'libsql';
import { describe, expect, onTestFinished, test } from 'vitest';
import { findPerson } from '../../../src/sandbox/auth/person.ts';
import { Database as SandboxDatabase } from '../../../src/sandbox/db/database.ts';
import { moveTicket } from '../../../src/sandbox/rules/move.ts';
import { shared } from '../../support/ending.ts';
import { ids, smallWorld, start, ticket } from '../support/sandbox.ts';

const mcp = { 'x-toado-client': 'mcp' };
const todo = '/projects/proj_shop/tickets?column_id=col_shop_todo';

/** Rows of the database, read past the sandbox. */
function rows(file: string, sql: string): Record<string, unknown>[] {
  const db = new Database(file);
  try {
    return db.prepare(sql).all([]) as Record<string, unknown>[];
  } finally {
    db.close();
  }
}

describe('creating', () => {
  test('a ticket goes to the bottom of the first column by default', async () => {
    const { as } = await start();
    const { status, body } = await as('olga')('POST', '/projects/proj_shop/tickets', {
      title: 'New',
      description: 'Why',
      source_url: 'https://shop.example/cart',
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      id: expect.stringMatching(/^t-[A-Za-z0-9]{6}$/),
      title: 'New',
      description: 'Why',
      project_id: 'proj_shop',
      column_id: 'col_shop_todo',
      status: 'active',
      resolved: false,
      is_draft: false,
      assignees: [],
      comment_count: 0,
      has_capture: false,
      has_ai_activity: false,
      source_url: 'https://shop.example/cart',
      branch_name: null,
      archived_at: null,
    });
    expect(ids(await as('olga')('GET', todo))).toEqual(['t-AAAAAA', 't-BBBBBB', body.id]);
    expect((await as('olga')('GET', `/tickets/${body.id}`)).body).toMatchObject({
      title: 'New',
      description: 'Why',
    });
  });

  test('or of the named one', async () => {
    const { as } = await start();
    const { body } = await as('olga')('POST', '/projects/proj_shop/tickets', {
      title: 'New',
      column_id: 'col_shop_done',
    });
    expect(body.column_id).toBe('col_shop_done');
  });
});

describe('attribution', () => {
  const byMia = { user: { id: 'usr_mia', name: 'Mia' }, token: { id: 'tkn_mia', label: 'mia agent' } };

  test('every write records the token id, its label and its owner, and the way', async () => {
    const { as, db } = await start();
    const { body: made } = await as('mia')('POST', '/projects/proj_shop/tickets', { title: 'New' }, mcp);
    expect(made.created).toEqual({ ...byMia, via: 'mcp', at: made.created_at });
    expect(made.has_ai_activity).toBe(true);
    const writes: [string, string, unknown?][] = [
      ['PATCH', `/tickets/${made.id}`, { title: 'Newer' }],
      ['POST', `/tickets/${made.id}/move`, { target_column_id: 'col_shop_done' }],
      ['POST', `/tickets/${made.id}/archive`],
      ['POST', `/tickets/${made.id}/restore`],
      ['POST', `/tickets/${made.id}/assignees`, { user_id: 'usr_adam' }],
      ['DELETE', `/tickets/${made.id}/assignees/usr_adam`],
    ];
    for (const [method, path, body] of writes) {
      const { body: changed } = await as('mia')(method, path, body);
      expect(changed.updated, path).toMatchObject({ ...byMia, via: 'api' });
      expect(changed.created.via).toBe('mcp');
    }
    await as('mia')('POST', '/tickets/start-work', { ticket_ids: [made.id] }, mcp);
    await as('mia')('POST', `/tickets/${made.id}/comments`, { body: 'Hi' }, mcp);
    const history = rows(db, `SELECT * FROM activity WHERE ticket_id = '${made.id}' ORDER BY seq`);
    expect(history.map(({ action, via }) => `${action} ${via}`)).toEqual([
      'create_ticket mcp',
      'update_ticket api',
      'move_ticket api',
      'archive_ticket api',
      'restore_ticket api',
      'assign api',
      'unassign api',
      'start_work mcp',
      'add_comment mcp',
    ]);
    for (const row of history) {
      expect(row).toMatchObject({ user_id: 'usr_mia', token_id: 'tkn_mia', token_label: 'mia agent' });
    }
  });

  test('an edit leaves who created the ticket as it was', async () => {
    const { as } = await start();
    const { body } = await as('adam')('PATCH', '/tickets/t-AAAAAA', { resolved: true }, mcp);
    expect(body.created).toMatchObject({ user: { id: 'usr_olga' }, token: null, via: 'web' });
    expect(body.updated).toMatchObject({ user: { id: 'usr_adam' }, token: { id: 'tkn_adam' }, via: 'mcp' });
  });

  test('a comment shows its token', async () => {
    const { as } = await start();
    const { status, body } = await as('mia')(
      'POST',
      '/tickets/t-AAAAAA/comments',
      { body: 'Seen it too' },
      mcp,
    );
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.stringMatching(/^cmt_/),
      ticket_id: 't-AAAAAA',
      body: 'Seen it too',
      created: { ...byMia, via: 'mcp', at: expect.any(String) },
    });
    expect((await as('olga')('GET', '/tickets/t-AAAAAA/comments')).body).toEqual({ items: [body] });
    const { body: seen } = await as('olga')('GET', '/tickets/t-AAAAAA');
    expect(seen).toMatchObject({ comment_count: 1, has_ai_activity: true });
  });
});

describe('what is already in the asked state', () => {
  test('succeeds, and writes nothing', async () => {
    const { as, db } = await start();
    await as('olga')('POST', '/tickets/t-CCCCCC/archive');
    await as('olga')('POST', '/tickets/start-work', { ticket_ids: ['t-AAAAAA'], branch_name: 'fix' });
    const before = rows(db, 'SELECT count(*) AS n FROM activity')[0]!.n;
    const { body: untouched } = await as('olga')('GET', '/tickets/t-BBBBBB');
    const again: [string, string, unknown?][] = [
      ['POST', '/tickets/t-CCCCCC/archive'],
      ['POST', '/tickets/t-BBBBBB/restore'],
      ['POST', '/tickets/t-BBBBBB/move', { target_column_id: 'col_shop_todo' }],
      ['POST', '/tickets/t-BBBBBB/move', { target_column_id: 'col_shop_todo', position: 1 }],
      ['POST', '/tickets/t-BBBBBB/assignees', { user_id: 'usr_adam' }],
      ['DELETE', '/tickets/t-BBBBBB/assignees/usr_mia'],
      ['PATCH', '/tickets/t-BBBBBB', { title: 'Written by Mia', resolved: false }],
      ['POST', '/tickets/start-work', { ticket_ids: ['t-AAAAAA'], branch_name: 'fix' }],
    ];
    for (const [method, path, body] of again) {
      expect((await as('adam')(method, path, body)).status, path).toBe(200);
    }
    expect(rows(db, 'SELECT count(*) AS n FROM activity')[0]!.n).toBe(before);
    expect((await as('olga')('GET', '/tickets/t-BBBBBB')).body.updated).toEqual(untouched.updated);
  });
});

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
    let expected = [...numbered];
    db.write(() => {
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

describe('archiving and restoring', () => {
  test('an archived ticket leaves the board and can still be read', async () => {
    const { as } = await start();
    const { body } = await as('olga')('POST', '/tickets/t-AAAAAA/archive');
    expect(body).toMatchObject({ status: 'archived', archived_at: expect.stringMatching(/Z$/) });
    expect(ids(await as('olga')('GET', todo))).toEqual(['t-BBBBBB']);
    expect((await as('olga')('GET', '/tickets/t-AAAAAA')).body.status).toBe('archived');
  });

  test('restore goes back to the column it left', async () => {
    const { as } = await start();
    await as('olga')('POST', '/tickets/t-CCCCCC/archive');
    const { body } = await as('olga')('POST', '/tickets/t-CCCCCC/restore');
    expect(body).toMatchObject({ status: 'active', column_id: 'col_shop_doing', archived_at: null });
  });

  test('or to the first of the project if that is gone', async () => {
    const { as, db } = await start();
    await as('olga')('POST', '/tickets/t-CCCCCC/archive');
    const past = new Database(db);
    past.exec("DELETE FROM columns WHERE id = 'col_shop_doing'");
    past.close();
    const { body } = await as('olga')('POST', '/tickets/t-CCCCCC/restore');
    expect(body).toMatchObject({ status: 'active', column_id: 'col_shop_todo' });
    expect(ids(await as('olga')('GET', todo))).toEqual(['t-AAAAAA', 't-BBBBBB', 't-CCCCCC']);
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

describe('drafts', () => {
  const world = () =>
    smallWorld({
      tickets: [ticket('t-AAAAAA'), ticket('t-DDDDDD', { draft: true, title: 'Half a thought' })],
    });

  test('are left out of lists and searches, visible by id', async () => {
    const { as } = await start({ world: world() });
    for (const status of ['active', 'archived', 'all']) {
      expect(ids(await as('olga')('GET', `/projects/proj_shop/tickets?status=${status}`))).not.toContain(
        't-DDDDDD',
      );
    }
    expect(ids(await as('olga')('GET', '/tickets/search?query=thought'))).toEqual([]);
    expect(ids(await as('olga')('GET', '/tickets/search?query=t-DDDDDD'))).toEqual([]);
    expect((await as('olga')('GET', '/tickets/t-DDDDDD')).body).toMatchObject({ is_draft: true });
  });

  test('come into lists when they are published', async () => {
    const { as } = await start({ world: world() });
    await as('olga')('PATCH', '/tickets/t-DDDDDD', { is_draft: false });
    expect(ids(await as('olga')('GET', '/projects/proj_shop/tickets'))).toEqual(['t-AAAAAA', 't-DDDDDD']);
    expect(ids(await as('olga')('GET', '/tickets/search?query=thought'))).toEqual(['t-DDDDDD']);
  });
});

describe('starting work', () => {
  test.each([
    ['Checkout button is dead', 't-AAAAAA-checkout-button-is-dead'],
    ['Überraschung: it’s BROKEN!', 't-AAAAAA-uberraschung-its-broken'],
    ['登录按钮失效 🐛', 't-AAAAAA'],
    ['../../etc/passwd; rm -rf', 't-AAAAAA-etc-passwd-rm-rf'],
    ['word '.repeat(40), 't-AAAAAA-word-word-word-word-word-word-word-word-word-word'],
  ])('%j without a name is worked on in %s', async (title, branch) => {
    const { as } = await start({ world: smallWorld({ tickets: [ticket('t-AAAAAA', { title })] }) });
    const { body } = await as('olga')('POST', '/tickets/start-work', { ticket_ids: ['t-AAAAAA'] });
    expect(body).toEqual({ branch_name: branch, ticket_ids: ['t-AAAAAA'] });
    const { body: after } = await as('olga')('GET', '/tickets/t-AAAAAA');
    expect(after).toMatchObject({ branch_name: branch, column_id: 'col_shop_todo' });
  });

  test('more than one ticket needs a name', async () => {
    const { as } = await start();
    const ticket_ids = ['t-AAAAAA', 't-BBBBBB'];
    const refused = await as('olga')('POST', '/tickets/start-work', { ticket_ids });
    expect(refused.body.error.code).toBe('validation_error');
    const { body } = await as('olga')('POST', '/tickets/start-work', {
      ticket_ids,
      branch_name: 'feat/both',
    });
    expect(body).toEqual({ branch_name: 'feat/both', ticket_ids });
    for (const id of ticket_ids) {
      expect((await as('olga')('GET', `/tickets/${id}`)).body.branch_name).toBe('feat/both');
    }
  });

  test('an id that is named twice is worked on once', async () => {
    const { as } = await start();
    const { body } = await as('olga')('POST', '/tickets/start-work', {
      ticket_ids: ['t-AAAAAA', 't-AAAAAA'],
    });
    expect(body.ticket_ids).toEqual(['t-AAAAAA']);
    await as('olga')('POST', '/tickets/start-work', {
      ticket_ids: ['t-BBBBBB', 't-BBBBBB', 't-AAAAAA'],
      branch_name: 'both',
    });
    const { body: activity } = await as('olga')('GET', '/sandbox/tokens/tkn_olga/activity');
    expect(activity.items.map(({ ticket_id }: { ticket_id: string }) => ticket_id)).toEqual([
      't-AAAAAA',
      't-BBBBBB',
      't-AAAAAA',
    ]);
  });

  describe('refuses', () => {
    const sandbox = shared(() => start());

    test.each([
      '-x',
      'a b',
      'a..b',
      'a~1',
      'a^',
      'a:b',
      'a?',
      'a*',
      'a[b',
      'a\\b',
      '/a',
      'a/',
      'a//b',
      'a.lock',
      'x/.y',
      'a.',
      '@',
      'a@{b',
      'a\nb',
      'HEAD',
      'a\u202eb',
    ])('a name that git refuses is refused: %j', async (branch_name) => {
      const { as } = sandbox();
      const { status } = await as('olga')('POST', '/tickets/start-work', {
        ticket_ids: ['t-AAAAAA'],
        branch_name,
      });
      expect(status).toBe(400);
    });
  });

  test('all of the tickets or none', async () => {
    const { as } = await start();
    const refused = await as('olga')('POST', '/tickets/start-work', {
      ticket_ids: ['t-AAAAAA', 't-nowher'],
      branch_name: 'b',
    });
    expect(refused.body.error.code).toBe('ticket_not_found');
    expect((await as('olga')('GET', '/tickets/t-AAAAAA')).body.branch_name).toBeNull();
  });
});

describe('assigning', () => {
  test('somebody who can see the project, and taking them off', async () => {
    const { as } = await start();
    const { body } = await as('olga')('POST', '/tickets/t-BBBBBB/assignees', { user_id: 'usr_vic' });
    expect(body.assignees).toEqual([
      { id: 'usr_adam', name: 'Adam' },
      { id: 'usr_vic', name: 'Vic' },
    ]);
    const { body: after } = await as('olga')('DELETE', '/tickets/t-BBBBBB/assignees/usr_adam');
    expect(after.assignees).toEqual([{ id: 'usr_vic', name: 'Vic' }]);
  });

  test('somebody who can’t see it is user_not_found', async () => {
    const { as } = await start();
    for (const user_id of ['usr_gus', 'usr_none']) {
      expect((await as('olga')('POST', '/tickets/t-AAAAAA/assignees', { user_id })).body.error.code).toBe(
        'user_not_found',
      );
    }
    const vault = await as('olga')('POST', '/tickets/t-VVVVVV/assignees', { user_id: 'usr_adam' });
    expect(vault.body.error.code).toBe('user_not_found');
  });

  test('somebody who left the company can still be taken off', async () => {
    const { as, db } = await start();
    const past = new Database(db);
    past.exec("DELETE FROM memberships WHERE user_id = 'usr_adam'");
    past.close();
    const { body } = await as('olga')('DELETE', '/tickets/t-BBBBBB/assignees/usr_adam');
    expect(body.assignees).toEqual([]);
  });

  test('in bulk, each may fail alone', async () => {
    const { as } = await start();
    const ticket_ids = ['t-AAAAAA', 't-VVVVVV', 't-BBBBBB'];
    const add = await as('olga')('POST', '/tickets/bulk-assign', { ticket_ids, user_id: 'usr_adam' });
    expect(add.body.results.map(({ ok }: { ok: boolean }) => ok)).toEqual([true, false, true]);
    const remove = await as('olga')('POST', '/tickets/bulk-unassign', { ticket_ids, user_id: 'usr_adam' });
    expect(remove.body.results.map(({ ok }: { ok: boolean }) => ok)).toEqual([true, false, true]);
    expect((await as('olga')('GET', '/tickets/t-BBBBBB')).body.assignees).toEqual([]);
  });
});

test('a page’s address with what a browser would drop from it is refused', async () => {
  const { as } = await start();
  for (const gone of ['\n', '\t', '\r\n', '\u202e', '\u0000', ' '])
    expect(
      (
        await as('olga')('POST', '/projects/proj_shop/tickets', {
          title: 'x',
          source_url: `https://shop.example/${gone}path`,
        })
      ).status,
      JSON.stringify(gone),
    ).toBe(400);
});
