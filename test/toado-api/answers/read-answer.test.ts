/** The forms in which an API may say the same, one by one: what is read is the same. */
import { describe, expect, test } from 'vitest';
import { Slices } from '../../../src/base/time-slices.ts';
import { readAnswer } from '../../../src/toado-api/answers/read-answer.ts';
import { isCut } from '../../../src/toado-api/json/incomplete-lists.ts';
import { parseJson } from '../../../src/toado-api/json/parse-json.ts';
import { parseLarge } from '../../../src/toado-api/json/parse-large.ts';
import { type RouteName, routes } from '../../../src/toado-api/routes/routes.ts';
import { Reading } from '../../../src/toado-api/schema-kit/reading.ts';
import { type Data, ROW, ROWS, read } from './reading-answers.ts';

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

  // A list is looked for below each name once, and no further than some levels: all else takes for good.
  test.each<RouteName>(['listTickets', 'listProjects'])('in %s, of nothing but envelopes: none', (route) => {
    const json = parseJson(`${'{"data":'.repeat(50_000)}1${'}'.repeat(50_000)}`);
    expect(() => readAnswer(routes[route].answer, json, {}, new Reading())).toThrow('a list');
    expect(read('listTickets', { data: { data: { result: { tickets: ROWS } } } }).items).toEqual(ROWS);
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
      new Reading(undefined, true, written),
    ) as { items: Data[] };
    expect(items.map(({ id }) => id)).toEqual(['20', '3', 'x-1']);
  });

  test.each([
    ['others', `"assignees":{"9":{"name":"C"},"7":{"name":"D"}}`],
    ['the same in another order', `"assignees":{"2":{"name":"B"},"10":{"name":"A"}}`],
  ])('inside of a row, too: beside %s', (_, other) => {
    const written = `[{"id":"t-1","assignees":{"10":{"name":"A"},"2":{"name":"B"}},"attachments":{"30":{"name":"x"},"4":{"name":"y"}}},
      {"id":"t-2",${other}}]`;
    const { answer } = routes.listTickets;
    const { items } = readAnswer(
      answer,
      parseJson(written),
      {},
      new Reading(undefined, true, written),
    ) as Data & {
      items: { assignees: Data[]; attachments: Data[] }[];
    };
    const [first, second] = items;
    expect(first!.assignees).toEqual([
      { id: '10', name: 'A' },
      { id: '2', name: 'B' },
    ]);
    const { answer: form } = routes.getTicket;
    const one = written.slice(1, written.indexOf('},\n') + 1);
    expect(readAnswer(form, parseJson(one), {}, new Reading(undefined, true, one))).toMatchObject({
      assignees: [{ id: '10' }, { id: '2' }],
      attachments: [{ id: '30' }, { id: '4' }],
    });
    expect(second!.assignees[0]!.id).toBe(other.includes('"9"') ? '9' : '2');
  });

  test('those that were not read, where there were too many, are counted', async () => {
    const ids = Array.from({ length: 12_000 }, (_, at) => 20_000 - at);
    const body = 'p'.repeat(300);
    const written = `{"data":{"comments":{${ids.map((id) => `"${id}":{"body":"${body}"}`).join(',')}}}}`;
    const bounds = { maxItems: 10_000, maxFields: 10_000 };
    const json = await parseLarge(written, new Slices(undefined), bounds);
    const { answer } = routes.listComments;
    const { items } = readAnswer(answer, json, {}, new Reading(undefined, true, written)) as {
      items: Data[];
    };
    expect(items.slice(0, -1).map(({ id }) => id)).toEqual(ids.slice(0, 10_000).map(String));
    expect(items.at(-1)).toEqual({ other: '… 2000 more fields, which were not read' });
    expect(isCut(items)).toBe(true);
  });

  test.each<[what: string, value: unknown, shown: Data]>([
    ['null', null, { other: 'null' }],
    ['a word', 'forbidden', { other: 'forbidden' }],
    ['a refusal', { error: { code: 'forbidden' } }, { error: { code: 'forbidden' } }],
    ['a refusal in a word', { error: 'gone' }, { error: 'gone' }],
  ])('one that is %s is a row, like in a plain list', (_, value, shown) => {
    const [known] = Object.values(byId);
    for (const json of [
      { tickets: { 't-abc123': known, 't-xyz789': value } },
      { 't-abc123': known, 't-xyz789': value },
    ])
      expect(read('listTickets', json).items).toEqual([
        expect.objectContaining({ id: 't-abc123' }),
        { id: 't-xyz789', ...shown },
      ]);
    expect(read('listTickets', [{ id: 't-abc123', ...known }, value]).items).toMatchObject([
      { id: 't-abc123' },
      shown,
    ]);
  });

  test('in no order where the order can’t be told: too long to be looked at twice', () => {
    const rows = (keys: string[]) =>
      keys.map((key) => `"${key}":{"title":"A","x":"${'p'.repeat(1_400_000)}"}`).join(',');
    const page = (keys: string[]) => {
      const written = `{"items":{${rows(keys)}}}`;
      const { answer } = routes.listTickets;
      return readAnswer(answer, parseJson(written), {}, new Reading(undefined, true, written)) as {
        items: Data[];
      };
    };
    expect(() => page(['20', '3'])).toThrow(/not a list \(rows under numbers/);
    expect(page(['t-20', 't-3']).items.map(({ id }) => id)).toEqual(['t-20', 't-3']);
  });

  test.each<[what: string, json: unknown]>([
    ['a ticket', { ticket: ROW }],
    ['a bare ticket', ROW],
    ['a ticket under the list’s name', { tickets: ROW }],
    ['a wrapper under the list’s name', { tickets: { data: ROW } }],
    ['other things, by their names', { data: { project: { title: 'x' }, owner: { title: 'y' } } }],
    ['things with other ids', { data: { 'column-1': { id: 'x', title: 'y' } } }],
    ['something else by ids', { tickets: { 't-1': { colour: 'red' } } }],
    ['one that is no row', { tickets: { 't-1': { title: 'A' }, 't-2': 7 } }],
    ['a word of the envelope’s among them', { data: { 't-1': { title: 'A' }, 'x-next': null } }],
    ['nothing but what isn’t there', { tickets: { 't-1': null, 't-2': null } }],
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

  test.each([
    ['another name of a field that it has', { status: 'archived' }, { state: 'active' }],
    ['the field that it has under another name', { state: 'archived' }, { status: 'active' }],
    ['both under other names', { ticketId: 't-abc123' }, { uuid: 'req-1' }],
    ['how the call fared', {}, { state: 'success' }],
    ['who asked', {}, { user: { id: 'u-9', name: 'Asker' } }],
  ])('but not %s', (_, fields, around) => {
    const { id, ...row } = ROW;
    const own = 'ticketId' in fields ? fields : { id, ...fields };
    const alone = read('getTicket', { ...row, ...own });
    expect(read('getTicket', { ticket: { ...row, ...own }, ...around })).toEqual(alone);
  });

  test('who made it goes along, and the token’s own user', () => {
    const author = { id: 'u-1', name: 'Ada' };
    expect(read('getTicket', { ticket: { ...ROW }, author })).toMatchObject({ created: { user: author } });
    expect(read('tokenInfo', { token: { scopes: ['read'] }, user: author })).toMatchObject({ user: author });
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
