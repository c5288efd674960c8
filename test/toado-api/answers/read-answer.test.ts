/** The forms in which an API may say the same, one by one and in random combinations: what is read is the same. */
import { describe, expect, test } from 'vitest';
import { visible } from '../../../src/base/visible.ts';
import { readAnswer } from '../../../src/toado-api/answers/read-answer.ts';
import { parseJson } from '../../../src/toado-api/json/parse-json.ts';
import { cursorOf, cursorsToTry, queryOf, withSize } from '../../../src/toado-api/paging/arguments.ts';
import { camelCase } from '../../../src/toado-api/reading/field-names.ts';
import { Reading } from '../../../src/toado-api/reading/reading.ts';
import { prepare, type Route, type RouteName, routes } from '../../../src/toado-api/routes/routes.ts';

type Data = Record<string, unknown>;

function read(
  route: RouteName,
  json: unknown,
  headers: Record<string, string> = {},
  reading = new Reading(),
) {
  return readAnswer(routes[route].answer, structuredClone(json), headers, reading) as Data;
}

const ROW = { id: 't-abc123', title: 'A', project_id: 'proj_1', column_id: 'col_1', comment_count: 2 };
const ROWS = [ROW, { ...ROW, id: 't-def456' }];

describe('lists', () => {
  const forms: [what: string, json: unknown][] = [
    ['bare', ROWS],
    ...['items', 'data', 'results', 'records', 'tickets', 'nodes'].map((name): [string, unknown] => [
      name,
      { [name]: ROWS },
    ]),
    ['one level down', { data: { items: ROWS } }],
    ['one level down, by its own name', { result: { tickets: ROWS } }],
    ['with what an envelope says of itself', { success: true, data: ROWS, meta: { took: 3 } }],
  ];
  test.each(forms)('%s', (_, json) => {
    expect(read('listTickets', json).items).toEqual(ROWS);
  });

  test.each([
    'listCompanies',
    'listProjects',
    'listColumns',
    'listMembers',
    'getAnnotations',
  ] as const)('%s under its plural', (route) => {
    const name = { getAnnotations: 'annotations' }[route as string] ?? route.slice(4).toLowerCase();
    expect(read(route, { [name]: [{ id: 'x' }] }).items).toEqual([{ id: 'x' }]);
  });

  test('what is no list is refused, and names what was there', () => {
    expect(() => read('listTickets', { items: 'none' })).toThrow(/not a list/);
  });
});

