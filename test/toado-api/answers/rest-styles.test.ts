/** The styles of well-known REST frameworks and APIs: each says the same, and what is read is the same. */
import { describe, expect, test } from 'vitest';
import { readAnswer } from '../../../src/toado-api/answers/read-answer.ts';
import { readErrorBody } from '../../../src/toado-api/errors/error-body.ts';
import { contractCode, isNotFoundCode } from '../../../src/toado-api/errors/error-codes.ts';
import { queryOf } from '../../../src/toado-api/paging/arguments.ts';
import { Reading } from '../../../src/toado-api/reading/reading.ts';
import { type RouteName, routes } from '../../../src/toado-api/routes/routes.ts';

type Data = Record<string, unknown>;

function read(route: RouteName, json: unknown, headers: Record<string, string> = {}) {
  const reading = new Reading();
  const answer = readAnswer(routes[route].answer, structuredClone(json), headers, reading) as Data;
  for (const { understood, path, was } of reading.differences)
    expect([understood, path, was]).toEqual([true, path, was]);
  return answer;
}

const AT = '2026-01-01T00:00:00.000Z';
const FACTS = {
  id: '7',
  title: 'A',
  project_id: '3',
  column_id: '5',
  status: 'active',
  assignees: [{ id: '9', name: 'Mia Berg' }],
  created_at: AT,
};
const PLAIN = { ...FACTS, id: 7, project_id: 3, column_id: 5 };
const ROWS = [PLAIN, { ...PLAIN, id: 8 }];

const RESOURCE = (id: number) => ({
  type: 'tickets',
  id: String(id),
  attributes: { title: 'A', status: 'active', 'created-at': AT },
  relationships: {
    project: { data: { type: 'projects', id: '3' }, links: { related: '/projects/3' } },
    column: { data: { type: 'columns', id: '5' } },
    assignees: { data: [{ type: 'people', id: '9' }] },
  },
  links: { self: `/tickets/${id}` },
});
const INCLUDED = [{ type: 'people', id: '9', attributes: { name: 'Mia Berg' } }];
const STRAPI = (id: number) => ({
  id,
  attributes: {
    title: 'A',
    status: 'active',
    createdAt: AT,
    project: { data: { id: 3, attributes: { name: 'Shop' } } },
    column: { data: { id: 5, attributes: { name: 'Review' } } },
    assignees: { data: [{ id: 9, attributes: { name: 'Mia Berg' } }] },
  },
});
const MONGO = (id: string) => ({
  _id: { $oid: id },
  title: 'A',
  project: { _id: { $oid: '3' }, name: 'Shop' },
  column: { $oid: '5' },
  status: 'active',
  assignees: [{ _id: { $oid: '9' }, name: 'Mia Berg' }],
  createdAt: { $date: { $numberLong: String(Date.parse(AT)) } },
});
const FIRESTORE = { ...PLAIN, created_at: { _seconds: Date.parse(AT) / 1000, _nanoseconds: 0 } };
const DOT_NET = {
  Id: 7,
  Title: 'A',
  ProjectId: 3,
  ColumnId: 5,
  Status: 'active',
  Assignees: [{ Id: 9, FirstName: 'Mia', LastName: 'Berg', firstName: 'Mia', lastName: 'Berg' }],
  CreatedAt: `/Date(${Date.parse(AT)})/`,
};

const WHOLE: [style: string, json: unknown][] = [
  ['JSON:API', { data: RESOURCE(7), included: INCLUDED, jsonapi: { version: '1.1' } }],
  ['Strapi', { data: STRAPI(7), meta: {} }],
  ['HAL', { ...PLAIN, _links: { self: { href: '/tickets/7' } } }],
  ['Laravel', { data: PLAIN }],
  ['MongoDB', MONGO('7')],
  ['Firestore', FIRESTORE],
  ['protobuf', { ...PLAIN, created_at: { seconds: String(Date.parse(AT) / 1000), nanos: 0 } }],
  ['.NET', DOT_NET],
  ['a name that nobody foresaw', { Issue: PLAIN, took: 3 }],
  ['whether it is archived, as a word', { ...PLAIN, status: undefined, archived: 'no' }],
  ['when it was archived', { ...PLAIN, status: undefined, archivedAt: null }],
];

