/** How well-known REST frameworks and APIs say that a list goes on, and that it ends. */
import { describe, expect, test } from 'vitest';
import { queryOf } from '../../../src/toado-api/paging/cursors.ts';
import {
  type Data,
  DOT_NET,
  INCLUDED,
  MONGO,
  RESOURCE,
  ROWS,
  read,
  STRAPI,
} from '../answers/styled-answers.ts';

/** Each goes on; what has to be asked for then. */
const PAGES: [style: string, json: unknown, query: string, headers?: Record<string, string>][] = [
  [
    'JSON:API by number',
    {
      data: [RESOURCE(7), RESOURCE(8)],
      included: INCLUDED,
      links: { next: 'https://x.example/t?page[number]=2&page[size]=2' },
    },
    'page[number]=2&page[size]=2',
  ],
  [
    'JSON:API by cursor',
    { data: [RESOURCE(7), RESOURCE(8)], links: { next: { href: '/t?page%5Bafter%5D=c1', meta: {} } } },
    'page[after]=c1',
  ],
  [
    'Strapi',
    { data: [STRAPI(7), STRAPI(8)], meta: { pagination: { page: 1, pageSize: 2, pageCount: 4, total: 7 } } },
    'page=2&pageSize=2',
  ],
  [
    'HAL',
    {
      _embedded: { tickets: ROWS },
      _links: { self: { href: '/t' }, next: { href: '/t?cursor=c1' } },
      count: 2,
    },
    'c1',
  ],
  [
    'Spring HATEOAS',
    { _embedded: { ticketDtoList: ROWS }, page: { size: 2, totalElements: 7, totalPages: 4, number: 0 } },
    'page=1&size=2',
  ],
  [
    'Spring',
    {
      content: ROWS,
      pageable: { pageNumber: 0, pageSize: 2 },
      last: false,
      totalPages: 4,
      totalElements: 7,
      number: 0,
      size: 2,
      first: true,
      numberOfElements: 2,
      empty: false,
    },
    'page=1&size=2',
  ],
  ['a Spring slice', { content: ROWS, last: false, number: 3, size: 2 }, 'page=4&size=2'],
  [
    'Laravel resources',
    {
      data: ROWS,
      links: { first: '/t?page=1', last: '/t?page=4', prev: null, next: '/t?page=2' },
      meta: { current_page: 1, from: 1, last_page: 4, per_page: 2, to: 2, total: 7 },
    },
    'page=2',
  ],
  [
    'Laravel paginator',
    {
      current_page: 1,
      data: ROWS,
      first_page_url: '/t?page=1',
      last_page: 4,
      last_page_url: '/t?page=4',
      links: [{ url: null, label: 'x', active: false }],
      next_page_url: 'http://x.example/t?page=2',
      path: '/t',
      per_page: 2,
      prev_page_url: null,
      to: 2,
      total: 7,
    },
    'page=2',
  ],
  [
    'will_paginate, GitLab',
    ROWS,
    'page=2&per_page=2',
    { 'x-page': '1', 'x-per-page': '2', 'x-next-page': '2', 'x-total': '7', 'x-total-pages': '4' },
  ],
  [
    'pages in headers, without the next',
    ROWS,
    'page=2&per_page=2',
    { 'x-page': '1', 'x-per-page': '2', 'x-total': '7' },
  ],
  [
    'GitHub',
    ROWS,
    'page=2',
    { link: '<https://x.example/t?page=2>; rel="next", <https://x.example/t?page=4>; rel="last"' },
  ],
  ['Stripe', { object: 'list', url: '/v1/t', has_more: true, data: ROWS }, 'starting_after=8'],
  ['Django REST', { count: 7, next: 'https://x.example/t/?page=2', previous: null, results: ROWS }, 'page=2'],
  [
    'Django REST by offset',
    { count: 7, next: 'https://x.example/t/?limit=2&offset=2', previous: null, results: ROWS },
    'limit=2&offset=2',
  ],
  [
    'OData',
    { '@odata.context': '$metadata#T', value: ROWS, '@odata.nextLink': 'https://x.example/T?$skiptoken=c1' },
    '$skiptoken=c1',
  ],
  ['Azure', { value: ROWS, continuationToken: 'c1' }, 'continuationToken=c1&cursor=c1'],
  ['Google', { items: ROWS, nextPageToken: 'c1', kind: 'x' }, 'pageToken=c1&cursor=c1'],
  ['Slack', { ok: true, channels: ROWS, response_metadata: { next_cursor: 'c1' } }, 'c1'],
  ['Jira', { startAt: 0, maxResults: 2, total: 7, issues: ROWS }, 'startAt=2&maxResults=2'],
  [
    'Notion',
    { object: 'list', results: ROWS, next_cursor: 'c1', has_more: true },
    'start_cursor=c1&cursor=c1',
  ],
  [
    'Relay',
    {
      data: {
        tickets: {
          edges: ROWS.map((node) => ({ node, cursor: 'x' })),
          pageInfo: { hasNextPage: true, endCursor: 'c1' },
        },
      },
    },
    'after=c1&cursor=c1',
  ],
  [
    'MongoDB',
    { docs: [MONGO('7'), MONGO('8')], hasNextPage: true, page: 1, limit: 2, totalDocs: 7 },
    'page=2&limit=2',
  ],
  [
    'SCIM',
    {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: 7,
      itemsPerPage: 2,
      startIndex: 1,
      Resources: ROWS,
    },
    'startIndex=3&itemsPerPage=2',
  ],
  ['Pascal case', { Items: [DOT_NET, { ...DOT_NET, Id: 8 }], NextToken: 'c1' }, 'NextToken=c1&cursor=c1'],
];

