/** "There is nothing" is believed only where an empty list stands where one is meant, and nothing speaks against it. */
import { describe, expect, test } from 'vitest';
import { isCut } from '../../../src/toado-api/json/incomplete-lists.ts';
import type { RouteName } from '../../../src/toado-api/routes/routes.ts';
import { startFakeApi } from '../../support/fake-api.ts';
import { startInProcess } from '../../support/in-process.ts';
import { ROW, ROWS, read } from './reading-answers.ts';

const TICKET = { ...ROW, assignees: [] };
const PROJECT = { id: 'proj_1', name: 'Shop', company_id: 'co_1', url_patterns: [] };
const BY_ID = { 't-abc123': { title: 'A', column_id: 'col_1' }, 't-def456': { title: 'B' } };
const COLUMN = { id: 'col_1', name: 'To do', order: 0 };

describe('refused', () => {
  test.each<[what: string, route: RouteName, json: unknown]>([
    ['a bare ticket with an empty list', 'listTickets', TICKET],
    ['a ticket under data', 'listTickets', { data: TICKET }],
    ['a ticket found', 'searchTickets', { data: { ...ROW, tags: [] } }],
    ['a ticket whose list has a usual name', 'listTickets', { ...ROW, values: [] }],
    ['a project', 'listProjects', PROJECT],
    ['a project under its name', 'listProjects', { data: { project: PROJECT } }],
    ['a comment', 'listComments', { data: { id: 'cmt_1', body: 'x', mentions: [] } }],
    ['a member', 'listMembers', { id: 'usr_1', name: 'Ann', email: 'a@x', teams: [] }],
    ['a drawing', 'getAnnotations', { type: 'stroke', points: [], color: 'red' }],
    ['a sentence beside other things', 'listComments', { message: 'Down for maintenance', people: [] }],
    ['a notice', 'listColumns', { notice: 'read only', outages: [] }],
    ['no list but other lists', 'listTickets', { tickets: null, things: [] }],
    ['other things’ lists', 'listTickets', { ok: true, tags: [] }],
    ['warnings', 'listComments', { warnings: [] }],
  ])('%s', (_, route, json) => {
    expect(() => read(route, json)).toThrow(/not a list/);
  });

  test.each<[what: string, route: RouteName, json: unknown]>([
    ['columns by id', 'listTickets', { columns: { col_1: COLUMN } }],
    ['columns', 'listTickets', { columns: [{ ...COLUMN, tickets: ROWS }] }],
    ['a board grouped by column', 'listTickets', { col_1: { tickets: ROWS }, col_2: { tickets: [] } }],
    ['a board of tickets by id', 'listTickets', { col_1: { tickets: BY_ID }, col_2: { tickets: BY_ID } }],
    ['a board with lists of unknown name', 'listTickets', { col_1: { cards: ROWS }, col_2: { cards: ROWS } }],
    ['two lists by id', 'listTickets', { now: BY_ID, later: BY_ID }],
    ['a board under data', 'listTickets', { data: { col_1: { ...COLUMN, tickets: ROWS } } }],
    ['what has no more than a name', 'listTickets', { lanes: [{ id: 'col_1', name: 'To do' }] }],
    [
      'projects and users',
      'listTickets',
      { projects: { proj_1: { id: 'proj_1', name: 'x' } }, users: { usr_1: { id: 'usr_1', name: 'y' } } },
    ],
    ['companies by their ids', 'listProjects', [{ id: 'co_1', name: 'Acme' }]],
    ['columns by their ids', 'listTickets', { items: [COLUMN] }],
    ['tickets by their ids', 'listComments', { data: [{ id: 't-abc123', title: 'A' }] }],
    ['columns with their tickets, bare', 'listTickets', [{ ...COLUMN, tickets: ROWS }]],
    ['columns with their tickets, as items', 'listTickets', { items: [{ ...COLUMN, tickets: [] }] }],
    ['columns with tickets by id', 'listTickets', { items: [{ ...COLUMN, tickets: BY_ID }] }],
    ['companies with their projects', 'listProjects', [{ id: 'co_1', name: 'Acme', projects: [PROJECT] }]],
    [
      'a board whose columns have paging’s names',
      'listTickets',
      { tickets: { Todo: [ROW], Done: [ROWS[1]] } },
    ],
    [
      'the same by ids',
      'listTickets',
      { todo: { 't-abc123': BY_ID['t-abc123'] }, done: { 't-def456': { title: 'B', column_id: 'c' } } },
    ],
    ['users with a role', 'listCompanies', { users: [{ id: 'usr_1', name: 'Ann', role: 'admin' }] }],
  ])('other things: %s', (_, route, json) => {
    expect(() => read(route, json)).toThrow(/not a list/);
  });
});

