import { describe, expect, test } from 'vitest';
import { changesOf, mappedRoutes, readApiMap } from '../../src/toado-api/api-map.ts';
import { apiMapSchema } from '../../src/toado-api/api-map-schema.ts';
import { prepare, ROUTE_NAMES, routes } from '../../src/toado-api/routes.ts';

const table = (given: unknown) => mappedRoutes(readApiMap(given));
const T = 't-abc123';

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

  test('a search may be a POST; it stays a read', () => {
    const { searchTickets } = table({ routes: { searchTickets: { method: 'POST' } } });
    expect(searchTickets.isRead).toBe(true);
    expect(prepare(searchTickets, { query: 'x', cursor: 'n:page=2&per_page=2' })).toEqual({
      method: 'POST',
      target: '/tickets/search',
      body: '{"query":"x","page":2,"per_page":2}',
    });
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
  ];
  test.each(wrong)('%j', (given, says) => {
    expect(() => readApiMap(given)).toThrow(says);
    expect(() => readApiMap(given)).toThrow(/^[^\n]+[.?]$/);
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
    '',
    7,
  ])('no path leads elsewhere: %j', (path) => {
    expect(() => readApiMap({ routes: { archiveTicket: { path } } })).toThrow(/routes\.archiveTicket\.path/);
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