describe('lists that are an object by ids', () => {
  const byId = { 't-abc123': { title: 'A', column_id: 'col_1' }, 't-def456': { title: 'B' } };
  const rows = [
    { id: 't-abc123', title: 'A', column_id: 'col_1' },
    { id: 't-def456', title: 'B' },
  ];
  test.each<[what: string, json: unknown]>([
    ['its own name', { tickets: byId }],
    ['items', { items: byId }],
    ['data', { data: byId, meta: { took: 3 } }],
    ['one level down', { data: { tickets: byId } }],
    ['bare', byId],
    ['a name that nobody foresaw', { cards: byId, ok: true }],
    ['rows that have their ids', { tickets: Object.fromEntries(rows.map((row) => [row.id, row])) }],
    ['bare, with lists inside', { 't-abc123': rows[0], 't-def456': { title: 'B', labels: [{ a: 1 }] } }],
  ])('%s', (_, json) => {
    expect(read('listTickets', json).items).toMatchObject(rows);
  });

  test.each([
    ['listCompanies', 'companies', { acme: { name: 'Acme', role: 'owner' } }, { id: 'acme', role: 'owner' }],
    ['listProjects', 'projects', { 7: { title: 'Shop' } }, { id: '7', name: 'Shop' }],
    ['listColumns', 'columns', { done: { name: 'Done', order: 1 } }, { id: 'done', name: 'Done' }],
    ['listColumns', 'columns', { 'To do': { id: 'col_1', order: 1 } }, { id: 'col_1', name: 'To do' }],
    ['listMembers', 'members', { 'mia@a.example': { name: 'Mia' } }, { id: 'mia@a.example', name: 'Mia' }],
    ['listComments', 'comments', { cmt_1: { text: 'Hi' } }, { id: 'cmt_1', body: 'Hi' }],
  ] as const)('%s, which may be called by words', (route, name, json, row) => {
    expect(read(route, { [name]: json }).items).toMatchObject([row]);
    expect(read(route, { [name]: {} })).toMatchObject({ items: [] });
  });

  test('goes on as its envelope says, which isn’t shown', () => {
    expect(read('listTickets', { tickets: byId, meta: { next_cursor: 'c1' } })).toEqual({
      items: rows,
      cursor: 'c1',
    });
  });

  test('inside of a ticket', () => {
    const { comments, assignees } = read('getTicket', {
      ...ROW,
      comments: { 12: { text: 'Hi' } },
      assignees: { usr_1: { name: 'Mia' } },
    });
    expect(comments).toMatchObject([{ id: '12', body: 'Hi' }]);
    expect(assignees).toMatchObject([{ id: 'usr_1', name: 'Mia' }]);
  });

  test('in the order in which they were written, which an object of numbers has not', () => {
    const written =
      '{"ok":true,"data":{"tickets":{"20":{"title":"a \\"9\\": b"},"3":{"title":"B"},"x-1":{"title":"C"}}}}';
    const { items } = readAnswer(
      routes.listTickets.answer,
      parseJson(written),
      {},
      new Reading(),
      false,
      written,
    ) as { items: Data[] };
    expect(items.map(({ id }) => id)).toEqual(['20', '3', 'x-1']);
  });

  test.each<[what: string, json: unknown]>([
    ['a ticket', { ticket: ROW }],
    ['a bare ticket', ROW],
    ['a ticket under the list’s name', { tickets: ROW }],
    ['a wrapper under the list’s name', { tickets: { data: ROW } }],
    ['other things, by their names', { data: { project: { title: 'x' }, owner: { title: 'y' } } }],
    ['things with other ids', { data: { 'column-1': { id: 'x', title: 'y' } } }],
    ['something else by ids', { tickets: { 't-1': { colour: 'red' } } }],
    ['one that is no row', { tickets: { 't-1': { title: 'A' }, 't-2': 'gone' } }],
    ['nothing', {}],
    ['nothing under data', { data: {} }],
  ])('not %s', (_, json) => {
    expect(() => read('listTickets', json)).toThrow(/not a list/);
  });
});

