/**
 * How APIs say that a list goes on: the address of the next page, a cursor under one of its names, a page number, an
 * offset. What comes out is one text, the agent's cursor (`cursors.ts`).
 */
import { isJsonObject, type JsonObject } from '../../base/json-object.ts';
import type { HttpResponse } from '../http/http.ts';
import { namesIn, ranked } from '../vocabulary/ranked-names.ts';
import { cursorFrom, cursorOf, cursorOfAddress, isAddress, isPagingArgument, ownCursor } from './cursors.ts';
import {
  countsMore,
  NUMBER_NAMES,
  nextNumber,
  numbered,
  saysMore,
  textOf,
  wholeNumber,
  withCamel,
} from './page-numbers.ts';

export interface Continuation {
  cursor?: string | undefined;
  /** Whether anything was said about more. */
  isSaid: boolean;
  /** How it was said, where that differs from the contract's `cursor`. */
  how?: string | undefined;
  /** There is more, and nothing says how to get it. */
  hasMore?: boolean;
  /** There are fewer than it counts, and nothing else is said. */
  isPartOfTotal?: boolean;
  /** It is the end where 0, -1 or a word like `null` stands for none, which it mostly does. */
  endsInZero?: boolean;
}

/** Names of the next page's cursor. */
const CURSORS = withCamel([
  ...['next_cursor', 'next_page_token', 'next_token', 'continuation_token', 'end_cursor', 'next_page_cursor'],
  ...['next_marker', 'after', 'after_cursor', 'continue', 'bookmark', 'scroll_id', 'pagination_token'],
  ...['next_key', 'next_page_key', 'page_token', 'cursor_next'],
]);
/** A cursor, a number or the address of the next page, or an object with one of them. */
const NEXT = [
  ...withCamel(['next', 'next_page', 'next_url', 'next_link', 'next_page_url', 'next_href', 'next_uri']),
  ...withCamel(['next_page_uri', 'next_page_link', 'next_page_number', 'next_offset', 'next_start']),
  ...withCamel(['next_page_start', 'next_skip', 'next_index']),
  ...['@odata.nextLink', 'odata.nextLink', '@nextLink'],
];
const PLACES = withCamel([
  ...['meta', 'pagination', 'paging', 'page_info', 'links', '_links', 'cursors', 'page', 'pageable', '_meta'],
  ...['response_metadata', 'metadata', 'pages', 'paginator', 'pager', 'result_info', 'cursor', '_metadata'],
]);

const RANKED_CURSORS = ranked(CURSORS);
const RANKED_NEXT = ranked(NEXT);
const RANKED_PLACES = ranked(PLACES);
const RANKED_CURSOR_ENDS = ranked(['cursor', ...CURSORS]);
const RANKED_ENDS = ranked(['cursor', ...CURSORS, ...NEXT]);

/** Says nothing but that an envelope pages: not shown to the agent. */
const PAGING_NAMES = new Set([
  ...['cursor', ...CURSORS, ...NEXT, ...PLACES, ...NUMBER_NAMES],
  ...['count', 'first', 'sort', 'empty', 'number', 'number_of_elements', 'numberOfElements', 'from', 'to'],
  ...['first_page_url', 'last_page_url', 'prev_page_url', 'previous', 'prev', 'prev_cursor', 'before_cursor'],
  ...['first_page_uri', 'previous_page_uri', 'start', 'end', '@odata.count', '@odata.context'],
]);

/** Whether it says how a list goes on: rows may stand under such a name, too (`done: [{…}]`). */
export function isPaging(name: string, value: unknown): boolean {
  if (!PAGING_NAMES.has(name)) return false;
  // What it is sorted by may be a list of objects.
  const isRow = (one: unknown) => isJsonObject(one) && (name !== 'sort' || 'id' in one);
  return !Array.isArray(value) || !value.some(isRow);
}

/**
 * @param envelopes what stood around the list, the outermost first; none for a bare one.
 * @param isNextPage whether it was asked for with a cursor.
 */
