/** Cursors that lead on inside of a page: none twice, none left out, and none that somebody made up. */
import { describe, expect, test } from 'vitest';
import { markCut } from '../../../src/toado-api/json/incomplete-lists.ts';
import { fetchPage, slicePage, wholeList } from '../../../src/tool-kit/lists/paging.ts';

interface Row {
  id?: string;
}
interface Asked {
  limit?: number | undefined;
  cursor?: string | undefined;
}

const LIST = { project_id: 'proj_1' };
const rows = (from: number, to: number): Row[] =>
  Array.from({ length: to - from }, (_, at) => ({ id: `t-${from + at}` }));

/** An API with pages of what is in `all`, and what it was asked. */
function api(all: Row[]) {
  const asked: Asked[] = [];
  const fetch = async ({ limit = 50, cursor }: Asked) => {
    asked.push({ limit, cursor });
    const from = Number(cursor ?? 0);
    const items = all.slice(from, from + limit);
    return { items, ...(from + limit < all.length && { cursor: String(from + limit) }) };
  };
  return { asked, fetch };
}

const idsOf = (items: readonly { id?: string | null }[]) => items.map(({ id }) => id);

/** Every row that is shown, where an answer takes so many. */
async function walk(
  fetch: (asked: Asked) => Promise<{ items: Row[]; cursor?: string }>,
  shown: number,
  limit = 50,
) {
  const seen: Row[] = [];
  let cursor: string | undefined;
  for (let calls = 0; calls < 200; calls++) {
    const { items, rest } = await fetchPage(LIST, { limit, cursor }, fetch);
    const part = items.slice(0, shown);
    seen.push(...part);
    cursor = rest.cursor!(part.length);
    if (cursor === undefined) return seen;
  }
  throw new Error('no end');
}

describe('a page of which only a part is shown', () => {
  test.each([1, 7, 49, 50, 100])('goes on right there: %i rows an answer', async (shown) => {
    const { fetch } = api(rows(0, 120));
    expect(idsOf(await walk(fetch, shown))).toEqual(idsOf(rows(0, 120)));
  });

  test('is asked for once a call, with room for what was shown', async () => {
    const { asked, fetch } = api(rows(0, 30));
    const first = await fetchPage(LIST, { limit: 20 }, fetch);
    await fetchPage(LIST, { limit: 20, cursor: first.rest.cursor!(8) }, fetch);
    await fetchPage(LIST, { limit: 100, cursor: first.rest.cursor!(8) }, fetch);
    expect(asked.map(({ limit }) => limit)).toEqual([20, 28, 100]);
  });

  test('a page that is shown whole goes on with the API’s own cursor', async () => {
    const { fetch } = api(rows(0, 60));
    const { rest } = await fetchPage(LIST, {}, fetch);
    expect(rest.cursor!(50)).toBe('50');
    expect(rest.cursor!(49)).toMatch(/^more\./);
  });

  test('what came before it meanwhile is skipped, and found again on a later page', async () => {
    let all = rows(0, 90);
    const { fetch, asked } = api([]);
    const moving = (given: Asked) => api(all).fetch(given);
    const { rest } = await fetchPage(LIST, { limit: 20 }, moving);
    const cursor = rest.cursor!(10);
    all = [...rows(1_000, 1_150), ...rows(0, 90)];
    const counted: Asked[] = [];
    const { items } = await fetchPage(LIST, { limit: 20, cursor }, (given) => {
      counted.push(given);
      return moving(given);
    });
    expect(idsOf(items).slice(0, 3)).toEqual(['t-10', 't-11', 't-12']);
    expect(counted.length).toBeGreaterThan(1);
    expect([asked, fetch.length]).toEqual([[], 1]);
  });

  test('the last one shown may have gone: the one before it tells, or else how many there were', async () => {
    let all = rows(0, 40);
    const moving = (given: Asked) => api(all).fetch(given);
    const { rest } = await fetchPage(LIST, { limit: 20 }, moving);
    const cursor = rest.cursor!(10);
    all = rows(0, 40).filter(({ id }) => id !== 't-9');
    expect(idsOf((await fetchPage(LIST, { limit: 20, cursor }, moving)).items)[0]).toBe('t-10');
    all = rows(0, 40).filter(({ id }) => !['t-7', 't-8', 't-9'].includes(id!));
    expect(idsOf((await fetchPage(LIST, { limit: 20, cursor }, moving)).items)[0]).toBe('t-13');
  });

  test('where all before it has gone, the last one shown is the first', async () => {
    let all = rows(0, 40);
    const moving = (given: Asked) => api(all).fetch(given);
    const { rest, isListEmpty } = await fetchPage(LIST, { limit: 20 }, moving);
    expect(isListEmpty).toBe(false);
    const cursor = rest.cursor!(6);
    all = rows(5, 40);
    expect(idsOf((await fetchPage(LIST, { limit: 20, cursor }, moving)).items)[0]).toBe('t-6');
  });

  test('the place is looked for on ten pages at most', async () => {
    const { rest } = await fetchPage(LIST, { limit: 20 }, api(rows(0, 40)).fetch);
    const { asked, fetch } = api(rows(5_000, 9_000));
    await fetchPage(LIST, { limit: 20, cursor: rest.cursor!(10) }, fetch);
    expect(asked).toHaveLength(10);
  });

  test('rows without ids are counted, and nothing is looked for', async () => {
    const nameless = rows(0, 40).map((_, at) => ({ title: `row ${at}` }));
    const asked: Asked[] = [];
    const fetch = async (given: Asked) => {
      asked.push(given);
      return { items: nameless as Row[], cursor: 'c1' };
    };
    const { rest } = await fetchPage(LIST, { limit: 20 }, fetch);
    const { items } = await fetchPage(LIST, { limit: 20, cursor: rest.cursor!(10) }, fetch);
    expect([asked.length, (items[0] as { title?: string }).title]).toEqual([2, 'row 10']);
  });
});

