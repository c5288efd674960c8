import Libsql from 'libsql';
import { describe, expect, test } from 'vitest';
import { findPerson } from '../../../src/sandbox/auth/person.ts';
import { Database, type SqlValue } from '../../../src/sandbox/db/database.ts';
import { activityOfTicket, activityOfToken } from '../../../src/sandbox/queries/activity.ts';
import { listTickets } from '../../../src/sandbox/queries/board.ts';
import { listComments } from '../../../src/sandbox/queries/comments.ts';
import { searchTickets } from '../../../src/sandbox/queries/search-tickets.ts';
import { shared } from '../../support/ending.ts';
import { ids, smallWorld, start, ticket, walk } from '../support/sandbox.ts';

const number = (at: number) => `t-${String(at).padStart(6, '0')}`;
const board = '/projects/proj_shop/tickets';

/** 30 tickets over the three columns; every fifth is archived. */
function world() {
  const columns = ['col_shop_todo', 'col_shop_doing', 'col_shop_done'];
  return smallWorld({
    tickets: Array.from({ length: 30 }, (_, at) =>
      ticket(number(at), {
        column: columns[at % 3]!,
        title: at % 2 ? 'odd one' : 'even one',
        ...(at % 5 === 4 && { archivedMinutesAgo: 1 }),
      }),
    ),
  });
}

const all = Array.from({ length: 30 }, (_, at) => at);
const inOrder = (which: (at: number) => boolean) =>
  [0, 1, 2].flatMap((column) => all.filter((at) => at % 3 === column && which(at)).map(number));
const isArchived = (at: number) => at % 5 === 4;

/** Only read. */
const sandbox = shared(() => start({ world: world() }));

test('projects, columns and members are as the contract has them', async () => {
  const olga = sandbox().as('olga');
  const { body: projects } = await olga('GET', '/projects?company_id=co_acme');
  expect(projects[0]).toMatchObject({
    id: 'proj_shop',
    company_id: 'co_acme',
    url_patterns: ['https://shop.example/*'],
  });
  expect((await olga('GET', '/projects/proj_shop/columns')).body).toEqual([
    { id: 'col_shop_todo', name: 'todo', order: 0 },
    { id: 'col_shop_doing', name: 'doing', order: 1 },
    { id: 'col_shop_done', name: 'done', order: 2 },
  ]);
  expect((await olga('GET', '/projects/proj_vault/members')).body).toEqual([
    { id: 'usr_olga', name: 'Olga', email: 'olga@acme.example', role: 'owner' },
    { id: 'usr_mia', name: 'Mia', email: 'mia@acme.example', role: 'member' },
  ]);
});

describe('the list of a project', () => {
  test('is in board order: column by column, from the top', async () => {
    const { as } = sandbox();
    expect(ids(await as('olga')('GET', board))).toEqual(inOrder((at) => !isArchived(at)));
  });

  test.each([
    ['status=active', (at: number) => !isArchived(at)],
    ['status=archived', isArchived],
    ['status=all', () => true],
    ['column_id=col_shop_doing', (at: number) => !isArchived(at) && at % 3 === 1],
    ['query=odd', (at: number) => !isArchived(at) && at % 2 === 1],
    ['query=odd&status=all&column_id=col_shop_done', (at: number) => at % 2 === 1 && at % 3 === 2],
    ['query=', (at: number) => !isArchived(at)],
    ['query=nothing', () => false],
    ['query=%22%22', () => false],
  ] as const)('is filtered by %s, over pages of any size', async (filter, which) => {
    const { as } = sandbox();
    for (const limit of [1, 4, 7, 100]) {
      expect(await walk(as('olga'), `${board}?${filter}&limit=${limit}`)).toEqual(inOrder(which));
    }
  });

  test('has no cursor on its last page', async () => {
    const { as } = sandbox();
    expect((await as('olga')('GET', `${board}?limit=24`)).body.cursor).toBeUndefined();
    expect((await as('olga')('GET', `${board}?limit=23`)).body.cursor).toEqual(expect.any(String));
  });

  test('has 50 to a page by default', async () => {
    const tickets = Array.from({ length: 60 }, (_, at) => ticket(number(at)));
    const { as } = await start({ world: smallWorld({ tickets }) });
    expect(ids(await as('olga')('GET', board))).toHaveLength(50);
  });

  test('carries assignees and counts', async () => {
    const { as } = await start();
    await as('olga')('POST', '/tickets/t-BBBBBB/comments', { body: 'x' });
    const { body } = await as('olga')('GET', board);
    expect(body.items[1]).toEqual({
      id: 't-BBBBBB',
      title: 'Written by Mia',
      project_id: 'proj_shop',
      column_id: 'col_shop_todo',
      status: 'active',
      resolved: false,
      is_draft: false,
      assignees: [{ id: 'usr_adam', name: 'Adam' }],
      comment_count: 1,
      has_capture: false,
      has_ai_activity: false,
      source_url: null,
      branch_name: null,
      created_at: expect.stringMatching(/^\d{4}-.*Z$/),
      updated_at: expect.stringMatching(/^\d{4}-.*Z$/),
    });
  });
});

