/** Conventions that go on from a place. */
import type { Data, RestStyle } from '../styled-api.ts';
import {
  address,
  byCursor,
  camel,
  goesOn,
  nextAddress,
  nextOf,
  number,
  opaque,
  pageOf,
  pagesOf,
  pascal,
  renamed,
  SIZE,
} from './parts.ts';

export const BY_CURSOR: Record<string, RestStyle> = {
  OData: {
    paging: ['$skiptoken', '$top'],
    asked: byCursor('$skiptoken', '$top'),
    page: (list) => ({
      body: {
        '@odata.context': 'https://x.example/$metadata#Tickets',
        '@odata.count': list.total,
        value: list.name === 'annotations' ? list.rows : renamed(list.rows, pascal),
        ...(goesOn(list) ? { '@odata.nextLink': address(list, { $skiptoken: nextOf(list)! }) } : {}),
      },
    }),
    single: (value) => ({
      '@odata.context': 'https://x.example/$metadata#T/$entity',
      ...(renamed(value, pascal) as Data),
    }),
    refusal: ({ status, code, message }) => ({
      status,
      body: { error: { code: pascal(code), message, target: 'x', details: [] } },
    }),
  },
  Stripe: {
    paging: ['starting_after'],
    isStrict: true,
    asked: (query, rows) => {
      const after = query.get('starting_after');
      const from = after === null ? 0 : rows.findIndex(({ id }) => id === after) + 1;
      return { from, size: number(query.get('limit'), SIZE) };
    },
    page: (list) => ({
      body: { object: 'list', url: list.url.pathname, has_more: goesOn(list), data: list.rows },
    }),
    single: (value, name) => ({ object: name, ...value }),
    refusal: ({ status, code, message }) => ({
      status,
      body: { error: { type: 'invalid_request_error', code, message, doc_url: 'https://x.example/e' } },
    }),
  },
  GitHub: {
    paging: ['after', 'per_page'],
    asked: byCursor('after', 'per_page'),
    page: (list) => ({
      body: list.rows,
      headers: goesOn(list)
        ? { link: `<${address(list, { per_page: list.size, after: nextOf(list)! })}>; rel="next"` }
        : {},
    }),
    single: (value) => value,
    refusal: ({ status, message }) => ({
      status,
      body: { message, documentation_url: 'https://x.example/rest', status: String(status) },
    }),
  },
  Linear: {
    paging: ['first', 'after'],
    asked: byCursor('after', 'first'),
    page: (list) => ({
      body: {
        data: {
          [list.name]: {
            nodes: renamed(list.rows, camel),
            pageInfo: { hasNextPage: goesOn(list), endCursor: nextOf(list) ?? opaque(list.total) },
          },
        },
      },
    }),
    single: (value, name) => ({ data: { [name]: renamed(value, camel) } }),
    written: (value, name) => ({
      body: { data: { [`${name}Update`]: { success: true, [name]: renamed(value, camel) } } },
    }),
    refusal: ({ status, code, message }) => ({
      status,
      body: { errors: [{ message, path: ['x'], extensions: { code, userPresentableMessage: message } }] },
    }),
  },
  Google: {
    paging: ['pageToken', 'pageSize'],
    isStrict: true,
    asked: byCursor('pageToken', 'pageSize'),
    page: (list) => ({
      body: {
        [list.name]: renamed(list.rows, camel),
        ...(goesOn(list) ? { nextPageToken: nextOf(list) } : {}),
        totalSize: list.total,
      },
    }),
    single: (value) => renamed(value, camel),
    refusal: ({ status, code, message }) => ({
      status,
      body: { error: { code: status, message, status: code.toUpperCase(), details: [] } },
    }),
  },
  Airtable: {
    paging: ['offset', 'pageSize'],
    asked: byCursor('offset', 'pageSize'),
    page: (list) => ({
      body: {
        records: list.rows.map(({ id, ...fields }) => ({ id, createdTime: fields.created_at, fields })),
        ...(goesOn(list) ? { offset: nextOf(list) } : {}),
      },
    }),
    single: (value, name) => {
      const { id, ...fields } = value;
      return name === 'result' || !id ? value : { id, createdTime: fields.created_at, fields };
    },
    refusal: ({ status, code, message }) => ({
      status,
      body: { error: { type: code.toUpperCase(), message } },
    }),
  },
  Asana: {
    paging: ['offset'],
    asked: byCursor('offset'),
    page: (list) => ({
      body: {
        data: list.rows.map(({ id, ...row }) => ({ gid: id, resource_type: 'task', ...row })),
        next_page: goesOn(list)
          ? { offset: nextOf(list), path: '/x', uri: address(list, { offset: nextOf(list)! }) }
          : null,
      },
    }),
    single: ({ id, ...value }) => ({ data: { ...(id ? { gid: id } : {}), ...value } }),
    refusal: ({ status, message }) => ({
      status,
      body: { errors: [{ message, help: 'See https://x.example' }] },
    }),
  },
  HubSpot: {
    paging: ['after'],
    asked: byCursor('after'),
    page: (list) => ({
      body: {
        results: list.rows.map(({ id, ...properties }) => ({ id, properties, archived: false })),
        ...(goesOn(list)
          ? { paging: { next: { after: nextOf(list), link: `?after=${nextOf(list)}` } } }
          : {}),
      },
    }),
    whole: (rows) => ({ results: rows }),
    single: (value) => value,
    refusal: ({ status, message, code }) => ({
      status,
      body: { status: 'error', message, correlationId: 'c0ffee-11', category: code.toUpperCase() },
    }),
  },
  Notion: {
    paging: ['start_cursor', 'page_size'],
    isStrict: true,
    asked: byCursor('start_cursor', 'page_size'),
    page: (list) => ({
      body: {
        object: 'list',
        results: list.rows,
        next_cursor: nextOf(list) ?? null,
        has_more: goesOn(list),
        type: 'page_or_database',
        page_or_database: {},
        request_id: 'b1e2',
      },
    }),
    single: (value, name) => ({ object: name, ...value }),
    refusal: ({ status, code, message }) => ({ status, body: { object: 'error', status, code, message } }),
  },
  Zendesk: {
    paging: ['page[after]', 'page[size]'],
    asked: byCursor('page[after]', 'page[size]'),
    page: (list) => ({
      body: {
        [list.name]: list.rows,
        meta: { has_more: goesOn(list), after_cursor: nextOf(list) ?? opaque(list.total) },
        links: {
          prev: null,
          next: nextAddress(list, { 'page[after]': nextOf(list) ?? '', 'page[size]': list.size }),
        },
      },
    }),
    single: (value, name) => ({ [name]: value }),
    refusal: ({ status, code, message }) => ({ status, body: { error: code, description: message } }),
  },
  Intercom: {
    paging: ['starting_after', 'per_page', 'page'],
    asked: byCursor('starting_after', 'per_page'),
    page: (list) => ({
      body: {
        type: 'list',
        data: list.rows,
        total_count: list.total,
        pages: {
          type: 'pages',
          page: pageOf(list),
          per_page: list.size,
          total_pages: pagesOf(list),
          ...(goesOn(list) ? { next: { page: pageOf(list) + 1, starting_after: nextOf(list) } } : {}),
        },
      },
    }),
    single: (value, name) => ({ type: name, ...value }),
    refusal: ({ status, code, message }) => ({
      status,
      body: { type: 'error.list', request_id: 'r3quest', errors: [{ code, message, field: null }] },
    }),
  },
  Kubernetes: {
    paging: ['continue'],
    asked: byCursor('continue'),
    page: (list) => ({
      body: {
        kind: 'TicketList',
        apiVersion: 'v1',
        metadata: { resourceVersion: '10', ...(goesOn(list) ? { continue: nextOf(list) } : {}) },
        items: list.rows,
      },
    }),
    single: (value) => value,
    refusal: ({ status, code, message }) => ({
      status,
      body: { kind: 'Status', apiVersion: 'v1', metadata: {}, message, reason: pascal(code), code: status },
    }),
  },
};
