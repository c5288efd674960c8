/** Pages put together: none twice, none left out, and no end without a word. */
import { describe, expect, test } from 'vitest';
import { Failure } from '../../../src/base/failure.ts';
import { extraFieldsOf } from '../../../src/toado-api/answers/extra-fields.ts';
import { inPages } from '../../../src/toado-api/client/fetch-pages.ts';
import { isCut, markCut } from '../../../src/toado-api/json/incomplete-lists.ts';
import { queryOf } from '../../../src/toado-api/paging/cursors.ts';
import { type Route, routes } from '../../../src/toado-api/routes/routes.ts';

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

test('cursors that stand still on a later page are, too', async () => {
  let asked = 0;
  const ask = async () => ({ items: rows(Math.min(++asked, 2)), cursor: `c${asked}` });
  await expect(inPages(routes.listMembers, {}, ask)).rejects.toThrow(/same page again/);
  expect(asked).toBe(3);
});

test('what is said beside any page is kept: lists put together, and of the rest the first', async () => {
  const pages = [
    { items: rows(1), cursor: 'c1', notices: ['one'], total: 2 },
    { items: rows(2), notices: ['two'], total: 3, warning: 'slow' },
  ];
  const all = await inPages(routes.listMembers, {}, async () => pages.shift()!);
  expect(extraFieldsOf(all as object)).toMatchObject({ notices: ['one', 'two'], total: 2, warning: 'slow' });
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

test('one thing is no list, and passes as it is', async () => {
  const ticket = { id: 't-1', cursor: 'x', items: [1] };
  expect(await inPages(routes.getTicket, { ticket_id: 't-1' }, async () => ticket)).toBe(ticket);
});

test('twenty pages are read of a list that comes whole, and then it is a part', async () => {
  let asked = 0;
  const ask = async () => ({ items: rows(asked++), cursor: `c${asked}` });
  const all = (await inPages(routes.listMembers, {}, ask)) as object[];
  expect([all.length, isCut(all), asked]).toEqual([20, true, 20]);
});

test('one of its pages that was cut makes it a part', async () => {
  let asked = 0;
  const ask = async () => (asked++ === 0 ? { items: rows(1), cursor: 'c1' } : { items: markCut(rows(2)) });
  expect(isCut((await inPages(routes.listMembers, {}, ask)) as object[])).toBe(true);
});

test('its next pages are asked for with its own arguments and the cursor', async () => {
  const asked: unknown[] = [];
  const ask = async ({ query }: Route, args: object) => {
    asked.push([query, args]);
    return asked.length === 1 ? { items: [...rows(1), null], cursor: 'c1' } : { items: rows(2) };
  };
  await inPages(routes.listProjects, { company_id: 'co_1' }, ask as never);
  expect(asked).toEqual([
    [['company_id'], { company_id: 'co_1' }],
    [['company_id', 'cursor'], { company_id: 'co_1', cursor: 'c1' }],
  ]);
});

test('a page whose cursor is the one that it was asked for with is the same page again, or an end', async () => {
  const ask = (items: unknown[]) => async () => ({ items, cursor: 'c1' });
  await expect(inPages(routes.listTickets, { cursor: 'c1' }, ask(rows(1)))).rejects.toMatchObject({
    code: 'bad_answer',
    outcome: 'no_answer',
    sentence: expect.stringMatching(/same page again: GET \/projects\/.* under another name\./),
  });
  expect(await inPages(routes.listTickets, { cursor: 'c1' }, ask([]))).toEqual({ items: [] });
});

describe('a cursor whose argument is guessed', () => {
  const guessed = 'g:pageToken=c1';
  const no = (status: number) =>
    new Failure('validation_error', 'No.', 'Look.', { outcome: 'rejected', status });
  /** Refuses all cursors but one. */
  const askThatTakes = (taken: string | undefined, status = 400) => {
    const asked: (string | undefined)[] = [];
    const ask = async (_: unknown, { cursor }: Args) => {
      asked.push(cursor);
      if (cursor !== taken) throw no(status);
      return { items: rows(1) };
    };
    return { asked, ask: ask as never };
  };

  test.each([400, 422])('is tried under each name alone where both are refused with %i', async (status) => {
    for (const [taken, tries] of [
      ['n:pageToken=c1', 2],
      ['c1', 3],
    ] as const) {
      const { asked, ask } = askThatTakes(taken, status);
      expect(await inPages(routes.listTickets, { cursor: guessed }, ask)).toEqual({ items: rows(1) });
      expect(asked).toEqual([guessed, 'n:pageToken=c1', 'c1'].slice(0, tries));
    }
  });

  test('that is refused under all of them is that refusal', async () => {
    const { asked, ask } = askThatTakes(undefined);
    await expect(inPages(routes.listTickets, { cursor: guessed }, ask)).rejects.toMatchObject({
      code: 'validation_error',
    });
    expect(asked).toHaveLength(3);
  });

  test('other refusals, and other cursors, are tried once', async () => {
    for (const [cursor, status] of [
      [guessed, 403],
      [guessed, 500],
      ['c1', 400],
    ] as const) {
      const { asked, ask } = askThatTakes('another', status);
      await expect(inPages(routes.listTickets, { cursor }, ask)).rejects.toMatchObject({
        details: { status },
      });
      expect(asked).toEqual([cursor]);
    }
    const bug = new TypeError('a bug');
    await expect(inPages(routes.listTickets, { cursor: guessed }, () => Promise.reject(bug))).rejects.toBe(
      bug,
    );
  });

  test('a failure of another kind ends the tries', async () => {
    let asked = 0;
    const ask = () => Promise.reject(++asked === 1 ? no(400) : no(503));
    await expect(inPages(routes.listTickets, { cursor: guessed }, ask)).rejects.toMatchObject({
      details: { status: 503 },
    });
    expect(asked).toBe(2);
  });
});