test.each(WHOLE)('one ticket: %s', (_, json) => {
  const { id, title, project_id, column_id, status, assignees, created_at } = read('getTicket', json);
  const people = (assignees as Data[]).map(({ id, name }) => ({ id, name }));
  expect({ id, title, project_id, column_id, status, assignees: people, created_at }).toEqual(FACTS);
});

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

const ERRORS: [style: string, body: Data, code: string | undefined, message: RegExp][] = [
  [
    'JSON:API',
    {
      errors: [
        {
          status: '422',
          code: 'invalid',
          title: 'Invalid',
          detail: 'is too long',
          source: { pointer: '/data/attributes/title' },
        },
      ],
    },
    'invalid',
    /title: is too long/,
  ],
  [
    'Laravel',
    { message: 'The given data was invalid.', errors: { title: ['is required.', 'is odd.'] } },
    undefined,
    /invalid\.\ntitle: is required\.; is odd\./,
  ],
  [
    'Stripe',
    {
      error: {
        type: 'invalid_request_error',
        code: 'parameter_missing',
        message: 'Missing title.',
        param: 'title',
      },
    },
    'parameter_missing',
    /Missing title/,
  ],
  [
    'GitHub',
    { message: 'Validation Failed', errors: [{ resource: 'Issue', field: 'title', code: 'missing_field' }] },
    'missing_field',
    /Validation Failed\ntitle: missing_field/,
  ],
  [
    'Spring',
    { timestamp: 'x', status: 400, error: 'Bad Request', message: 'title must not be blank', path: '/t' },
    undefined,
    /^title must not be blank$/,
  ],
  [
    'Spring, by field',
    { status: 400, error: 'Bad Request', errors: [{ field: 'title', defaultMessage: 'must not be blank' }] },
    undefined,
    /title: must not be blank/,
  ],
  [
    'Django REST',
    { title: ['This field is required.'], non_field_errors: ['Odd.'] },
    undefined,
    /title: This field is required\.\nnon_field_errors: Odd\./,
  ],
  ['Django REST, one', { detail: 'Not found.' }, undefined, /^Not found\.$/],
  [
    'FastAPI',
    { detail: [{ loc: ['body', 'title'], msg: 'field required', type: 'missing' }] },
    undefined,
    /body\.title: field required/,
  ],
  [
    'Google',
    {
      error: {
        code: 400,
        message: 'Bad.',
        status: 'INVALID_ARGUMENT',
        details: [{ fieldViolations: [{ field: 'title', description: 'is empty' }] }],
      },
    },
    'INVALID_ARGUMENT',
    /Bad\.[\s\S]*title: is empty/,
  ],
  [
    'OAuth',
    { error: 'invalid_token', error_description: 'It has expired.' },
    'invalid_token',
    /^It has expired\.$/,
  ],
  [
    '.NET',
    { Message: 'The request is invalid.', ModelState: { 'ticket.title': ['The title is required.'] } },
    undefined,
    /^The request is invalid\.\nticket\.title: The title is required\.$/,
  ],
  [
    'ASP.NET Core',
    {
      type: 'https://tools.ietf.org/html/rfc9110#section-15.5.1',
      title: 'Invalid.',
      status: 400,
      errors: { Title: ['is required.'] },
    },
    undefined,
    /^Invalid\.\nTitle: is required\.$/,
  ],
  [
    'NestJS',
    { statusCode: 400, message: ['title must be shorter', 'title must be text'], error: 'Bad Request' },
    undefined,
    /^title must be shorter\ntitle must be text$/,
  ],
  [
    'Zod',
    {
      success: false,
      error: { name: 'ZodError', issues: [{ code: 'too_small', path: ['title'], message: 'Too small' }] },
    },
    undefined,
    /^title: Too small$/,
  ],
  [
    'Zod, flattened',
    { error: { formErrors: [], fieldErrors: { title: ['Required'] } } },
    undefined,
    /^title: Required$/,
  ],
  [
    'Zod, as a tree',
    { error: { errors: [], properties: { title: { errors: ['Too small'] } } } },
    undefined,
    /^title: Too small$/,
  ],
  [
    'Zod, as a text',
    { error: { name: 'ZodError', message: '[{"code":"too_small","path":["title"],"message":"Too small"}]' } },
    undefined,
    /^title: Too small$/,
  ],
  [
    'tRPC',
    { error: { json: { message: 'Bad.', code: -32600, data: { code: 'BAD_REQUEST' } } } },
    'BAD_REQUEST',
    /^Bad\.$/,
  ],
  [
    'GraphQL',
    { data: null, errors: [{ message: 'Not there', path: ['ticket'], extensions: { code: 'NOT_FOUND' } }] },
    'NOT_FOUND',
    /^ticket: Not there$/,
  ],
  [
    'Symfony',
    { violations: [{ propertyPath: 'title', message: 'must not be blank', code: 'c1' }] },
    undefined,
    /^title: must not be blank$/,
  ],
  [
    'JSend',
    { status: 'fail', data: { title: 'A title is required' } },
    undefined,
    /^title: A title is required$/,
  ],
  [
    'Rails, a field called description',
    { title: ['is blank'], description: ['is too long'] },
    undefined,
    /^title: is blank\ndescription: is too long$/,
  ],
  [
    'Jira',
    { errorMessages: ['No.'], errors: { summary: 'is needed' } },
    undefined,
    /summary: is needed\nNo\./,
  ],
  [
    'names with underscores',
    { error_code: 'E12', error_message: 'Too long', error_details: { title: 'at most 200' } },
    'E12',
    /^Too long\ntitle: at most 200$/,
  ],
  [
    'Apigee',
    { fault: { faultstring: 'No access', detail: { errorcode: 'oauth.v2.Invalid' } } },
    undefined,
    /^No access/,
  ],
  [
    'an issue for each field',
    { error: { message: 'No', details: [{ field: 'title', issue: 'too long' }] } },
    undefined,
    /title: too long/,
  ],
  [
    'a parameter beside its message',
    { error: { code: 'x', message: 'is missing', param: 'title' } },
    'x',
    /^title: is missing$/,
  ],
];
test.each(ERRORS)('an error: %s', (_, body, code, message) => {
  const read = readErrorBody(body);
  expect(read.code).toBe(code);
  expect(read.message).toMatch(message);
});

