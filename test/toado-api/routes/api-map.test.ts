import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { changesOf, mappedRoutes, readApiMap } from '../../../src/toado-api/routes/api-map.ts';
import { apiMapSchema } from '../../../src/toado-api/routes/api-map-schema.ts';
import { prepare, ROUTE_NAMES, routes } from '../../../src/toado-api/routes/routes.ts';
import { Reading } from '../../../src/toado-api/schema-kit/reading.ts';
import { ticket } from '../../../src/toado-api/schemas/index.ts';

const table = (given: unknown) => mappedRoutes(readApiMap(given));
const T = 't-abc123';
/** What an editor checks a map with. */
const fitsSchema = new Ajv({ strict: false }).compile(apiMapSchema());
const change = (name: string, one: unknown) => ({ routes: { [name]: one } });
/** As it comes from a file: `{"__proto__": …}` is a field there. */
const parsed = (text: string): unknown => JSON.parse(text);

describe('what a map changes', () => {
  test('method, path, fixed values: archiving as an edit', () => {
    const { archiveTicket } = table({
      routes: {
        archiveTicket: { method: 'PATCH', path: '/cards/{ticket_id}', add: { body: { status: 'archived' } } },
      },
    });
    expect(prepare(archiveTicket, { ticket_id: T })).toEqual({
      method: 'PATCH',
      target: `/cards/${T}`,
      body: '{"status":"archived"}',
    });
  });

  test('names of arguments, an envelope, another place', () => {
    const { moveTicket, listTickets, unassignTicket } = table({
      routes: {
        moveTicket: { body: { target_column_id: 'columnId' }, wrap: 'ticket' },
        listTickets: { query: { limit: 'per_page', cursor: 'after' }, add: { query: { sort: 'board' } } },
        unassignTicket: {
          method: 'POST',
          path: '/tickets/{ticket_id}/unassign',
          body: { user_id: 'userId' },
        },
      },
    });
    expect(prepare(moveTicket, { ticket_id: T, target_column_id: 'c', position: 1 }).body).toBe(
      '{"ticket":{"columnId":"c","position":1}}',
    );
    expect(prepare(listTickets, { project_id: 'p', limit: 5, cursor: 'x' }).target).toBe(
      '/projects/p/tickets?sort=board&per_page=5&after=x',
    );
    expect(prepare(unassignTicket, { ticket_id: T, user_id: 'u' })).toEqual({
      method: 'POST',
      target: `/tickets/${T}/unassign`,
      body: '{"userId":"u"}',
    });
  });

  test('an argument may stand twice in a path, and holds no path of its own', () => {
    const { getTicket } = table(change('getTicket', { path: '/t/{ticket_id}/of/{ticket_id}' }));
    expect(prepare(getTicket, { ticket_id: '../a\\b%2e' }).target).toBe(
      '/t/..%2Fa%5Cb%252e/of/..%2Fa%5Cb%252e',
    );
    expect(() => prepare(getTicket, { ticket_id: '..' })).toThrow(/can't stand in an address/);
  });

  test('fields may change places, and come from one', () => {
    const names = {
      ticket: { title: 'description', description: 'title', created_at: 'day', updated_at: 'day' },
    };
    const answer = { id: T, title: 'the text', description: 'the title', day: '2026-01-01' };
    const { title, description, created_at, updated_at } = ticket({ ...answer }, new Reading(names));
    expect([title, description, created_at, updated_at]).toEqual([
      ...['the title', 'the text', '2026-01-01', '2026-01-01'],
    ]);
  });

  test('a search may be a POST; it stays a read', () => {
    const { searchTickets } = table({ routes: { searchTickets: { method: 'POST' } } });
    expect(searchTickets.isRead).toBe(true);
    expect(prepare(searchTickets, { query: 'x', cursor: 'n:page=2&per_page=2' })).toEqual({
      method: 'POST',
      target: '/tickets/search',
      body: '{"query":"x","page":2,"per_page":2}',
    });
    // What only looks like a number keeps its digits.
    for (const cursor of ['n:page_token=12345678901234567890', 'n:after=7'])
      expect(prepare(searchTickets, { query: 'x', cursor }).body).toContain(`"${cursor.split('=')[1]}"`);
  });

  test('what the token may do, and what a read is, no map decides', () => {
    const refused = (map: unknown) => expect(() => readApiMap(map)).toThrow();
    for (const source of ['label', 'user.name', 'constructor', 'permissions'])
      refused({ fields: { token_info: { scopes: source } } });
    for (const path of [
      '/tickets/bulk-move',
      '/tickets/t-AAAAA1/archive',
      '/graphql',
      '/searchless',
      '/tickets',
    ])
      refused({ routes: { searchTickets: { method: 'POST', path } } });
    for (const path of ['/search', '/tickets/query', '/api/_search/tickets'])
      expect(table({ routes: { searchTickets: { method: 'POST', path } } }).searchTickets.path).toBe(path);
    expect(readApiMap({ fields: { token_info: { label: 'name' } } }).fields.token_info).toEqual({
      label: 'name',
    });
  });

  test('everything else stays as it is, and it is said what changes', () => {
    const map = readApiMap({
      $schema: 'x',
      routes: { archiveTicket: { method: 'PUT', add: { body: { a: 1 } } } },
      fields: { ticket: { title: 'subject', column_id: 'stage.id' } },
    });
    const changed = mappedRoutes(map);
    for (const name of ROUTE_NAMES) if (name !== 'archiveTicket') expect(changed[name]).toBe(routes[name]);
    expect(changesOf(map)).toEqual([
      'archiveTicket: PUT /tickets/{ticket_id}/archive (with a)',
      'ticket: title from subject, column_id from stage.id',
    ]);
  });
});

describe('what can’t be meant is refused in one line, with the nearest right name', () => {
  const wrong: [given: unknown, says: RegExp][] = [
    [[], /the map must be an object/],
    [{ route: {} }, /the map has no "route"\. Did you mean routes\?/],
    [{ routes: { archiveTickets: {} } }, /no route "archiveTickets"\. Did you mean archiveTicket\?/],
    [{ routes: { archiveTicket: { paths: '/x' } } }, /has no "paths"\. Did you mean path\?/],
    [{ routes: { archiveTicket: { path: '/x/{ticketid}' } } }, /"ticketid"\. Did you mean ticket_id\?/],
    [{ routes: { archiveTicket: { path: '/x' } } }, /ticket_id has no place/],
    [{ routes: { getTicket: { body: { include: 'x' } } } }, /a GET has no body/],
    [{ routes: { getTicket: { add: { body: { a: 1 } } } } }, /a GET has no body/],
    [{ routes: { moveTicket: { body: { column: 'x' } } } }, /no argument "column"/],
    [{ routes: { getTicket: { method: 'POST' } } }, /a read stays a GET/],
    [{ routes: { archiveTicket: { method: 'GET' } } }, /a write can’t be a GET/],
    [{ routes: { archiveTicket: { method: 'TRACE' } } }, /must be one of GET/],
    [{ fields: { ticket: { titel: 'x' } } }, /no field "titel"\. Did you mean title\?/],
    [{ fields: { tickets: {} } }, /no schema "tickets"\. Did you mean ticket\?/],
    [{ fields: { ticket: { title: 7 } } }, /must be a name/],
    [{ routes: { archiveTicket: { wrap: 'a b' } } }, /wrap must be a name/],
    [{ routes: { listTickets: { add: { query: { a: {} } } } } }, /must be a text, a number/],
    [{ routes: [] }, /routes must be an object/],
    [{ fields: { ticket: [] } }, /fields\.ticket must be an object/],
    [change('moveTicket', { body: [] }), /body must be an object/],
    [change('moveTicket', { add: [] }), /add must be an object/],
    [change('moveTicket', { add: { body: [] } }), /add\.body must be an object/],
    [change('moveTicket', { add: { headers: {} } }), /add has no "headers"/],
    [change('moveTicket', { host: 'evil.example' }), /has no "host"/],
    [change('moveTicket', { scope: 'read' }), /has no "scope"/],
    [change('moveTicket', { isRead: true }), /has no "isRead"/],
    [parsed('{"routes": {"__proto__": {"path": "/x"}}}'), /no route "__proto__"/],
    [parsed('{"routes": {"moveTicket": {"__proto__": {}}}}'), /has no "__proto__"/],
    [parsed('{"routes": {"moveTicket": {"body": {"__proto__": "x"}}}}'), /no argument "__proto__"/],
    [parsed('{"routes": {"moveTicket": {"add": {"body": {"__proto__": {"a": 1}}}}}}'), /no name/],
    [parsed('{"fields": {"__proto__": {"a": "b"}}}'), /no schema "__proto__"/],
    [parsed('{"fields": {"ticket": {"__proto__": "b"}}}'), /no field "__proto__"/],
    [change('moveTicket', { body: { position: '__proto__' } }), /must be the argument’s name/],
    [change('moveTicket', { wrap: '__proto__' }), /wrap must be a name/],
    [change('moveTicket', { body: { position: '' } }), /must be the argument’s name/],
    [change('moveTicket', { body: { position: 'a b' } }), /must be the argument’s name/],
    [change('moveTicket', { body: { position: 'target_column_id' } }), /an argument of its own/],
    [change('listTickets', { query: { limit: 'cursor', cursor: 'limit' } }), /an argument of its own/],
    [change('listTickets', { add: { query: { limit: 100 } } }), /so it can’t be fixed/],
    [change('moveTicket', { add: { body: { ticket_id: 't-BBBBBB' } } }), /so it can’t be fixed/],
    [change('listTickets', { add: { query: { 'a\nb': null } } }), /a\\nb must be a text/],
    [
      change('archiveTicket', {
        add: { body: Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`f${at}`, 1])) },
      }),
      /more than 100 values/,
    ],
    [change('archiveTicket', { wrap: 'ticket' }), /the call has no body/],
    [change('createTicket', { query: { title: 'a' }, body: { title: 'b' } }), /both query and body/],
    [change('unassignTicket', { path: '/tickets/{ticket_id}/unassign' }), /user_id has no place/],
    [change('searchTickets', { method: 'POST', path: '/search/bulk-move' }), /a path that says so/],
    [change('searchTickets', { method: 'POST', path: '/tickets/archive/search' }), /a path that says so/],
    [change('searchTickets', { method: 'POST', add: { body: { _method: 'DELETE' } } }), /another method/],
    [change('searchTickets', { add: { query: { 'X-HTTP-Method-Override': 'PUT' } } }), /another method/],
    [change('listTickets', { add: { query: { _method: 'DELETE' } } }), /another method/],
    [change('listTickets', { wrap: 'x' }), /a GET has no body/],
    ...['scopes', 'scope', 'permissions', 'Token_Scopes', 'scopes.0'].map((source): [unknown, RegExp] => [
      { fields: { token_info: { label: source } } },
      /can’t be read from the scopes/,
    ]),
    ...['a..b', '.a', 'a.', 'a b', '', 'x'.repeat(300)].map((source): [unknown, RegExp] => [
      { fields: { ticket: { title: source } } },
      /must be a name/,
    ]),
  ];
  test.each(wrong)('%j', (given, says) => {
    expect(() => readApiMap(given)).toThrow(says);
    expect(() => readApiMap(given)).toThrow(/^[^\n]+[.?]$/);
    expect(fitsSchema(given)).toBe(false);
  });

  test('what no schema can say, the program does', () => {
    for (const [given, says] of [
      [change('moveTicket', { body: { position: 'x', target_column_id: 'x' } }), /two things are called "x"/],
      [
        change('listTickets', { query: { limit: 'n' }, add: { query: { n: 1 } } }),
        /two things are called "n"/,
      ],
      [
        change('archiveTicket', { add: { body: { a: JSON.parse('['.repeat(5_000) + ']'.repeat(5_000)) } } }),
        /too deep/,
      ],
    ] as const)
      expect(() => readApiMap(given)).toThrow(says);
  });

  test.each([
    {},
    change('getTicket', {}),
    change('getTicket', { body: {}, path: '/cards/{ticket_id}/full' }),
    change('getTicket', { path: '/t(~{ticket_id}~)/{ticket_id}' }),
    change('listTickets', {
      query: { limit: 'page[size]', cursor: '$skiptoken', project_id: 'board' },
      path: '/t',
    }),
    change('searchTickets', { method: 'POST', body: { query: 'q' }, wrap: 'filter' }),
    change('searchTickets', { method: 'POST', path: '/Tickets/_Search/' }),
    change('archiveTicket', {
      method: 'DELETE',
      path: '/tickets/{ticket_id}',
      add: { query: { soft: true } },
    }),
    change('archiveTicket', { add: { body: { _method: 'PATCH' } }, wrap: 'ticket' }),
    change('unassignTicket', { path: '/tickets/{ticket_id}', body: { user_id: 'u' }, wrap: 'x' }),
    { fields: { token_info: { label: 'api_token.scopes_label', user: 'owner' } } },
    { fields: { ticket: { title: 'description', description: 'title' } } },
  ])('both take it: %j', (given) => {
    expect(() => readApiMap(given)).not.toThrow();
    expect(fitsSchema(given), JSON.stringify(fitsSchema.errors)).toBe(true);
  });

  test.each([
    'https://evil.example/{ticket_id}',
    '//evil.example/{ticket_id}',
    'x/{ticket_id}',
    '/a/../{ticket_id}',
    '/a//{ticket_id}',
    '/a/./{ticket_id}',
    '/{ticket_id}?a=1',
    '/{ticket_id}#a',
    '/%2e%2e/{ticket_id}',
    '/\\evil.example/{ticket_id}',
    '/{ticket_id} x',
    '/{ticket_id',
    '/\u0000{ticket_id}',
    '/\u00fc/{ticket_id}',
    '/\n{ticket_id}',
    '/..;/{ticket_id}',
    '/a/./',
    '/.',
    `/${'x'.repeat(600)}/{ticket_id}`,
    '/{ticket_id}/{__proto__}',
    '/{ticket_id}|',
    '',
    7,
    ['/{ticket_id}'],
  ])('no path leads elsewhere: %j', (path) => {
    const given = { routes: { archiveTicket: { path } } };
    expect(() => readApiMap(given)).toThrow(/routes\.archiveTicket\.path/);
    expect(fitsSchema(given)).toBe(false);
  });
});

test('the schema knows every route, argument and field, and nothing else', () => {
  const schema = apiMapSchema() as {
    properties: { routes: { properties: Record<string, unknown>; additionalProperties: boolean } };
  };
  expect(Object.keys(schema.properties.routes.properties)).toEqual(ROUTE_NAMES);
  expect(schema.properties.routes.additionalProperties).toBe(false);
  expect(JSON.stringify(schema)).toContain('{ticket_id}');
});
