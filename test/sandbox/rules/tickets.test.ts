import Database from 'libsql';
import { describe, expect, test } from 'vitest';
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

  test('a project without columns takes none', async () => {
    const plain = smallWorld({ tickets: [] });
    const [shop, ...others] = plain.projects;
    const { as } = await start({ world: { ...plain, projects: [{ ...shop!, columns: [] }, ...others] } });
    const { body } = await as('olga')('POST', '/projects/proj_shop/tickets', { title: 'New' });
    expect(body.error).toMatchObject({ code: 'column_not_found' });
  });

  test('a description may be empty, and become so', async () => {
    const { as } = await start();
    const { body } = await as('olga')('POST', '/projects/proj_shop/tickets', {
      title: 'New',
      description: '',
    });
    expect(body.description).toBe('');
    await as('olga')('PATCH', `/tickets/${body.id}`, { description: 'Why' });
    const emptied = await as('olga')('PATCH', `/tickets/${body.id}`, { description: '' });
    expect([emptied.status, emptied.body.description]).toEqual([200, '']);
  });

  test('or of the named one', async () => {
    const { as } = await start();
    const { body } = await as('olga')('POST', '/projects/proj_shop/tickets', {
      title: 'New',
      column_id: 'col_shop_done',
    });
    expect(body.column_id).toBe('col_shop_done');
  });

  test('in no column of another project', async () => {
    const { as } = await start();
    for (const column_id of ['col_vault_todo', 'col_none']) {
      const { body } = await as('olga')('POST', '/projects/proj_shop/tickets', { title: 'New', column_id });
      expect(body.error.code).toBe('column_not_found');
    }
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
      expect(changed.has_ai_activity, 'once and for all').toBe(true);
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

  test('of another client than an MCP server it is said that it came by the API', async () => {
    const { as } = await start();
    const other = { 'x-toado-client': 'extension' };
    const { body } = await as('mia')('POST', '/projects/proj_shop/tickets', { title: 'New' }, other);
    expect(body).toMatchObject({ created: { via: 'api' }, has_ai_activity: false });
  });

  test('an edit leaves who created the ticket as it was', async () => {
    const { as } = await start();
    const { body } = await as('adam')('PATCH', '/tickets/t-AAAAAA', { resolved: true }, mcp);
    expect(body.created).toMatchObject({ user: { id: 'usr_olga' }, token: null, via: 'web' });
    expect(body.updated).toMatchObject({ user: { id: 'usr_adam' }, token: { id: 'tkn_adam' }, via: 'mcp' });
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

describe('archiving and restoring', () => {
  test('an archived ticket leaves the board and can still be read', async () => {
    const { as } = await start();
    const { body } = await as('olga')('POST', '/tickets/t-AAAAAA/archive');
    expect(body).toMatchObject({ status: 'archived', archived_at: expect.stringMatching(/Z$/) });
    expect(ids(await as('olga')('GET', todo))).toEqual(['t-BBBBBB']);
    expect((await as('olga')('GET', '/tickets/t-AAAAAA')).body.status).toBe('archived');
  });

  test('restore goes back to the column it left', async () => {
    const { as, bare } = await start();
    await as('olga')('POST', '/tickets/t-CCCCCC/archive');
    const { body } = await as('olga')('POST', '/tickets/t-CCCCCC/restore');
    expect(body).toMatchObject({ status: 'active', column_id: 'col_shop_doing', archived_at: null });
    const history = (await bare('GET', '/sandbox/tokens/tkn_olga/activity')).body.items;
    expect(history[0]).toMatchObject({ action: 'restore_ticket', detail: { to: 'doing' } });
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