describe('one thing', () => {
  test.each([
    ['bare', ROW],
    ['data', { data: ROW }],
    ['result', { result: ROW, ok: true }],
    ['its own name', { ticket: ROW }],
    ['one level down', { data: { ticket: ROW } }],
    ['a list of one', [ROW]],
  ])('%s', (_, json) => {
    expect(read('getTicket', json)).toMatchObject(ROW);
  });

  test('a field that is called like an envelope stays a field', () => {
    const odd = { ...ROW, data: { note: 1 }, result: { id: 'x' } };
    expect(read('getTicket', odd)).toEqual(odd);
  });

  test('what stands beside it is shown with it', () => {
    expect(read('getTicket', { data: ROW, warnings: ['slow'] })).toMatchObject({
      ...ROW,
      warnings: ['slow'],
    });
  });

  test('token info: scopes as text, bare or wrapped, the user beside it', () => {
    for (const json of [
      { scopes: 'read comments' },
      { scope: 'read,comments' },
      { data: { scopes: ['read', 'comments'] } },
      { token: { scopes: ['read', 'comments'] }, user: { id: 1 } },
    ])
      expect(read('tokenInfo', json).scopes).toEqual(['read', 'comments']);
    expect(() => read('tokenInfo', { hello: 1 })).toThrow();
  });
});

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
    for (const own of [...odd, ...ours, 'x'.repeat(1_000), '0']) {
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

describe('bulk answers', () => {
  const good = { ticket_id: 'a', ok: true };
  test.each([
    ['the contract', { results: [good, { ticket_id: 'b', ok: false, error: { code: 'x', message: 'm' } }] }],
    ['bare', [good, { ticket_id: 'b', success: false, error: { code: 'x', message: 'm' } }]],
    [
      'an envelope',
      { data: { results: [good, { id: 'b', status: 'failed', error: { type: 'x', detail: 'm' } }] } },
    ],
    ['two lists', { succeeded: ['a'], failed: [{ id: 'b', error: { code: 'x', message: 'm' } }] }],
    [
      'statuses',
      {
        items: [
          { ticketId: 'a', status: 200 },
          { ticketId: 'b', status: 404, error: { code: 'x', message: 'm' } },
        ],
      },
    ],
  ])('%s', (_, json) => {
    const { results } = read('bulkMoveTickets', json) as { results: Data[] };
    expect(results.map(({ ticket_id, ok }) => [ticket_id, ok])).toEqual([
      ['a', true],
      ['b', false],
    ]);
    expect(results[1]!.error).toMatchObject({ code: 'x', message: 'm' });
  });

  test.each([
    ['objects', { results: { 't-aaa111': { ok: true }, 't-bbb222': { ok: false, error: 'm' } } }],
    ['words', { 't-aaa111': 'ok', 't-bbb222': 'forbidden' }],
    ['flags, in an envelope', { data: { 't-aaa111': true, 't-bbb222': false } }],
    ['statuses', { tickets: { 't-aaa111': { status: 200 }, 't-bbb222': { status: 403 } } }],
  ])('by ticket: %s', (_, json) => {
    const { results } = read('bulkMoveTickets', json) as { results: Data[] };
    expect(results.map(({ ticket_id, ok }) => [ticket_id, ok])).toEqual([
      ['t-aaa111', true],
      ['t-bbb222', false],
    ]);
  });

  test.each([
    ['statusCode', { statusCode: 404 }, 'ticket_not_found'],
    ['a status as text', { status: '404' }, 'ticket_not_found'],
    ['a code as number', { code: 404 }, 'ticket_not_found'],
    ['a code of its own', { errcode: 40001 }, '40001'],
    ['an error that is a number', { error: 7 }, '7'],
    ['a word', { result: 'not found' }, undefined],
  ])('a row that failed: %s', (_, said, code) => {
    const { results } = read('bulkMoveTickets', { results: [{ id: 't-1', ...said }] }) as { results: Data[] };
    expect(results[0]).toMatchObject({ ok: false, ...(code && { error: { code } }) });
  });

  test.each([
    { error: '' },
    { error: 0 },
    { error: {} },
    { code: 0 },
    { code: 200 },
    { statusCode: 204 },
  ])('a row that did not: %j', (said) => {
    const { results } = read('bulkMoveTickets', { results: [{ id: 't-1', ...said }] }) as { results: Data[] };
    expect(results[0]!.ok ?? true).toBe(true);
  });

  test('a number of which nobody knows what it means: the row is not confirmed', () => {
    const { results } = read('bulkMoveTickets', { results: [{ id: 't-1', code: 1004 }] }) as {
      results: Data[];
    };
    expect(results[0]).toMatchObject({ ok: null });
  });

  // Rows that say nothing of how they fared.
  const rows = [{ ticket_id: 't-1' }, { ticket_id: 't-2' }];
  test.each([
    { errorCode: 403 },
    { error_code: '500' },
    { errcode: 40001 },
    { ret: -1 },
    { code: 1004 },
    { error: ['t-2 is archived'] },
    { error: 1 },
    { errors: [{ message: 't-2 is archived' }] },
    { errors: [{ id: 'err-1', status: '403' }] },
    { errors: ['t-2 is archived'] },
    { result: 'Not Found' },
  ])('rows below %j are not confirmed, and the reason is shown', (said) => {
    const answer = read('bulkMoveTickets', { results: structuredClone(rows), ...said }) as {
      results: Data[];
      [name: string]: unknown;
    };
    expect(answer.results.map(({ ok }) => ok)).toEqual([null, null]);
    if ('errors' in said) expect(answer.errors).toEqual(said.errors);
  });

  test.each([
    { error: '' },
    { error: {} },
    { errors: [] },
    { errcode: 0 },
    { code: 200 },
  ])('rows below %j are', (said) => {
    const { results } = read('bulkMoveTickets', { results: structuredClone(rows), ...said }) as {
      results: Data[];
    };
    expect(results.map(({ ok }) => ok ?? true)).toEqual([true, true]);
  });

  test('errors that name their tickets are rows; the others say what is wrong with the call', () => {
    const named = { moved: ['t-1'], errors: [{ ticket_id: 't-2', message: 'archived' }] };
    expect(read('bulkMoveTickets', structuredClone(named))).toMatchObject({
      results: [
        { ticket_id: 't-1', ok: true },
        { ticket_id: 't-2', ok: false },
      ],
    });
    const unnamed = { moved: ['t-1'], errors: [{ message: 't-2 is archived' }] };
    expect(read('bulkMoveTickets', structuredClone(unnamed))).toEqual({
      results: [{ ticket_id: 't-1', ok: true }],
      errors: unnamed.errors,
    });
  });

  test('an empty list of outcomes hides none that is filled', () => {
    expect(read('bulkMoveTickets', { succeeded: [], moved: ['t-1'], failed: [] })).toMatchObject({
      results: [{ ticket_id: 't-1', ok: true }],
    });
  });

  test('a row’s status says which failure it is', () => {
    const { results } = read('bulkMoveTickets', { results: [{ id: 'b', status: 403, error: 'm' }] }) as {
      results: Data[];
    };
    expect(results[0]).toMatchObject({ ok: false, error: { code: 'forbidden', message: 'm' } });
  });

  test('tickets for the branch that was recorded on them', () => {
    const ticket = { id: 't-aaa111', title: 'A', branch_name: 'x' };
    for (const json of [ticket, [ticket], { ticket }, { tickets: [ticket] }])
      expect(read('startWork', json), JSON.stringify(json)).toEqual({
        branch_name: 'x',
        ticket_ids: ['t-aaa111'],
      });
  });

  test('an answer that names no ticket has no rows', () => {
    expect(read('bulkMoveTickets', { ok: true })).toEqual({ results: [] });
  });
});

const TICKET = {
  ...ROW,
  assignees: [{ id: 'usr_1', name: 'Mia' }],
  is_draft: false,
  created_at: '2026-01-01T00:00:00.000Z',
  created: {
    user: { id: 'usr_1', name: 'Mia' },
    token: { id: 'tkn_1', label: 'laptop' },
    via: 'mcp',
    at: '2026-01-01T00:00:00.000Z',
  },
  capture: { id: 'cap_1', url: 'https://x.example', viewport: { width: 10, height: 20 } },
  devtools: {
    console: [{ level: 'error', args: [{ columnId: 1 }], at: '2026-01-01T00:00:00.000Z' }],
    network: [
      {
        url: '/x',
        status: 500,
        response_headers: { xFoo: 1, x_bar: 2 },
        started_at: '2026-01-01T00:00:00.000Z',
      },
    ],
    errors: [],
    performance: { navigation: { loadEventEnd: 1.5 }, lcp: 3 },
  },
};

/** As another API would write the same, by a series of numbers that a seed makes. */
function spelledOtherwise(seed: number): { json: unknown; how: string[] } {
  let state = seed;
  const chance = () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
  const how: string[] = [];
  const maybe = (name: string) => {
    const does = chance() < 0.5;
    if (does) how.push(name);
    return does;
  };
  let ticket: Data = structuredClone(TICKET);
  if (maybe('seconds')) ticket.created_at = Date.parse(TICKET.created_at) / 1000;
  if (maybe('flags as numbers')) ticket.is_draft = 0;
  if (maybe('counts as text')) ticket.comment_count = '2';
  if (maybe('columns as objects')) ticket.column_id = { id: 'col_1', name: 'Review' };
  if (maybe('panels inside')) {
    ticket.capture = { ...(ticket.capture as Data), ...(ticket.devtools as Data) };
    delete ticket.devtools;
  }
  if (maybe('attribution flat')) {
    ticket.created_by = (ticket.created as Data).user;
    // Whom it was made through stays known only in the nested form.
    ticket.created = undefined;
    delete ticket.created;
  }
  if (maybe('camelCase')) ticket = inCamelCase(ticket) as Data;
  let json: unknown = ticket;
  if (maybe('own name')) json = { ticket: json };
  if (maybe('data')) json = { data: json, meta: { took: 1 } };
  return { json, how };
}

/** The contract's own fields, not what the page recorded. */
function inCamelCase(value: unknown, depth = 0): unknown {
  if (Array.isArray(value)) return value.map((one) => inCamelCase(one, depth));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      camelCase(name),
      ['console', 'network', 'errors', 'performance'].includes(name) ? inner : inCamelCase(inner, depth + 1),
    ]),
  );
}