test.each([
  [{ status: '404' }, 404],
  [{ errors: [{ status: '422' }] }, 422],
  [{ error: { code: 403, message: 'x' } }, 403],
  [{ statusCode: 409 }, 409],
  [{ status: 'error', code: 'x' }, undefined],
])('a status in the body: %j', (body, status) => {
  expect(readErrorBody(body).status).toBe(status);
});

const CODES: [given: string, code: string | undefined][] = [
  ['BAD_USER_INPUT', 'validation_error'],
  ['parameterMissing', 'validation_error'],
  ['invalid_auth', 'unauthorized'],
  ['not_authorized', 'forbidden'],
  ['ACCESS_TOKEN_SCOPE_INSUFFICIENT', 'insufficient_scope'],
  ['ratelimited', 'rate_limited'],
  ['already_exists', 'conflict'],
  ['constructor', undefined],
  ['teapot', undefined],
];
test.each(CODES)('the code %s', (given, code) => {
  expect(contractCode(given)).toBe(code);
});

test('codes that say no more than that something isn’t there', () => {
  for (const code of ['NOT_FOUND', 'resource_missing', 'ObjectNotFound', 'gone'])
    expect(isNotFoundCode(code), code).toBe(true);
  for (const code of ['ticket_not_found', 'route_not_found', 'not_found_yet'])
    expect(isNotFoundCode(code), code).toBe(false);
});