test.each<[what: string, json: unknown]>([
  ['bare', []],
  ['items', { items: [] }],
  ['its own name', { tickets: [], project: { id: 'proj_1', name: 'Shop' } }],
  ['its own name in a project', { id: 'proj_1', name: 'Shop', tickets: [] }],
  ['in a project under its name', { project: { id: 'proj_1', name: 'Shop', members: [], tickets: [] } }],
  ['data', { success: true, message: 'Tickets retrieved successfully', data: [] }],
  ['a sentence that says so', { data: [], message: 'No tickets found.', total: 0 }],
  ['two levels down', { data: { items: [] }, meta: { total: 0 } }],
  ['by ids', { tickets: {} }],
  ['a name that nobody foresaw', { issues: [], total: 0, startAt: 0, maxResults: 50 }],
  ['one level down', { _embedded: { ticketDtoList: [] }, page: { size: 2, totalElements: 0, number: 0 } }],
  ['SCIM', { schemas: ['urn:x'], totalResults: 0, itemsPerPage: 0, startIndex: 1, Resources: [] }],
  ['other rows than these beside it', { tickets: [], values: [{ id: 'x', name: 'y' }] }],
  [
    'other things beside it',
    { tickets: [], users: { usr_1: { id: 'usr_1', title: 'y', status: 'active' } } },
  ],
])('nothing: %s', (_, json) => {
  expect(read('listTickets', json).items).toEqual([]);
});

describe('null where a list is meant', () => {
  test.each<[what: string, json: object]>([
    ['under its own name, counted', { tickets: null, total: 0 }],
    ['items, counted in meta', { items: null, meta: { total: 0, page: 1 } }],
    ['in an envelope', { data: { tickets: null, total_count: 0 }, success: true }],
    ['data, counted beside', { data: null, total: 0, cursor: null }],
  ])('is nothing where a count says so: %s', (_, json) => {
    expect(read('listTickets', json).items).toEqual([]);
  });

  test.each<[what: string, json: object]>([
    ['alone', { tickets: null }],
    ['with more than none', { tickets: null, total: 4 }],
    ['with counts that differ', { data: { tickets: null, total: 0 }, total: 4 }],
    ['beside an error', { tickets: null, total: 0, errors: [{ message: 'timeout' }] }],
    ['beside a part', { tickets: null, total: 0, partial: true }],
    ['beside other rows', { tickets: null, total: 0, archived: ROWS, pinned: ROWS }],
    ['beside something else', { items: null, total: 0, project: PROJECT }],
  ])('is refused otherwise: %s', (_, json) => {
    expect(() => read('listTickets', json)).toThrow(/not a list/);
  });

  test('is said to be it', async () => {
    const { env } = await startFakeApi(({ path }) =>
      path.endsWith('/tickets') ? { body: { tickets: null } } : undefined,
    );
    const { content } = await startInProcess(env).call('list_tickets', { project_id: 'proj_1' });
    expect(JSON.stringify(content)).toMatch(/tickets should be a list .*, and null was there/);
  });
});

describe('rows beside an empty list are the rows', () => {
  test.each<[what: string, json: unknown]>([
    ['items by id', { items: BY_ID, data: [] }],
    ['data by id', { data: BY_ID, items: [] }],
    ['by id under its own name', { tickets: BY_ID, values: [] }],
    ['by id, in data', { data: { tickets: BY_ID, nodes: [] } }],
    ['by id, with their ids in order', { tickets: BY_ID, list: ['t-abc123', 't-def456'] }],
    ['by id, bare', { cards: BY_ID, values: [] }],
    ['by id among entities', { entities: { tickets: BY_ID }, result: ['t-abc123', 't-def456'] }],
    ['by id in a project', { project: { id: 'proj_1', name: 'x', members: [], tickets: BY_ID } }],
    ['a list', { items: [], data: ROWS }],
    ['a list of unknown name', { data: [], issues: ROWS }],
    ['a list with a name of paging’s', { todo: [], done: ROWS }],
    ['a list in a project', { project: { id: 'proj_1', name: 'x', tickets: ROWS } }],
    ['by position, with ids of their own', { data: { 0: ROWS[0], 2: ROWS[1] } }],
  ])('%s', (_, json) => {
    expect(read('listTickets', json).items).toMatchObject([{ id: 't-abc123' }, { id: 't-def456' }]);
  });
});

test.each([
  ['listCompanies', { orgs: [{ id: 'o-1', name: 'Acme' }] }],
  ['listColumns', { lanes: [{ id: 'l-1', name: 'To do' }] }],
  ['listMembers', { data: { crew: [{ id: 'm-1', name: 'Mia' }] } }],
] as const)('%s: what has a name need have no more, whatever the list is called', (route, json) => {
  expect(read(route, json)).toMatchObject({ items: [{ id: expect.any(String), name: expect.any(String) }] });
});

test('a row may hold others of its kind', () => {
  const json = [{ ...ROW, tickets: ROWS }];
  expect(read('listTickets', json).items).toMatchObject([{ id: 't-abc123' }]);
});

describe('an empty list that counts some is not taken for all', () => {
  test.each<[what: string, json: object]>([
    ['total', { items: [], total: 3 }],
    ['the last page', { data: [], meta: { total: 5, page: 1, perPage: 50, hasMore: false } }],
    ['no cursor', { items: [], total: 3, next: null }],
    ['more', { items: [], has_more: true }],
  ])('%s', (_, json) => {
    for (const route of ['listTickets', 'listProjects'] as const)
      expect(isCut(read(route, json).items as object), route).toBe(true);
  });

  test.each([
    { items: [], total: 0 },
    { items: [] },
    [],
    { data: [], meta: { total: 0, hasMore: false } },
  ])('%j', (json) => {
    expect(isCut(read('listTickets', json).items as object)).toBe(false);
  });
});