describe('empty pages', () => {
  const empty = async () => ({ items: [] as Row[], cursor: 'c1' });

  test('ten in a row are the end, and it is said', async () => {
    let cursor: string | undefined;
    let pages = 0;
    for (;;) {
      const { rest, isListEmpty } = await fetchPage(LIST, { cursor }, empty);
      pages++;
      expect(isListEmpty).toBe(false);
      expect(rest.endsEmpty).toBe(pages === 10 || undefined);
      cursor = rest.cursor!(0);
      if (!cursor) break;
    }
    expect(pages).toBe(10);
  });

  test('are counted anew after one with rows', async () => {
    let cursor: string | undefined;
    for (let pages = 1; pages < 40; pages++) {
      const { rest } = await fetchPage(LIST, { cursor }, async () => ({
        items: pages % 9 === 0 ? rows(0, 1) : [],
        cursor: `c${pages}`,
      }));
      cursor = rest.cursor!(pages % 9 === 0 ? 1 : 0);
      expect(cursor, String(pages)).toBeDefined();
    }
  });

  test('the first and only one is an empty list', async () => {
    expect(await fetchPage(LIST, {}, async () => ({ items: [] as Row[] }))).toMatchObject({
      isListEmpty: true,
    });
    expect(await fetchPage(LIST, { cursor: 'c9' }, async () => ({ items: [] as Row[] }))).toMatchObject({
      isListEmpty: false,
    });
  });
});

describe('a list that is at hand as a whole', () => {
  const all = rows(0, 23);

  test('is gone through in parts, each with its place', () => {
    const seen: (string | undefined)[] = [];
    let cursor: string | undefined;
    let parts = 0;
    do {
      const { items, rest } = slicePage(LIST, { limit: 10, cursor }, all);
      expect([rest.total, rest.before]).toEqual([23, seen.length]);
      seen.push(...items.slice(0, 4).map(({ id }) => id));
      cursor = rest.cursor!(Math.min(4, items.length));
      parts++;
    } while (cursor);
    expect(parts).toBe(6);
    expect(seen).toEqual(idsOf(all));
  });

  test('takes no cursor of anybody else', () => {
    for (const cursor of ['c1', slicePage({ project_id: 'proj_2' }, { limit: 1 }, all).rest.cursor!(1)])
      expect(() => slicePage(LIST, { cursor }, all)).toThrow(/does not belong to this list/);
  });
});

test('a list that was cut says so', () => {
  expect(wholeList(rows(0, 2))).toEqual({});
  expect(wholeList(markCut(rows(0, 2)))).toEqual({ isCut: true });
});

describe('a cursor that somebody made up', () => {
  const encoded = (parts: unknown) => `more.${Buffer.from(JSON.stringify(parts)).toString('base64url')}`;
  const { fetch } = api(rows(0, 60));
  const markOf = async () => {
    const { rest } = await fetchPage(LIST, {}, fetch);
    return JSON.parse(Buffer.from(rest.cursor!(3)!.slice(5), 'base64url').toString())[0] as string;
  };

  test('is refused, and nothing is sent', async () => {
    const mark = await markOf();
    const wrong = [
      ...[[], {}, null, 'x', 7, ['other', 1, []], [mark], [mark, 1], [mark, -1, []], [mark, 1.5, []]],
      ...[
        [mark, '1', []],
        [mark, 1, {}],
        [mark, 1, [7]],
        [mark, 1, [], null, -1],
        [mark, 1, [], null, 'x'],
      ],
      [mark, 1, [], encoded([mark, 1, []])],
    ].map(encoded);
    const { asked, fetch: counted } = api(rows(0, 60));
    for (const cursor of [...wrong, 'more.', 'more.%%', 'more.WyJ4Il0'])
      await expect(fetchPage(LIST, { cursor }, counted), cursor).rejects.toMatchObject({
        code: 'invalid_cursor',
        outcome: 'not_sent',
      });
    expect(asked).toEqual([]);
  });

  test('a page in it that is no cursor is the first page', async () => {
    const { asked, fetch: counted } = api(rows(0, 60));
    await fetchPage(LIST, { cursor: encoded([await markOf(), 0, [], { a: 1 }]) }, counted);
    expect(asked.map(({ cursor }) => cursor)).toEqual([undefined]);
  });

  test('one of another list is, too, and one of the same list isn’t', async () => {
    const { rest } = await fetchPage(LIST, {}, fetch);
    const cursor = rest.cursor!(3)!;
    await expect(fetchPage({ project_id: 'proj_2' }, { cursor }, fetch)).rejects.toThrow(/does not belong/);
    await expect(fetchPage({ ...LIST, query: undefined }, { cursor }, fetch)).resolves.toBeDefined();
  });
});
