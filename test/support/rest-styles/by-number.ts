/** Conventions that count pages or rows. */
import type { Data, RestStyle } from '../styled-api.ts';
import {
  address,
  byNumber,
  camel,
  goesOn,
  nextAddress,
  nextOf,
  number,
  pageOf,
  pagesOf,
  people,
  placeOf,
  renamed,
  resource,
  SIZE,
} from './parts.ts';

export const BY_NUMBER: Record<string, RestStyle> = {
  'JSON:API': {
    paging: ['page[number]', 'page[size]'],
    asked: byNumber('page[number]', 'page[size]'),
    page: (list) => ({
      body: {
        jsonapi: { version: '1.1' },
        data: list.rows.map((row) => resource(row, list.name)),
        included: people(list.rows),
        links: {
          self: String(list.url),
          first: address(list, { 'page[number]': 1 }),
          prev: null,
          next: nextAddress(list, { 'page[number]': pageOf(list) + 1, 'page[size]': list.size }),
        },
        meta: { total: list.total },
      },
      headers: { 'content-type': 'application/vnd.api+json' },
    }),
    single: (value, name) =>
      name === 'result' ? { data: value } : { data: resource(value, `${name}s`), included: people([value]) },
    refusal: ({ status, code, message }) => ({
      status,
      body: { errors: [{ id: 'e1', status: String(status), code, title: 'No', detail: message }] },
    }),
  },
  HAL: {
    paging: ['page', 'size'],
    asked: (query) => {
      const size = number(query.get('size'), SIZE);
      return { from: number(query.get('page'), 0) * size, size };
    },
    page: (list) => ({
      body: {
        ...(list.rows.length > 0
          ? { _embedded: { [`${list.name.slice(0, -1)}DtoList`]: renamed(list.rows, camel) } }
          : {}),
        _links: { self: { href: String(list.url) } },
        page: {
          size: list.size,
          totalElements: list.total,
          totalPages: pagesOf(list),
          number: pageOf(list) - 1,
        },
      },
      headers: { 'content-type': 'application/hal+json' },
    }),
    single: (value) => ({ ...(renamed(value, camel) as Data), _links: { self: { href: '/x' } } }),
    refusal: ({ status, message }) => ({
      status,
      body: { message, logref: '42', _links: { help: { href: '/h' } } },
    }),
  },
  'Spring Data': {
    paging: ['page', 'size'],
    asked: (query) => {
      const size = number(query.get('size'), SIZE);
      return { from: number(query.get('page'), 0) * size, size };
    },
    page: (list) => ({
      body: {
        content: renamed(list.rows, camel),
        pageable: {
          sort: { sorted: false, unsorted: true, empty: true },
          offset: list.from,
          pageNumber: pageOf(list) - 1,
          pageSize: list.size,
          paged: true,
          unpaged: false,
        },
        last: !goesOn(list),
        totalPages: pagesOf(list),
        totalElements: list.total,
        number: pageOf(list) - 1,
        size: list.size,
        numberOfElements: list.rows.length,
        first: list.from === 0,
        empty: list.rows.length === 0,
        sort: { sorted: false, unsorted: true, empty: true },
      },
    }),
    single: (value) => renamed(value, camel),
    refusal: ({ status, message }) => ({
      status,
      body: { timestamp: '2026-01-01T00:00:00.000+00:00', status, error: 'No', message, path: '/x' },
    }),
  },
  'Django REST': {
    paging: ['page', 'page_size'],
    asked: byNumber('page', 'page_size'),
    page: (list) => ({
      body: {
        count: list.total,
        next: nextAddress(list, { page: pageOf(list) + 1 }),
        previous: null,
        results: list.rows,
      },
    }),
    whole: (rows) => rows,
    single: (value) => value,
    refusal: ({ status, message }) => ({ status, body: { detail: message } }),
  },
  Rails: {
    paging: ['page', 'per_page'],
    asked: byNumber('page', 'per_page'),
    page: (list) => ({
      body: list.rows,
      headers: {
        'x-total': String(list.total),
        'x-page': String(pageOf(list)),
        'x-per-page': String(list.size),
        ...(goesOn(list) ? { link: `<${address(list, { page: pageOf(list) + 1 })}>; rel="next"` } : {}),
      },
    }),
    single: (value) => value,
    written: (value) => ({ status: 200, body: value }),
    refusal: ({ status, message }) => ({ status, body: { errors: { base: [message] } } }),
  },
  Laravel: {
    paging: ['page', 'per_page'],
    asked: byNumber('page', 'per_page'),
    page: (list) => ({
      body: {
        data: list.rows,
        links: {
          first: address(list, { page: 1 }),
          last: address(list, { page: pagesOf(list) }),
          prev: null,
          next: nextAddress(list, { page: pageOf(list) + 1 }),
        },
        meta: {
          current_page: pageOf(list),
          from: list.from + 1,
          last_page: pagesOf(list),
          links: [{ url: null, label: '&laquo; Previous', active: false }],
          path: `${list.url.origin}${list.url.pathname}`,
          per_page: list.size,
          to: list.from + list.rows.length,
          total: list.total,
        },
      },
    }),
    whole: (rows) => ({ data: rows }),
    single: (value) => ({ data: value }),
    refusal: ({ status, message }) => ({
      status,
      body: { message, exception: 'HttpException', file: '/x.php', line: 3, trace: [] },
    }),
  },
  PayPal: {
    paging: ['page', 'page_size'],
    asked: byNumber('page', 'page_size'),
    page: (list) => ({
      body: {
        total_items: list.total,
        total_pages: pagesOf(list),
        [list.name]: list.rows,
        links: [
          { href: String(list.url), rel: 'self', method: 'GET' },
          ...(goesOn(list)
            ? [{ href: address(list, { page: pageOf(list) + 1 }), rel: 'next', method: 'GET' }]
            : []),
        ],
      },
    }),
    single: (value) => ({ ...value, links: [{ href: '/x', rel: 'self', method: 'GET' }] }),
    written: () => ({ status: 204, body: undefined }),
    refusal: ({ status, code, message }) => ({
      status,
      body: { name: code.toUpperCase(), message, debug_id: 'd3bug99', details: [], links: [] },
    }),
  },
  Twilio: {
    paging: ['Page', 'PageSize', 'PageToken'],
    asked: (query) => ({ from: placeOf(query.get('PageToken')), size: number(query.get('PageSize'), SIZE) }),
    page: (list) => ({
      body: {
        [list.name]: list.rows,
        page: pageOf(list) - 1,
        page_size: list.size,
        start: list.from,
        end: list.from + list.rows.length - 1,
        first_page_uri: '/x?Page=0',
        uri: '/x?Page=0',
        previous_page_uri: null,
        next_page_uri: goesOn(list)
          ? `/x?PageSize=${list.size}&Page=${pageOf(list)}&PageToken=${nextOf(list)}`
          : null,
      },
    }),
    single: (value) => value,
    refusal: ({ status, message }) => ({
      status,
      body: { code: 20404, message, more_info: 'https://x.example', status },
    }),
  },
  PostgREST: {
    paging: ['offset', 'limit'],
    asked: (query) => ({ from: number(query.get('offset'), 0), size: number(query.get('limit'), SIZE) }),
    page: (list) => ({
      status: goesOn(list) ? 206 : 200,
      body: list.rows,
      headers: { 'content-range': `${list.from}-${list.from + list.rows.length - 1}/${list.total}` },
    }),
    single: (value) => [value],
    refusal: ({ status, code, message }) => ({ status, body: { code, details: null, hint: null, message } }),
  },
  JSend: {
    paging: ['offset', 'limit'],
    asked: (query) => ({ from: number(query.get('offset'), 0), size: number(query.get('limit'), SIZE) }),
    page: (list) => ({
      body: {
        status: 'success',
        data: { [list.name]: list.rows },
        paging: { offset: list.from, limit: list.size, total: list.total },
      },
    }),
    single: (value, name) => ({ status: 'success', data: { [name]: value } }),
    refusal: ({ status, message }) => ({
      status,
      body: { status: status < 500 ? 'fail' : 'error', data: { title: message } },
    }),
  },
};
