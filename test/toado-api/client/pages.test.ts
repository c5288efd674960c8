/** Pages put together: none twice, none left out, and no end without a word. */
import { expect, test } from 'vitest';
import { inPages } from '../../../src/toado-api/client/pages.ts';
import { isCut } from '../../../src/toado-api/json/cut-lists.ts';
import { queryOf } from '../../../src/toado-api/paging/cursors.ts';
import { routes } from '../../../src/toado-api/routes/routes.ts';

const rows = (...ids: number[]) => ids.map((id) => ({ id: String(id) }));
type Args = { cursor?: string; limit?: number };

test('a cursor that is new each time and leads nowhere is noticed at the second page', async () => {
  let asked = 0;
  const ask = async () => ({ items: rows(1, 2), cursor: `c${asked++}` });
  await expect(inPages(routes.listMembers, {}, ask)).rejects.toThrow(/same page again/);
  expect(asked).toBe(2);
});

test('cursors that lead round in a circle are, too', async () => {
  let asked = 0;
  const pages = [rows(1), rows(2)];
  const ask = async () => ({ items: pages[asked % 2]!, cursor: `c${asked++}` });
  await expect(inPages(routes.listMembers, {}, ask)).rejects.toThrow(/same page again/);
});

test('a list that grows while it is read is no circle', async () => {
  const pages = [rows(1, 2), rows(2, 3), rows(4)];
  let asked = 0;
  const ask = async () => {
    const items = pages[asked++]!;
    return asked < pages.length ? { items, cursor: `c${asked}` } : { items };
  };
  const all = (await inPages(routes.listMembers, {}, ask)) as object[];
  expect([all.length, isCut(all)]).toEqual([5, false]);
});

test('a list that comes whole ends after many empty pages, and says that it may be a part', async () => {
  let asked = 0;
  const ask = async () => ({ items: asked++ === 0 ? rows(1) : [], cursor: `c${asked}` });
  const all = (await inPages(routes.listMembers, {}, ask)) as object[];
  expect([all.length, isCut(all), asked]).toEqual([1, true, 11]);
});

test('rows between empty pages are all read', async () => {
  let asked = 0;
  const ask = async () => ({
    items: ++asked % 9 === 0 ? rows(asked) : [],
    ...(asked < 19 && { cursor: `c${asked}` }),
  });
  const all = (await inPages(routes.listMembers, {}, ask)) as object[];
  expect([all.map((row) => (row as { id: string }).id), isCut(all)]).toEqual([['9', '18'], false]);
});

test('a full page whose next cursor is the number 0 may not be the last', async () => {
  const ask = async () => ({ items: rows(1, 2), endsInZero: true });
  expect(await inPages(routes.listTickets, { limit: 2 }, ask)).toEqual({
    items: rows(1, 2),
    endUnknown: true,
  });
  expect(await inPages(routes.listTickets, { limit: 3 }, ask)).toEqual({ items: rows(1, 2) });
});

test('numbered pages are read to the end with the first one’s size, whatever later calls say', async () => {
  const total = 23;
  const shown: number[] = [];
  /** Takes `page` and `limit`, 50 by default. */
  const ask = async (_route: unknown, { cursor, limit = 50 }: Args) => {
    const query = cursor === undefined ? undefined : queryOf(cursor);
    const size = Number(query?.get('limit') ?? limit);
    const page = Number(query?.get('page') ?? 1);
    const from = (page - 1) * size;
    const items = rows(...Array.from({ length: total }, (_, at) => at).slice(from, from + size));
    return { items, ...(from + size < total ? { cursor: `n:page=${page + 1}` } : {}) };
  };
  let cursor: string | undefined;
  for (const limit of [10, 50, 5]) {
    const page = (await inPages(routes.listTickets, { limit, cursor }, ask as never)) as {
      items: { id: string }[];
      cursor?: string;
    };
    shown.push(...page.items.map(({ id }) => Number(id)));
    cursor = page.cursor;
  }
  expect(shown).toEqual(Array.from({ length: total }, (_, at) => at));
  expect(cursor).toBeUndefined();
});
