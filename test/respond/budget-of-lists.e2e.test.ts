/** Impossible to drown in: pages of lists fit their budget, and each row is shown exactly once. */
import { describe, expect, test, vi } from 'vitest';
import type { FakeRequest } from '../support/fake-api.ts';
import type { Connected } from '../support/program.ts';
import { type CallResult, textOf } from '../support/sdk-client.ts';
import { expectFits, type Row, TICKET, TOKENS, ticketId, withBudget } from './within-budget.ts';

// Many pages, one program each: slow on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const small = withBudget(TOKENS);
const large = withBudget(8_000);

function start(answer: (request: FakeRequest) => unknown, tokens = TOKENS): Connected {
  return (tokens === TOKENS ? small() : large())(answer);
}

/** Pages with a cursor that names the row after which it goes on, as an API does whose cursors stay right. */
function keyset(rows: Row[], { query }: FakeRequest): { items: Row[]; cursor?: string } {
  const limit = Number(query.get('limit'));
  const cursor = query.get('cursor');
  const from = cursor ? rows.findIndex(({ id }) => id === cursor) + 1 : 0;
  const items = rows.slice(from, from + limit);
  const more = from + limit < rows.length;
  return more ? { items, cursor: items.at(-1)!.id } : { items };
}

async function allPages(
  tool: string,
  args: Record<string, unknown>,
  { call }: Connected,
  between: (pages: number, seen: Row[], cursor: string) => void = () => {},
  tokens = TOKENS,
): Promise<{ rows: Row[]; pages: CallResult[] }> {
  const rows: Row[] = [];
  const pages: CallResult[] = [];
  let cursor: unknown;
  do {
    const page = await call(tool, { ...args, ...(cursor ? { cursor } : {}) });
    expectFits(page, tokens);
    const { structuredContent } = page;
    const items = (structuredContent!.items ??
      structuredContent![Object.keys(structuredContent!)[0]!]) as Row[];
    expect(items.length).toBeGreaterThan(0);
    rows.push(...items);
    pages.push(page);
    cursor = structuredContent!.next_cursor;
    if (cursor) {
      expect(textOf(page)).toMatch(/ shown, there are more; next: cursor "[^"]+"/);
      expect(textOf(page), 'said once').not.toContain('next_cursor');
    }
    between(pages.length, rows, String(cursor));
  } while (cursor && pages.length < 500);
  return { rows, pages };
}

describe('lists', () => {
  const board = (count: number): Row[] =>
    Array.from({ length: count }, (_, at) => ({
      id: ticketId(at),
      title: `Ticket ${at} ${'long '.repeat(12)}`,
    }));
  const ids = (rows: Row[]) => rows.map(({ id }) => id);

  test('partial pages go on where they ended: every row exactly once', async () => {
    const rows = board(240);
    const connected = start((request) => keyset(rows, request));
    const { rows: seen, pages } = await allPages('list_tickets', { project_id: 'proj_1' }, connected);
    expect(ids(seen)).toEqual(ids(rows));
    expect(pages.length).toBeGreaterThan(5);
    expect(textOf(pages[0]!)).toMatch(
      /items: \d+ of at least 50 shown, there are more; next: cursor "more\./,
    );
    expect(textOf(pages[0]!)).not.toContain('{"');
  });

  test('also while rows are added before them', async () => {
    const rows = board(120);
    const first = ids(rows);
    const connected = start((request) => keyset(rows, request));
    const { rows: seen } = await allPages('search_tickets', { query: 'x' }, connected, (page) => {
      const added = Array.from({ length: 70 }, (_, at) => ({
        id: ticketId(1_000 * page + at),
        title: 'new',
      }));
      if (page <= 3) rows.unshift(...added);
    });
    expect(ids(seen).filter((id) => first.includes(id))).toEqual(first);
  });

  test('also when the last row that was shown is gone', async () => {
    const rows = board(120);
    const first = ids(rows);
    const connected = start((request) => keyset(rows, request));
    const gone: string[] = [];
    const { rows: seen } = await allPages(
      'list_tickets',
      { project_id: 'proj_1' },
      connected,
      (_page, shown, cursor) => {
        const last = shown.at(-1)!.id;
        // Only inside a page of the API: its own cursors are its own business.
        if (!cursor.startsWith('more.')) return;
        gone.push(last);
        rows.splice(
          rows.findIndex(({ id }) => id === last),
          1,
        );
      },
    );
    expect(gone.length).toBeGreaterThan(2);
    expect(ids(seen)).toEqual(first);
  });

  test('thousands of network entries', async () => {
    const network = Array.from({ length: 3_000 }, (_, at) => ({
      method: 'GET',
      url: `https://x.example/${at}?${'q'.repeat(40)}`,
      status: 200,
      started_at: new Date(1e12 + at * 1000).toISOString(),
    }));
    const connected = start(
      () => ({
        id: TICKET,
        title: 'Busy',
        has_capture: true,
        capture: { health: [] },
        devtools: { network, console: [], errors: [] },
      }),
      8_000,
    );
    const { rows, pages } = await allPages(
      'get_devtools',
      { ticket_id: TICKET, panel: 'network', limit: 100 },
      connected,
      undefined,
      8_000,
    );
    expect(rows.map(({ url }) => url)).toEqual(network.map(({ url }) => url));
    expect(textOf(pages[0]!)).toMatch(/items: \d+ of 3000 shown, there are more; next: cursor/);
    expect(textOf(pages.at(-1)!)).toMatch(/items: \d+–3000 of 3000 shown; these are the last\./);
  });

  test('lists that the API answers whole have cursors, too', async () => {
    const members = Array.from({ length: 300 }, (_, at) => ({
      id: `usr_${at}`,
      name: `Person ${at}`,
      email: `person.${at}@example.com`,
    }));
    const connected = start(() => members);
    const { rows } = await allPages('list_members', { project_id: 'proj_1' }, connected);
    expect(rows.map(({ id }) => id)).toEqual(members.map(({ id }) => id));
  });

  test('a cursor of another list is refused', async () => {
    const connected = start((request) => keyset(board(240), request));
    const { structuredContent } = await connected.call('list_tickets', { project_id: 'proj_1' });
    const cursor = structuredContent!.next_cursor;
    for (const other of [{ project_id: 'proj_2' }, { project_id: 'proj_1', status: 'all' }]) {
      const result = await connected.call('list_tickets', { ...other, cursor });
      expect(textOf(result)).toMatch(/^invalid_cursor \(not_sent\)/);
    }
  });

  test('one long title does not make blocks of a board', async () => {
    const rows = board(12);
    rows[3]!.title = 'very long '.repeat(40);
    const connected = start((request) => keyset(rows, request), 8_000);
    const text = await connected.text('list_tickets', { project_id: 'proj_1' });
    expect(text.split('\n').filter((line) => /^t-\d{6} \| /.test(line))).toHaveLength(12);
  });

  test('a list in which every item is enormous still shows one of them, and goes on', async () => {
    const comments = Array.from({ length: 5 }, (_, at) => ({
      id: `cmt_${at}`,
      body: `${at} ${'z'.repeat(300_000)}`,
    }));
    const connected = start((request) => keyset(comments, request));
    const { rows } = await allPages('list_comments', { ticket_id: TICKET }, connected);
    expect(rows.map(({ id }) => id)).toEqual(comments.map(({ id }) => id));
  });
});