describe('cursors stay right', () => {
  test('while tickets are added, on the board', async () => {
    const { as } = await start({ world: world() });
    const found = await walk(as('olga'), `${board}?limit=5`, () =>
      as('olga')('POST', board, { title: 'In between' }),
    );
    expect(found.filter((id) => /^t-0000/.test(id))).toEqual(inOrder((at) => !isArchived(at)));
    expect(new Set(found).size).toBe(found.length);
  });

  test('while tickets go, on the board: even the one that the page ended with', async () => {
    const { as } = await start({ world: world() });
    const seen: string[] = [];
    const found = await walk(as('olga'), `${board}?limit=5`, async () => {
      const last = (await as('olga')('GET', `${board}?limit=5`)).body.items.at(-1).id;
      seen.push(last);
      await as('olga')('POST', `/tickets/${last}/archive`);
    });
    expect(found).toEqual(inOrder((at) => !isArchived(at)));
    expect(seen.length).toBeGreaterThan(3);
  });

  test('while others are sorted', async () => {
    const { as } = await start({ world: world() });
    const found = await walk(as('olga'), `${board}?limit=5`, async (page) => {
      await as('olga')('POST', `/tickets/${number(27)}/move`, {
        target_column_id: 'col_shop_todo',
        position: page % 3,
      });
    });
    const others = (list: string[]) => list.filter((id) => id !== number(27));
    expect(others(found)).toEqual(others(inOrder((at) => !isArchived(at))));
  });

  test('while a column’s ranks, which have become long, are spread anew', async () => {
    const { as, db } = await start({ world: world() });
    const file = new Libsql(db);
    const rank = (at: number) =>
      (file.prepare('SELECT rank FROM tickets WHERE id = ?').get([number(at)]) as { rank: string }).rank;
    const long = rank(0) + 'V'.repeat(120);
    for (const [at, end] of [
      [3, '1'],
      [6, '3'],
    ] as const)
      file.prepare('UPDATE tickets SET rank = ? WHERE id = ?').run([long + end, number(at)]);
    const found = await walk(as('olga'), `${board}?limit=2`, async (page) => {
      if (page > 0) return;
      await as('olga')('POST', `/tickets/${number(27)}/move`, {
        target_column_id: 'col_shop_todo',
        position: 2,
      });
      expect(rank(3).length, 'they were spread').toBeLessThan(20);
    });
    file.close();
    const others = (list: string[]) => list.filter((id) => id !== number(27));
    expect(others(found)).toEqual(others(inOrder((at) => !isArchived(at))));
    expect(found[2]).toBe(number(27));
  });

  test('while tickets are added, in a search', async () => {
    const { as } = await start({ world: world() });
    const before = await walk(as('olga'), '/tickets/search?query=one&limit=100');
    const found = await walk(as('olga'), '/tickets/search?query=one&limit=5', () =>
      as('olga')('POST', board, { title: 'another one' }),
    );
    expect(found).toEqual(before);
    expect(found).toHaveLength(24);
  });

  test('while comments are added', async () => {
    const { as } = await start();
    const post = (at: number) => as('olga')('POST', '/tickets/t-AAAAAA/comments', { body: `comment ${at}` });
    for (let at = 0; at < 10; at++) await post(at);
    let added = 10;
    const bodies: string[] = [];
    let cursor = '';
    do {
      const { body } = await as('olga')('GET', `/tickets/t-AAAAAA/comments?limit=3${cursor}`);
      bodies.push(...body.items.map((comment: { body: string }) => comment.body));
      cursor = body.cursor ? `&cursor=${body.cursor}` : '';
      if (added < 13) await post(added++);
    } while (cursor);
    expect(bodies).toEqual(Array.from({ length: 13 }, (_, at) => `comment ${at}`));
  });
});

