/** What stands beside a list is told with it, and where it says that this may not be all, that is told, too. */
import { describe, expect, test } from 'vitest';
import { extraFieldsOf, hasRemark, mayLackRows } from '../../../src/toado-api/answers/extra-fields.ts';
import { inPages } from '../../../src/toado-api/client/fetch-pages.ts';
import { isCut } from '../../../src/toado-api/json/incomplete-lists.ts';
import { type RouteName, routes } from '../../../src/toado-api/routes/routes.ts';
import { type Data, ROWS, read } from './reading-answers.ts';

const PROJECTS = [{ id: 'proj_1', name: 'Shop' }];

/** Without the rows and how they go on. */
function beside(json: unknown, route: RouteName = 'listTickets'): Data {
  const { items: _items, cursor: _cursor, endUnknown: _end, ...said } = read(route, json);
  return said;
}

describe('remarks', () => {
  test.each<[what: string, said: Data]>([
    ['an error', { error: { code: 'internal_error', message: 'proj_2 could not be read' } }],
    ['an error in words', { error: 'half of it' }],
    ['errors', { errors: [{ message: 'proj_2' }] }],
    ['warnings', { warnings: ['col_2 was not read'] }],
    ['a warning', { warning: 'old data' }],
    ['what state it is in', { stale: true, degraded: true, maintenance: { from: '2026-12-01' } }],
    ['a guess', { approximate: true }],
    ['partial', { partial: true }],
    ['partial in camelCase', { partialResults: true }],
    ['truncated', { truncated: true }],
    ['incomplete', { incomplete_results: true }],
    ['not complete', { complete: false }],
    ['a sentence', { message: 'Down for maintenance' }],
    ['a word', { status: 'processing' }],
    ['a code', { code: 1001 }],
  ])('%s', (_, said) => {
    for (const rows of [ROWS, []]) {
      const shown = beside({ tickets: rows, ...said });
      expect(shown).toEqual(said);
      expect(hasRemark(shown)).toBe(true);
    }
    expect(beside({ data: { items: ROWS, ...said } })).toEqual(said);
    expect(beside({ data: ROWS, meta: { ...said, request_id: 'r1' } })).toEqual(said);
    expect(beside({ data: PROJECTS, ...said }, 'listProjects')).toEqual(said);
    expect(beside({ items: { 't-abc123': { title: 'A' } }, ...said })).toEqual(said);
  });

  test.each<[what: string, said: Data]>([
    ['a yes', { ok: true, success: true, status: 'success', code: 200, message: 'OK' }],
    ['no error', { error: null, errors: [], warnings: null, message: '', status: 200 }],
    ['no error in words', { error: false, error_code: 0, errors: {} }],
    [
      'all of it',
      { partial: false, incomplete_results: false, truncated: false, complete: true, timed_out: false },
    ],
    ['the filter', { status: 'active' }],
    [
      'what an envelope is',
      { object: 'list', type: 'collection', request_id: 'r1', links: {}, meta: { took: 3 } },
    ],
    ['more pages', { truncated: true, cursor: 'c1' }],
  ])('none: %s', (_, said) => {
    const shown = beside({ tickets: ROWS, ...said });
    expect(hasRemark(shown) && !('cursor' in said)).toBe(false);
    const { error_code: _code, ...words } = shown;
    if (!('cursor' in said)) expect(words).toEqual({});
  });

  test('rows under a name of paging’s are shown beside the list', () => {
    expect(beside({ tickets: ROWS, done: [ROWS[0]] })).toEqual({ done: [ROWS[0]] });
    expect(beside({ tickets: ROWS, done: true, sort: [{ by: 'x' }] })).toEqual({});
  });

  test('a project that holds its tickets says its own state', () => {
    expect(hasRemark(beside({ id: 'proj_1', name: 'Shop', status: 'live', tickets: ROWS }))).toBe(false);
  });
});

describe('a list that comes whole', () => {
  const whole = async (...pages: Data[]) => {
    let at = 0;
    const ask = async () => pages[at++]!;
    return (await inPages(routes.listProjects, {}, ask)) as object[];
  };

  test('keeps what was said beside its pages', async () => {
    const page = (id: string, said: Data) => ({ items: [{ id }], ...said });
    const all = await whole(
      page('a', { cursor: 'c1', warnings: ['x'] }),
      page('b', { warnings: ['y'], partial: true }),
    );
    expect(extraFieldsOf(all)).toEqual({ warnings: ['x', 'y'], partial: true });
    expect([mayLackRows(all), isCut(all)]).toEqual([true, false]);
    expect(extraFieldsOf(await whole(page('a', {})))).toBeUndefined();
  });

  test.each<[what: string, json: Data]>([
    ['more, and no way to get them', { projects: PROJECTS, has_more: true }],
    ['fewer than it counts', { projects: PROJECTS, total: 50 }],
  ])('%s: it is a part', (_, json) => {
    expect(isCut(read('listProjects', json).items as object)).toBe(true);
    expect(isCut(read('listProjects', { projects: PROJECTS, total: 1 }).items as object)).toBe(false);
  });
});

test.each([
  [{ cursor: { at: 1 } }],
  [{ cursor: ['a'] }],
  [{ cursor: [{ id: 't-zzzzzz', title: 'x' }] }],
  [{ cursor: [{ at: 1 }] }],
  [{ cursor: true }],
  [{ endUnknown: [1], endsInZero: { a: 1 } }],
  [{ meta: { cursor: { at: 1 } } }],
])('what stands under a page’s own names is not taken for them: %j', async (said) => {
  const page = await inPages(routes.listTickets, { project_id: 'proj_1' }, async () =>
    read('listTickets', { items: ROWS, ...said }),
  );
  const { cursor, endUnknown, endsInZero } = page as Data;
  expect(cursor).toBeUndefined();
  expect(endsInZero).toBeUndefined();
  expect([undefined, true]).toContain(endUnknown);
});
