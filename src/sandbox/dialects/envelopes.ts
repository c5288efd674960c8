/** What lists, pages and single things are wrapped in. */

import type { Traits } from './dialects.ts';
import { camelCase } from './fields.ts';

export interface PageState {
  /** Opaque; absent on the last page. */
  cursor?: string | undefined;
  /** Of a numbered page, from 1. */
  number: number;
  size: number;
}

export interface Wrapped {
  body: unknown;
  headers: Record<string, string>;
}

/** @param name plural, in snake_case. @param page for lists that page. */
export function wrapList(
  items: unknown[],
  name: string,
  traits: Traits,
  page?: PageState,
  url?: URL,
): Wrapped {
  const more = page ? pageFields(page, traits) : {};
  const headers: Record<string, string> = {};
  if (page?.cursor && traits.page === 'link' && url) headers.Link = linkTo(url, page.cursor);
  const hasMore = Object.keys(more).length > 0;
  switch (traits.list) {
    case 'bare':
      return { body: page && (hasMore || traits.page !== 'link') ? { items, ...more } : items, headers };
    case 'data.items':
      return { body: { data: { items, ...more } }, headers };
    case 'named':
      return { body: { [traits.names === 'camelCase' ? camelCase(name) : name]: items, ...more }, headers };
    default:
      return { body: { [traits.list]: items, ...more }, headers };
  }
}

/** @param name singular, in snake_case. */
export function wrapSingle(value: unknown, name: string, { single, names }: Traits): unknown {
  if (single === 'bare') return value;
  if (single === 'named') return { [names === 'camelCase' ? camelCase(name) : name]: value };
  return { [single]: value, ...(single === 'data' ? { meta: {} } : {}) };
}

function pageFields({ cursor, number, size }: PageState, { page, names }: Traits): Record<string, unknown> {
  const next = cursor ?? null;
  switch (page) {
    case 'link':
      return {};
    case 'meta':
      return { meta: { next_cursor: next } };
    case 'pagination':
      return { pagination: { nextCursor: next } };
    case 'page_info':
      return { page_info: { endCursor: cursor ?? '', hasNextPage: cursor !== undefined } };
    case 'numbers':
      return {
        meta: {
          page: number,
          [names === 'camelCase' ? 'perPage' : 'per_page']: size,
          [names === 'camelCase' ? 'hasMore' : 'has_more']: cursor !== undefined,
        },
      };
    case 'cursor':
      return cursor === undefined ? {} : { cursor };
    default:
      return { [page]: next };
  }
}

function linkTo(url: URL, cursor: string): string {
  const next = new URL(url);
  next.searchParams.set('cursor', cursor);
  return `<${next}>; rel="next"`;
}