describe('a page of tickets that goes on', () => {
  test.each(PAGES)('%s', (_, json, query, headers) => {
    const { items, cursor, endUnknown } = read('listTickets', json, headers);
    expect((items as Data[]).map(({ id, title, project_id }) => [id, title, project_id])).toEqual([
      ['7', 'A', '3'],
      ['8', 'A', '3'],
    ]);
    const asked = queryOf(String(cursor));
    expect(asked ? decodeURIComponent(String(asked)) : cursor).toBe(query);
    expect(endUnknown).toBeUndefined();
  });
});

const ENDS: [style: string, json: unknown, headers?: Record<string, string>][] = [
  ['JSON:API', { data: [RESOURCE(7)], links: { prev: '/t?page[number]=1', next: null } }],
  ['HAL', { _embedded: { tickets: ROWS }, _links: { self: { href: '/t' }, next: null } }],
  [
    'Spring',
    { content: ROWS, pageable: {}, last: true, totalPages: 4, totalElements: 7, number: 3, size: 2 },
  ],
  [
    'Spring HATEOAS',
    { _embedded: { x: ROWS }, page: { size: 2, totalElements: 7, totalPages: 4, number: 3 } },
  ],
  [
    'Laravel',
    { data: ROWS, links: { next: null }, meta: { current_page: 4, last_page: 4, per_page: 2, total: 7 } },
  ],
  ['will_paginate', ROWS, { 'x-page': '4', 'x-per-page': '2', 'x-next-page': '', 'x-total': '7' }],
  ['GitHub', ROWS, { link: '<https://x.example/t?page=3>; rel="prev"' }],
  ['Stripe', { object: 'list', has_more: false, data: ROWS }],
  ['Django REST', { count: 7, next: null, previous: 'x', results: ROWS }],
  ['Jira', { startAt: 5, maxResults: 2, total: 7, issues: ROWS }],
];
test.each(ENDS)('the last page: %s', (_, json, headers) => {
  const { cursor, endUnknown, items } = read('listTickets', json, headers);
  expect([cursor, endUnknown]).toEqual([undefined, undefined]);
  expect((items as Data[]).length).toBeGreaterThan(0);
});

test('more are said to be there, and nothing says how to get them: that isn’t the end', () => {
  for (const json of [
    { data: ROWS, has_more: true },
    { items: ROWS, meta: { hasNext: true } },
    { content: ROWS, last: false },
  ])
    expect(read('listTickets', json).endUnknown, JSON.stringify(json)).toBe(true);
});

test('an error’s lists are not the rows, nor is one of two', () => {
  expect(() => read('listTickets', { errors: [{ id: 1 }] })).toThrow(/not a list/);
  expect(() => read('listTickets', { one: [{ id: 1 }], other: [{ id: 2 }] })).toThrow(/not a list/);
  expect(() => read('getTicket', { hello: 1 })).not.toThrow();
});
