import { describe, expect, test } from 'vitest';
import { prepare, type Route, routes } from '../../../src/toado-api/routes/routes.ts';

describe('prepare', () => {
  test('puts each argument in its place', () => {
    expect(
      prepare(routes.listTickets, { project_id: 'proj_1', limit: 5, query: 'a b&c', cursor: undefined }),
    ).toEqual({
      method: 'GET',
      target: '/projects/proj_1/tickets?query=a+b%26c&limit=5',
    });
    expect(
      prepare(routes.moveTicket, { ticket_id: 't-abc123', target_column_id: 'col_1', position: 0 }),
    ).toEqual({
      method: 'POST',
      target: '/tickets/t-abc123/move',
      body: '{"target_column_id":"col_1","position":0}',
    });
    expect(
      prepare(routes.getTicket, { ticket_id: 't-abc123', include: ['capture', 'devtools'] }).target,
    ).toBe('/tickets/t-abc123?include=capture%2Cdevtools');
  });

  test.each([
    'a/b',
    '../x',
    'a?b',
    'a#b',
    'a%2fb',
    'ä',
    'a b',
    '\u0000',
    'a\r\nb',
    '\\..\\',
    '‮',
  ])('no id reaches another route: %j', (id) => {
    const { target } = prepare(routes.getAsset, { ticket_id: 't-abc123', asset: id });
    expect(target).toMatch(/^\/tickets\/t-abc123\/assets\/[^/?#\s]+$/);
    expect(decodeURIComponent(target.split('/').at(-1)!)).toBe(id);
    expect(new URL(`https://x.example/api${target}`).pathname).toBe(`/api${target}`);
  });

  test.each(['', '.', '..', '...', undefined, 7])('an id that names no segment is refused: %j', (id) => {
    expect(() => prepare(routes.listColumns, { project_id: id })).toThrow(/project_id is .*can't stand/);
  });

  test('an argument that the route does not have is refused', () => {
    expect(() => prepare(routes.archiveTicket, { ticket_id: 't-abc123', force: true })).toThrow(
      /takes no force/,
    );
  });
});

test('every route is a different one, and only GETs read', () => {
  const all = Object.values(routes) as Route[];
  expect(new Set(all.map(({ method, path }) => `${method} ${path}`)).size).toBe(all.length);
  for (const { method, path, body } of all) {
    expect(path).toMatch(/^(\/[a-z-]+|\/\{[a-z_]+\})+$/);
    if (method === 'GET') expect(body).toBeUndefined();
  }
});