describe('a cursor', () => {
  test('of another list or other filters, a changed one and any other text are invalid', async () => {
    const { as } = await start({ world: world() });
    const { cursor } = (await as('olga')('GET', `${board}?limit=5`)).body;
    const search = (await as('olga')('GET', '/tickets/search?query=one&limit=5')).body.cursor;
    const broken = cursor.slice(0, -2) + (cursor.endsWith('AA') ? 'BB' : 'AA');
    for (const path of [
      `/projects/proj_vault/tickets?cursor=${cursor}`,
      `${board}?status=all&cursor=${cursor}`,
      `${board}?column_id=col_shop_todo&cursor=${cursor}`,
      `${board}?query=odd&cursor=${cursor}`,
      `/tickets/search?query=one&cursor=${cursor}`,
      `/tickets/search?query=other&cursor=${search}`,
      `/tickets/search?query=one&project_id=proj_shop&cursor=${search}`,
      `/tickets/search?query=is:archived+one&cursor=${search}`,
      `/tickets/${number(0)}/comments?cursor=${cursor}`,
      `${board}?cursor=${broken}`,
      `${board}?cursor=`,
      `${board}?cursor=x`,
      `${board}?cursor=%00`,
      `${board}?cursor=${'A'.repeat(1500)}`,
    ]) {
      const { status, body } = await as('olga')('GET', path);
      expect(`${path} ${status} ${body.error?.code}`).toBe(`${path} 400 invalid_cursor`);
    }
  });

  test('works with another limit', async () => {
    const { as } = await start({ world: world() });
    const { cursor } = (await as('olga')('GET', `${board}?limit=5`)).body;
    expect(ids(await as('olga')('GET', `${board}?limit=50&cursor=${cursor}`))).toEqual(
      inOrder((at) => !isArchived(at)).slice(5),
    );
  });
});

/** Keeps what it is asked. */
class Recording extends Database {
  readonly asked: { sql: string; params: SqlValue[] }[] = [];

  override all<Row>(sql: string, ...params: SqlValue[]): Row[] {
    this.asked.push({ sql, params });
    return super.all<Row>(sql, ...params);
  }
}

test('lists walk their indexes in order: nothing is scanned, no tickets are sorted', async () => {
  const sandbox = await start({ world: world() });
  const db = new Recording(sandbox.db);
  for (const status of ['active', 'archived', 'all'] as const) {
    listTickets(db, 'proj_shop', { status, limit: 5 });
  }
  listTickets(db, 'proj_shop', { status: 'active', limit: 5, query: 'odd' });
  listComments(db, 1, { limit: 5 });
  const olga = findPerson(db, 'usr_olga')!;
  activityOfToken(db, olga, 'tkn_olga', { limit: 5 });
  activityOfTicket(db, olga, 't-000001', { limit: 5 });
  searchTickets(db, ['proj_shop'], { query: 'odd', limit: 5 });
  db.close();
  // On a connection of its own: the driver never finishes an EXPLAIN, which would keep that one's snapshot.
  const past = new Libsql(sandbox.db);
  const steps = db.asked.flatMap(
    ({ sql, params }) => past.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(params) as { detail: string }[],
  );
  past.close();
  const plans = [...new Set(steps.map(({ detail }) => detail))];
  expect(plans).toContain('SEARCH t USING INDEX tickets_on_board (column_id=? AND rank>?)');
  expect(plans).toContain('SEARCH t USING INDEX tickets_archived (column_id=? AND rank>?)');
  expect(plans).toContain('SEARCH t USING INDEX tickets_in_column (column_id=? AND rank>?)');
  expect(plans).toContain('SEARCH c USING INDEX comments_by_ticket (ticket_seq=? AND seq>?)');
  expect(plans).toContain('SEARCH a USING INDEX activity_by_token (token_id=? AND seq<?)');
  expect(plans).toContain('SEARCH a USING INDEX activity_by_ticket (ticket_id=? AND seq<?)');
  expect(
    plans.filter((step) =>
      /SCAN (?!json_each|s VIRTUAL|ticket_search VIRTUAL)|TEMP B-TREE FOR (?!json_group_array)/.test(step),
    ),
  ).toEqual([]);
});