export function continuationOf(
  envelopes: readonly JsonObject[],
  headers: HttpResponse['headers'],
  items: readonly unknown[],
  isNextPage = false,
): Continuation {
  const [only, ...more] = envelopes;
  if (only && more.length === 0 && headers.link === undefined && isContracts(only))
    return contracts(only.cursor);
  const places = placesIn(envelopes, headers);
  const on = places.map(([, place]) => saysMore(place)).filter((one) => one !== undefined);
  const goesOn = on.includes(true);
  const shown = items.length;
  const isPartOfTotal = !isNextPage && places.some(([, place]) => countsMore(place, shown));
  /** It counts some and shows none. */
  const showsNone = isPartOfTotal && shown === 0;
  if (!goesOn && on.length > 0) return { isSaid: true, isPartOfTotal: showsNone };
  const found =
    byAddress(places, headers) ??
    byCursor(places, goesOn || isPartOfTotal) ??
    byNumber(places, shown) ??
    byLastRow(places, items);
  if (found) return found;
  // There are more, and nothing says how to get them; on a page after the first, silence is the end.
  if (goesOn) return { isSaid: false, hasMore: true };
  const endsInZero = places.some(([, place]) =>
    namesIn(place, RANKED_CURSOR_ENDS).some((name) => isNone(place[name])),
  );
  if (isNextPage) return { isSaid: true, endsInZero };
  const isSaid = places.some(([, place]) => saysEnd(place)) || headers.link !== undefined;
  if (isPartOfTotal && (!isSaid || endsInZero)) return { isSaid: false, isPartOfTotal };
  return { isSaid, endsInZero, isPartOfTotal: showsNone };
}

function contracts(cursor: unknown): Continuation {
  const text = isNull(cursor) ? undefined : textOf(cursor);
  return {
    cursor: text === undefined ? undefined : ownCursor(text),
    isSaid: typeof cursor !== 'object' || cursor === null,
    endsInZero: isNone(cursor),
  };
}

type Place = readonly [where: string, place: JsonObject];

function placesIn(envelopes: readonly JsonObject[], headers: HttpResponse['headers']): Place[] {
  const places: Place[] = [];
  const inside = (where: string, outer: JsonObject, then?: (where: string, place: JsonObject) => void) => {
    for (const name of namesIn(outer, RANKED_PLACES)) {
      const place = outer[name];
      if (!isJsonObject(place)) continue;
      places.push([`${where}${name}.`, place]);
      then?.(`${where}${name}.`, place);
    }
  };
  for (const envelope of envelopes) {
    places.push(['', envelope]);
    inside('', envelope, inside);
  }
  const fromHeaders = pagingHeaders(headers);
  return fromHeaders ? [...places, ['the headers’ ', fromHeaders]] : places;
}

/** The address of the next page, or what else stands where it may: the surest, since it says how to ask. */
function byAddress(places: readonly Place[], headers: HttpResponse['headers']): Continuation | undefined {
  for (const [where, place] of places) {
    for (const name of namesIn(place, RANKED_NEXT)) {
      const cursor = nextIn(place, name);
      if (cursor) return { cursor, isSaid: true, how: where + name };
    }
    for (const list of [place.links, place._links]) {
      const next = Array.isArray(list)
        ? list.find((one) => isJsonObject(one) && one.rel === 'next')
        : undefined;
      const cursor = typeof next?.href === 'string' ? cursorOfAddress(next.href) : undefined;
      if (cursor) return { cursor, isSaid: true, how: `${where}links` };
    }
  }
  const link = fromLink(headers.link);
  return link === undefined ? undefined : { cursor: link, isSaid: true, how: 'the Link header' };
}

function nextIn(place: JsonObject, name: string): string | undefined {
  const value = place[name];
  if (isJsonObject(value)) {
    const address = ['href', 'url', 'uri', 'link']
      .map((one) => value[one])
      .find((one) => typeof one === 'string');
    const entries = Object.entries(value).flatMap(([key, one]): [string, string][] => {
      const text = isPagingArgument(key) && !isNone(one) ? textOf(one) : undefined;
      return text === undefined ? [] : [[key, text]];
    });
    return (typeof address === 'string' ? cursorOfAddress(address) : undefined) ?? cursorOf(entries);
  }
  const number = typeof value === 'number' || !/^next$/i.test(name) ? wholeNumber(value) : undefined;
  // No page comes before the first.
  if (number === 0 || isNone(value)) return undefined;
  if (number !== undefined) {
    if (/^next(_?page(_?number)?)?$/i.test(name)) return numbered(place, number);
    // `nextOffset: 20` is asked for as `offset=20`.
    const plain = name.replace(/^next_?(page_?)?/i, '');
    return cursorOf([[plain.charAt(0).toLowerCase() + plain.slice(1), String(number)]]);
  }
  if (typeof value !== 'string' || value === '') return undefined;
  if (isAddress(value)) return cursorOfAddress(value);
  return /(page|url|link|href|uri)$/i.test(name) ? ownCursor(value) : cursorFrom(name, value);
}