test('random combinations of forms are read as the contract’s own', () => {
  for (let seed = 1; seed <= 400; seed++) {
    const { json, how } = spelledOtherwise(seed);
    const reading = new Reading();
    const read = readAnswer(routes.getTicket.answer, structuredClone(json), {}, reading) as typeof TICKET;
    const what = `seed ${seed}: ${how.join(', ')}`;
    const { created, ...others } = read;
    const { created: its, ...expected } = TICKET;
    expect(others, what).toEqual(expected);
    expect(created.user, what).toEqual(its.user);
    expect(created.at, what).toEqual(its.at);
    if (!how.includes('attribution flat')) expect(created, what).toEqual(its);
    expect(reading.differences.length > 0, what).toBe(how.length > 0);
    expect(
      reading.differences.every(({ understood }) => understood),
      what,
    ).toBe(true);
  }
});

test('a report of what differed holds names and types, never a value', () => {
  const { json } = {
    json: { data: { ...TICKET, id: 77, title: { rich: 'SECRET' }, created_at: 1_767_225_600 } },
  };
  const reading = new Reading();
  readAnswer(routes.getTicket.answer, json, {}, reading);
  expect(reading.differences).toEqual([
    { path: 'data.id', was: 'a number instead of text', understood: true },
    { path: 'data.title', was: "an object that can't be read", understood: false },
    { path: 'data.created_at', was: 'a number instead of a time', understood: true },
    { path: '', was: 'an object under data instead of a bare one', understood: true },
  ]);
});

