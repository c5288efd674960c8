/** The forms in which an API may say that a list goes on, and how. */
import { describe, expect, test } from 'vitest';
import { visible } from '../../../src/base/visible.ts';
import { readAnswer } from '../../../src/toado-api/answers/read-answer.ts';
import { cursorOf, cursorsToTry, queryOf, withSize } from '../../../src/toado-api/paging/cursors.ts';
import { prepare, type Route, routes } from '../../../src/toado-api/routes/routes.ts';
import { Reading } from '../../../src/toado-api/schema-kit/reading.ts';
import { type Data, ROW, ROWS, read } from '../answers/reading-answers.ts';

describe('how a list goes on', () => {
  const cursors: [what: string, beside: Data, headers?: Record<string, string>][] = [
    ['cursor', { cursor: 'c1' }],
    ['next_cursor', { next_cursor: 'c1' }],
    ['nextCursor', { nextCursor: 'c1' }],
    ['next_page_cursor', { next_page_cursor: 'c1' }],
    ['under meta', { meta: { next_cursor: 'c1' } }],
    ['under pagination', { pagination: { nextCursor: 'c1' } }],
    ['nextCursor with hasNextPage', { page_info: { nextCursor: 'c1', hasNextPage: true } }],
    ['beside this page’s own', { cursor: 'c0', next_cursor: 'c1' }],
    ['beside the address of the next page', { after_cursor: 'c9', links: { next: '/x?cursor=c1' } }],
    ['links.next, an address', { links: { next: 'https://elsewhere.example/x?cursor=c1&limit=50' } }],
    ['links.next.href', { _links: { next: { href: '/tickets?cursor=c1' } } }],
    ['next, an address', { next: 'https://elsewhere.example/x?cursor=c1' }],
    ['a Link header', {}, { link: '</a?cursor=c0>; rel="prev", </tickets?limit=50&cursor=c1>; rel="next"' }],
    ['two levels down', { meta: { pagination: { next_cursor: 'c1' } } }],
  ];
  test.each(cursors)('%s', (_, beside, headers) => {
    for (const list of ['items', 'data']) {
      const page = read('listTickets', { [list]: ROWS, ...beside }, headers);
      expect(page.cursor).toBe('c1');
      expect(page.endUnknown).toBeUndefined();
      expect(Object.keys(page)).toEqual(['items', 'cursor']);
    }
  });

  test.each([
    ['absent in the contract’s form', { items: ROWS }],
    ['null', { data: ROWS, next_cursor: null }],
    ['empty', { data: ROWS, meta: { cursor: '' } }],
    ['hasNextPage false', { nodes: ROWS, pageInfo: { endCursor: 'c9', hasNextPage: false } }],
    ['has_more false', { data: ROWS, has_more: false }],
    ['a total that is here', { data: ROWS, total: 2 }],
    ['the last of the pages', { data: ROWS, meta: { page: 3, per_page: 2, total_pages: 3 } }],
    ['links without a next', { data: ROWS, links: { next: null, prev: '/x' } }],
  ])('the last page: %s', (_, json) => {
    const page = read('listTickets', json);
    expect(page.cursor).toBeUndefined();
    expect(page.endUnknown).toBeUndefined();
  });

  test.each([
    ['bare', ROWS],
    ['an envelope that says nothing', { data: ROWS }],
    ['a total beyond what is here, and no way on', { items: ROWS, total: 9 }],
    ['a cursor that is no text', { items: ROWS, cursor: ['x', 'y'] }],
  ])('nobody says whether there are more: %s', (_, json) => {
    expect(read('listTickets', json).endUnknown).toBe(true);
  });

  const numbered: [what: string, beside: Data, query: string][] = [
    ['meta', { meta: { total: 9, page: 1, perPage: 2, hasMore: true } }, 'page=2&perPage=2'],
    ['per_page', { page: 2, per_page: 2, total: 9 }, 'page=3&per_page=2'],
    ['current_page', { meta: { current_page: 1, per_page: 2, last_page: 5 } }, 'page=2&per_page=2'],
    ['numbers as text', { page: '1', per_page: '2', total: '9' }, 'page=2&per_page=2'],
    ['offset', { offset: 2, limit: 2, total: 9 }, 'offset=4&limit=2'],
    ['next as a number', { next_page: 2, per_page: 2, page: 1 }, 'page=2&per_page=2'],
    ['an address with numbers', { next: 'https://x.example/?page=2&per_page=2&evil=1' }, 'page=2&per_page=2'],
  ];
  test.each(numbered)('pages by number: %s', (_, beside, query) => {
    const { cursor } = read('listTickets', { data: ROWS, ...beside });
    expect(String(queryOf(String(cursor)))).toBe(query);
    const { target } = prepare(routes.listTickets, { project_id: 'p', cursor, query: 'x' });
    expect(target).toBe(`/projects/p/tickets?query=x&${query}`);
  });

  test('numbered pages are as long as the first one was asked to be', () => {
    expect(withSize('n:page=2&perPage=2', 50)).toBe('n:page=2&perPage=2&limit=50');
    expect(withSize('n:offset=2&limit=2', 50)).toBe('n:offset=2&limit=2');
    expect(withSize('c1', 50)).toBe('c1');
    // What the first page was asked for holds to the end, whatever a later call says or leaves out.
    expect(withSize('n:page=3', 50, 'n:page=2&limit=10')).toBe('n:page=3&limit=10');
    expect(withSize('n:page=3&per_page=10', undefined, 'n:page=2&per_page=10&limit=10')).toBe(
      'n:page=3&per_page=10&limit=10',
    );
    const cursor = 'n:page=2&limit=50';
    expect(prepare(routes.listTickets, { project_id: 'p', limit: 7, cursor }).target).toBe(
      '/projects/p/tickets?page=2&limit=50',
    );
    expect(
      prepare({ ...routes.listTickets, names: { limit: 'size' } }, { project_id: 'p', cursor }).target,
    ).toBe('/projects/p/tickets?page=2&size=50');
  });

  const named: [field: string, argument: string][] = [
    ['nextPageToken', 'pageToken'],
    ['next_page_token', 'page_token'],
    ['NextPageToken', 'PageToken'],
    ['NextToken', 'NextToken'],
    ['next_token', 'next_token'],
    ['continuationToken', 'continuationToken'],
    ['endCursor', 'after'],
    ['after_cursor', 'after'],
    ['after', 'after'],
    ['NextMarker', 'Marker'],
    ['continue', 'continue'],
    ['offset', 'offset'],
    ['scroll_id', 'scroll_id'],
  ];
  test.each(named)('%s is asked for as %s, and as the contract’s cursor', (field, argument) => {
    const page = read('listTickets', { data: ROWS, [field]: 'c+1' });
    expect(page.cursor).toBe(`g:${argument}=c%2B1`);
    const asked = (more: Partial<Route>) =>
      prepare({ ...routes.listTickets, ...more }, { project_id: 'p', limit: 5, cursor: page.cursor }).target;
    expect(asked({})).toBe(`/projects/p/tickets?limit=5&${argument}=c%2B1&cursor=c%2B1`);
    // Where a map says what it is called, nothing is guessed.
    expect(asked({ names: { cursor: 'from_there' } })).toBe('/projects/p/tickets?limit=5&from_there=c%2B1');
    expect(cursorsToTry(page.cursor)).toEqual([`n:${argument}=c%2B1`, 'c+1']);
  });

  test('silence ends a list only after its first page', () => {
    const said = (json: unknown, isNextPage: boolean) =>
      readAnswer(routes.listTickets.answer, structuredClone(json), {}, new Reading(), isNextPage) as Data;
    expect(said({ data: ROWS, totalSize: 9 }, false).endUnknown).toBe(true);
    expect(said({ data: ROWS, totalSize: 9 }, true).endUnknown).toBeUndefined();
    expect(said({ data: ROWS, has_more: true }, true).endUnknown).toBe(true);
  });

  test('a cursor names nothing but pages', () => {
    for (const name of [
      ...[
        'company_id',
        'projectId',
        'status',
        'query',
        'token',
        'access_token',
        'include',
        'sort',
        'id',
        'key',
      ],
      ...['page_id_of_project', 'filter[project]', 'next_status'],
    ]) {
      expect(() => queryOf(`n:${name}=x&page=2`), name).toThrow(/none that a page/);
      expect(() => queryOf(`n:page=2&${name}=x`), name).toThrow(/none that a page/);
      expect(() => queryOf(`g:${name}=x`), name).toThrow(/none that a page/);
    }
    for (const one of ['g:pageToken=x&page=2', 'n:', 'g:', 'n:page=2&page=3', `n:${'&page=1'.repeat(9)}`])
      expect(() => queryOf(one), one).toThrow(/none that a page/);
    expect(queryOf('abc')).toBeUndefined();
  });

  test('no cursor asks for more rows than a route gives at once', () => {
    const sizes = ['limit', 'page_size', 'pageSize', 'per_page', 'perPage', 'page[size]', 'pageLimit'];
    const others = [
      'page[limit]',
      '$top',
      'first',
      'count',
      'take',
      'max_results',
      'items_per_page',
      'pageCount',
    ];
    for (const name of [...sizes, ...others]) {
      for (const size of ['5000', '101', '0', '-1', '1e9', '', ' 5', '0x64'])
        expect(() => queryOf(`n:${new URLSearchParams({ page: '2', [name]: size })}`), name + size).toThrow();
      expect(() => queryOf(`n:${new URLSearchParams({ [name]: '5' })}`), name).toThrow();
      expect(() => queryOf(`g:${new URLSearchParams({ [name]: '5000' })}`), name).toThrow();
      expect(queryOf(`n:${new URLSearchParams({ page: '2', [name]: '100' })}`)?.size, name).toBe(2);
      // The API's own larger page is asked for by its place alone.
      expect(cursorOf(Object.entries({ page: '2', [name]: '250' })), name).toBe('n:page=2');
    }
    // What says where rows begin may be as large as it likes.
    for (const name of [
      'offset',
      'page',
      'skip',
      'skip_count',
      'start',
      'startAt',
      'from',
      'page_number',
      'after',
    ])
      expect(queryOf(`n:${name}=5000`)?.get(name), name).toBe('5000');
  });

  test('an API’s own cursor comes back to the letter, whatever is in it', () => {
    const odd = [
      ' x',
      'x\n',
      'a b',
      '日本',
      '🎟',
      '\u200b\u202e',
      '\u0000',
      '%2F',
      'a&b=c#d?e',
      '"',
      '<x>',
      '{"a":1}',
    ];
    const ours = ['n:page=2', 'n:limit=5000', 'g:x', 'c:', 'c:%zz', 'more.', 'more.WyJ4Il0', 'N:1'];
    for (const own of [...odd, ...ours, 'x'.repeat(1_000), '00']) {
      for (const json of [
        { items: ROWS, cursor: own },
        { data: ROWS, meta: { next_cursor: own } },
        { data: ROWS, links: { next: `/t?${new URLSearchParams({ cursor: own })}` } },
      ]) {
        const { cursor } = readAnswer(
          routes.listTickets.answer,
          structuredClone(json),
          {},
          new Reading(),
        ) as {
          cursor: string;
        };
        expect(visible(cursor), JSON.stringify(own)).toBe(cursor);
        const { target } = prepare(routes.listTickets, { project_id: 'p', cursor });
        expect(new URL(target, 'http://x.invalid').searchParams.get('cursor')).toBe(own);
      }
    }
    expect(() => prepare(routes.listTickets, { project_id: 'p', cursor: 'c:%zz' })).toThrow(
      /none that a page/,
    );
  });

  test('the number 0 leads nowhere, unless the answer says that there is more', () => {
    const end = [
      { items: ROWS, cursor: 0 },
      { data: ROWS, next_cursor: 0 },
      { data: ROWS, nextPage: 0 },
    ];
    for (const json of [...end, { data: ROWS, meta: { nextOffset: 0 } }]) {
      const page = readAnswer(routes.listTickets.answer, structuredClone(json), {}, new Reading());
      expect(page, JSON.stringify(json)).toMatchObject({ items: [{}, {}] });
      expect([(page as { cursor?: string }).cursor, (page as { endUnknown?: true }).endUnknown]).toEqual([
        undefined,
        undefined,
      ]);
    }
    for (const more of [{ has_more: true }, { total: 9 }]) {
      const page = { data: ROWS, next_cursor: 0, ...more };
      expect(readAnswer(routes.listTickets.answer, page, {}, new Reading())).toMatchObject({ cursor: '0' });
    }
    const noWay = { items: ROWS, cursor: 0, total: 9 };
    expect(readAnswer(routes.listTickets.answer, noWay, {}, new Reading())).toMatchObject({
      endUnknown: true,
    });
  });

  test.each(['0', -1, '-1', 'null', 'none', 'None', 'undefined', 'nil'])('nor does %j', (none) => {
    for (const json of [
      { items: ROWS, cursor: none },
      { data: ROWS, next_cursor: none },
      { data: ROWS, meta: { nextPageToken: none } },
      { data: ROWS, next: none },
      { data: ROWS, links: { next: none } },
    ]) {
      for (const isNextPage of [false, true]) {
        const page = readAnswer(
          routes.listTickets.answer,
          structuredClone(json),
          {},
          new Reading(),
          isNextPage,
        );
        const { cursor, endUnknown } = page as Data;
        expect([cursor, endUnknown], JSON.stringify(json)).toEqual([undefined, undefined]);
      }
    }
    expect(read('listTickets', { data: ROWS, next: { cursor: none } }).cursor).toBeUndefined();
    // There is more, and a word leads nowhere.
    const more = read('listTickets', { data: ROWS, next_cursor: none, has_more: true });
    if (none === '0') expect(more).toMatchObject({ cursor: '0' });
    else expect([more.cursor, more.endUnknown]).toEqual([undefined, true]);
  });

  test('an empty page in the middle goes on', () => {
    for (const [json, cursor] of [
      [{ items: [], cursor: 'c1' }, 'c1'],
      [{ data: [], meta: { page: 2, per_page: 5, total: 30 } }, 'n:page=3&per_page=5'],
      [{ data: [], offset: 10, limit: 5, total: 30 }, 'n:offset=15&limit=5'],
      [{ data: [], offset: 30, limit: 5, total: 30 }, undefined],
      [{ data: [], meta: { page: 7, per_page: 5, total: 30 } }, undefined],
    ] as const)
      expect(readAnswer(routes.listTickets.answer, structuredClone(json), {}, new Reading())).toEqual({
        items: [],
        ...(cursor && { cursor }),
      });
  });
});

test('places that are counted from 1 lose no last row', () => {
  const page = (startIndex: number, rows: number) =>
    read('listTickets', {
      Resources: Array.from({ length: rows }, (_, at) => ({ ...ROW, id: `t-${startIndex + at}` })),
      startIndex,
      itemsPerPage: 2,
      totalResults: 5,
    }).cursor;
  expect(page(1, 2)).toBeDefined();
  expect(page(3, 2)).toBeDefined();
  expect(page(5, 1)).toBeUndefined();
});