function byCursor(places: readonly Place[], goesOn: boolean): Continuation | undefined {
  for (const [where, place] of places) {
    const name = namesIn(place, RANKED_CURSORS).find((one) => !isJsonObject(place[one]));
    // `offset` may be a number of rows, or a text that leads on.
    const other =
      name ?? (wholeNumber(place.offset) === undefined && textOf(place.offset) ? 'offset' : undefined);
    // Beside the next page's, `cursor` is this page's own.
    const field = other ?? (isNull(place.next) ? undefined : cursorNameIn(place));
    const cursor = field === undefined ? undefined : textOf(place[field]);
    if (field === undefined || cursor === undefined) continue;
    // Where nothing else says that there is more, 0 leads nowhere; the others never do.
    if (isNone(cursor) && !(goesOn && cursor === '0')) continue;
    const how = where + field === 'cursor' ? undefined : where + field;
    // Notion's lists, which ask for the start.
    const name_ = place.object === 'list' && field === 'next_cursor' ? 'start_cursor' : field;
    return { cursor: cursorFrom(name_, cursor), isSaid: true, how };
  }
  return undefined;
}

const cursorNameIn = (place: JsonObject) =>
  ['cursor', 'Cursor'].find((name) => !isJsonObject(place[name]) && place[name]);

function byNumber(places: readonly Place[], shown: number): Continuation | undefined {
  for (const [where, place] of places) {
    const next = nextNumber(place, shown);
    if (next?.cursor) return { cursor: next.cursor, isSaid: true, how: where + next.by };
    if (next) return { isSaid: true };
  }
  return undefined;
}

/** Stripe's lists go on after their last row. */
function byLastRow(places: readonly Place[], items: readonly unknown[]): Continuation | undefined {
  const isStripes = places.some(([, place]) => place.object === 'list' && saysMore(place) === true);
  const after = isStripes ? idOf(items.at(-1)) : undefined;
  return after === undefined
    ? undefined
    : { cursor: cursorOf([['starting_after', after]]), isSaid: true, how: 'has_more' };
}

/** Whether a place says in any form that nothing follows; only asked where nothing led on. */
function saysEnd(place: JsonObject): boolean {
  if (namesIn(place, RANKED_ENDS).some((name) => isNull(place[name]))) return true;
  const links = Array.isArray(place.links) ? place.links : [];
  return links.some((one) => isJsonObject(one) && typeof one.rel === 'string');
}

const isNull = (value: unknown) => value === null || value === '' || value === false || isNone(value);

/** What programs write for none, besides null: numbers in typed languages, words where null was made a text. */
const isNone = (value: unknown) =>
  /^(0|-1|null|none|nil|undefined)$/i.test(typeof value === 'number' ? String(value) : (textOf(value) ?? ''));

function idOf(row: unknown): string | undefined {
  return isJsonObject(row) ? textOf(row.id ?? row._id ?? row.ticket_id) : undefined;
}

/** What some APIs say beside a bare list: `X-Page`, `X-Total`, `X-Next-Page`. */
const HEADERS: Readonly<Record<string, string>> = {
  'x-page': 'page',
  'x-per-page': 'per_page',
  'x-total': 'total',
  'x-total-count': 'total',
  'x-total-pages': 'total_pages',
  'x-has-more': 'has_more',
  'x-next-page': 'next_page',
  'x-next-cursor': 'next_cursor',
  'x-next-page-token': 'next_page_token',
  'x-offset': 'offset',
  'x-limit': 'limit',
};

function pagingHeaders(headers: HttpResponse['headers']): JsonObject | undefined {
  const found: JsonObject = {};
  for (const header in HEADERS) if (headers[header] !== undefined) found[HEADERS[header]!] = headers[header];
  // `Content-Range: 0-19/74`
  const [, first, total] = /^(?:\w+ )?(\d+)-\d+\/(\d+)$/.exec(String(headers['content-range'] ?? '')) ?? [];
  if (first !== undefined) Object.assign(found, { offset: first, total });
  return Object.keys(found).length > 0 ? found : undefined;
}

/** `{items, cursor?}` and nothing else. */
function isContracts(envelope: JsonObject): boolean {
  for (const name in envelope) if (name !== 'items' && name !== 'cursor') return false;
  return 'items' in envelope;
}

/** `<https://…?cursor=x>; rel="next", <…>; rel="prev"` */
function fromLink(header: string | string[] | undefined): string | undefined {
  const text = Array.isArray(header) ? header.join(', ') : header;
  for (const [, address, attributes] of (text ?? '').matchAll(/<([^>]*)>([^<]*)/g)) {
    if (/;\s*rel\s*=\s*"?[^";]*\bnext\b/i.test(attributes!)) return cursorOfAddress(address!);
  }
  return undefined;
}