describe('numbers beyond 2^53 keep their digits', () => {
  test.each([
    ['{"id":12345678901234567890}', { id: '12345678901234567890' }],
    ['[-9007199254740993, 1]', ['-9007199254740993', 1]],
    ['{"id":9007199254740991}', { id: 9007199254740991 }],
    [
      '{"a":"12345678901234567890 \\" 9999999999999999999","b":1}',
      { a: '12345678901234567890 " 9999999999999999999', b: 1 },
    ],
    [
      '{"a":0.1234567890123456,"b":1234567890123456789e3}',
      { a: 0.1234567890123456, b: 1.2345678901234568e21 },
    ],
    ['{"a\\\\":12345678901234567890}', { 'a\\': '12345678901234567890' }],
  ])('%s', (text, value) => {
    expect(parseJson(text)).toEqual(value);
  });

  test('wherever in a text it stands', () => {
    for (let before = 0; before < 40; before++) {
      const text = `{"p":"${'x'.repeat(before)}","id":98765432109876543210}`;
      expect((parseJson(text) as Data).id).toBe('98765432109876543210');
    }
  });
});

test('bulk rows that are no more than yes or no', () => {
  expect(read('bulkMoveTickets', { results: [true, false] }).results).toMatchObject([
    { ok: true },
    { ok: false },
  ]);
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

test.each(['failed', 'failed_count', 'failedCount'])('bulk rows under %s: 1 are not confirmed', (name) => {
  const { results } = read('bulkMoveTickets', { results: [{ ticket_id: 't-abc123' }], [name]: 1 });
  expect(results).toMatchObject([{ ok: null }]);
  const { results: all } = read('bulkMoveTickets', { results: [{ ticket_id: 't-abc123' }], [name]: 0 });
  expect(all).not.toMatchObject([{ ok: null }]);
});
