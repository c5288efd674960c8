/**
 * How APIs say that a list goes on: a cursor under one of its names, a page number, an offset, the address of the next
 * page. What comes out is one text, the agent's cursor; `queryOf` makes query arguments of it again. Addresses are
 * never followed: only their arguments are taken, and of those only the ones that page.
 */
import type { HttpResponse } from './http.ts';
import { camelCase, pascalCase } from './tolerant-schema.ts';

type Data = Record<string, unknown>;

export interface Continuation {
  cursor?: string | undefined;
  /** Whether anything was said about more. */
  isSaid: boolean;
  /** How it was said, where that differs from the contract's `cursor`. */
  how?: string | undefined;
}

const withCamel = (names: readonly string[]) => [
  ...new Set(names.flatMap((name) => [name, camelCase(name), pascalCase(name)])),
];

/** Names of a cursor, the contract's first. */
const CURSORS = withCamel([
  'cursor',
  'next_cursor',
  'next_page_token',
  'next_token',
  'continuation_token',
  'end_cursor',
  'next_page_cursor',
  'next_marker',
  'after',
]);
/** A cursor or the address of the next page. */
const NEXT = [
  ...withCamel(['next', 'next_page', 'next_url', 'next_link', 'next_page_url', 'next_href']),
  ...['@odata.nextLink', 'odata.nextLink', '@nextLink'],
];
const MORE = withCamel(['has_more', 'has_next', 'has_next_page', 'has_more_items', 'more', 'is_truncated']);
const LAST = withCamel(['last', 'is_last', 'is_last_page']);
const PAGE = withCamel(['page', 'current_page', 'page_number']);
const SIZE = withCamel(['per_page', 'page_size', 'limit', 'size', 'items_per_page', 'max_results']);
/** How many come before the first that is here. */
const OFFSET = withCamel(['offset', 'skip', 'start_at', 'start_index']);
const TOTAL = withCamel([
  'total',
  'total_count',
  'total_items',
  'total_results',
  'total_elements',
  'total_records',
]);
const PAGES = withCamel(['total_pages', 'last_page', 'page_count', 'pages']);
const PLACES = withCamel([
  ...['meta', 'pagination', 'paging', 'page_info', 'links', '_links', 'cursors', 'page', 'pageable', '_meta'],
  ...['response_metadata', 'metadata'],
]);

/** Names under which a page may be asked for, so that a cursor can name nothing else. */
const PAGING_ARGUMENTS = new Set([
  ...CURSORS,
  ...PAGE,
  ...SIZE,
  ...OFFSET,
  'start',
  'page_token',
  'pageToken',
  'starting_after',
  'page[number]',
  'page[size]',
  'page[after]',
  'page[cursor]',
  'page[offset]',
  'page[limit]',
  'page[before]',
  '$skip',
  '$top',
  '$skiptoken',
]);
/** Says nothing but that an envelope pages: not shown to the agent. */
export const PAGING_NAMES = new Set([
  ...CURSORS,
  ...NEXT,
  ...MORE,
  ...PAGE,
  ...SIZE,
  ...TOTAL,
  'count',
  ...PAGES,
  ...PLACES,
  ...OFFSET,
  ...LAST,
  'first',
  'sort',
  'empty',
  'number',
  'number_of_elements',
  'numberOfElements',
  'first_page_url',
  'last_page_url',
  'prev_page_url',
  'previous',
  'prev',
  'prev_cursor',
  'from',
  'to',
]);

/** What is no cursor of the API's own but arguments to ask with. */
const ARGUMENTS = 'n:';

/** Query arguments for a cursor that the agent gives back; undefined where it is the API's own. */
export function queryOf(cursor: string): URLSearchParams | undefined {
  if (!cursor.startsWith(ARGUMENTS)) return undefined;
  const query = new URLSearchParams(cursor.slice(ARGUMENTS.length));
  for (const name of query.keys()) if (!PAGING_ARGUMENTS.has(name)) return undefined;
  return query.size > 0 ? query : undefined;
}

function asCursor(query: Iterable<[string, string]>): string | undefined {
  const kept = [...query].filter(([name]) => PAGING_ARGUMENTS.has(name));
  if (kept.length === 0) return undefined;
  if (kept.length === 1 && kept[0]![0] === 'cursor') return kept[0]![1];
  const alone = kept.filter(([name]) => name !== 'limit');
  if (alone.length === 1 && alone[0]![0] === 'cursor') return alone[0]![1];
  return ARGUMENTS + new URLSearchParams(kept).toString();
}

/** @param envelopes what stood around the list, the outermost first; none for a bare one. */
export function continuationOf(
  envelopes: readonly Data[],
  headers: HttpResponse['headers'],
  items: readonly unknown[],
): Continuation {
  const shown = items.length;
  const [only, ...more] = envelopes;
  if (only && more.length === 0 && headers.link === undefined && isContracts(only))
    return { cursor: textOf(only.cursor), isSaid: true };
  const places: [where: string, place: Data][] = envelopes.flatMap((envelope): [string, Data][] => [
    ['', envelope],
    ...PLACES.flatMap((name): [string, Data][] => {
      const place = envelope[name];
      return isData(place) ? [[`${name}.`, place], ...inner(name, place)] : [];
    }),
  ]);
  const fromHeaders = pagingHeaders(headers);
  if (fromHeaders) places.push(['the X- headers’ ', fromHeaders]);
  let isSaid = false;
  for (const [where, place] of places) {
    if (where === '' && 'cursor' in place) isSaid = true;
    for (const name of CURSORS) {
      if (!(name in place) || isData(place[name])) continue;
      const isEnd = goesOnBy(place) === false;
      const cursor = isEnd ? undefined : textOf(place[name]);
      isSaid = true;
      if (cursor) return { cursor, isSaid, how: where + name === 'cursor' ? undefined : where + name };
    }
  }
  for (const [where, place] of places) {
    for (const name of NEXT) {
      if (!(name in place)) continue;
      const value = isData(place[name])
        ? (place[name].href ?? place[name].cursor ?? place[name].after)
        : place[name];
      isSaid = true;
      const cursor =
        typeof value === 'number' || (/page$/i.test(name) && wholeNumber(value) !== undefined)
          ? numbered(place, Number(value))
          : typeof value === 'string' && value
            ? fromAddress(value)
            : undefined;
      if (cursor) return { cursor, isSaid, how: where + name };
    }
  }
  const link = fromLink(headers.link);
  if (link) return { cursor: link, isSaid: true, how: 'the Link header' };
  for (const [where, place] of places) {
    const next = nextNumber(place, shown);
    if (!next) continue;
    isSaid = true;
    if (next.cursor) return { cursor: next.cursor, isSaid, how: `${where}${next.by}` };
  }
  const on = places.map(([, place]) => goesOnBy(place)).find((one) => one !== undefined);
  if (on) {
    // Stripe's lists go on after their last row.
    const after = places.some(([, place]) => place.object === 'list') ? idOf(items.at(-1)) : undefined;
    if (after === undefined) return { isSaid: false };
    return { cursor: asCursor([['starting_after', after]]), isSaid: true, how: 'has_more' };
  }
  if (!isSaid && on === undefined && places.some(([, place]) => (numberAt(place, TOTAL) ?? 0) > shown))
    return { isSaid: false };
  return { isSaid: isSaid || on !== undefined || headers.link !== undefined };
}

/** Whether there are more, where an answer says that and nothing else; undefined where it doesn't. */
function goesOnBy(place: Data): boolean | undefined {
  const more = MORE.map((name) => place[name]).find((value) => typeof value === 'boolean');
  if (typeof more === 'boolean') return more;
  const last = LAST.map((name) => place[name]).find((value) => typeof value === 'boolean');
  return typeof last === 'boolean' ? !last : undefined;
}

function idOf(row: unknown): string | undefined {
  return isData(row) ? textOf(row.id ?? row._id ?? row.ticket_id) : undefined;
}

/** What some APIs say beside a bare list: `X-Page`, `X-Total`, `X-Next-Page`. */
const HEADERS: Readonly<Record<string, string>> = {
  'x-page': 'page',
  'x-per-page': 'per_page',
  'x-total': 'total',
  'x-total-count': 'total',
  'x-total-pages': 'total_pages',
  'x-next-page': 'next_page',
  'x-next-cursor': 'next_cursor',
  'x-offset': 'offset',
  'x-limit': 'limit',
};

function pagingHeaders(headers: HttpResponse['headers']): Data | undefined {
  const fromHeaders = Object.entries(HEADERS).flatMap(([header, name]) =>
    headers[header] === undefined ? [] : [[name, headers[header]] as const],
  );
  return fromHeaders.length > 0 ? Object.fromEntries(fromHeaders) : undefined;
}

/** `{items, cursor?}` and nothing else. */
function isContracts(envelope: Data): boolean {
  for (const name in envelope) if (name !== 'items' && name !== 'cursor') return false;
  return 'items' in envelope;
}

function inner(name: string, place: Data): [string, Data][] {
  return PLACES.flatMap((deeper): [string, Data][] =>
    isData(place[deeper]) ? [[`${name}.${deeper}.`, place[deeper]]] : [],
  );
}

/** The page after this one, by the numbers that the answer gives; `cursor` is absent on the last. */
function nextNumber(place: Data, shown: number): { cursor?: string | undefined; by: string } | undefined {
  const more = goesOnBy(place);
  const total = numberAt(place, TOTAL);
  const size = numberAt(place, SIZE);
  const pageName = PAGE.find((name) => wholeNumber(place[name]) !== undefined);
  if (pageName) {
    const page = wholeNumber(place[pageName])!;
    const pages = numberAt(place, PAGES);
    if (more === undefined && total === undefined && pages === undefined) return undefined;
    const goesOn =
      more ??
      (pages !== undefined ? page < pages : page * (size ?? Math.max(1, shown)) < total! && shown > 0);
    return { cursor: goesOn ? numbered(place, page + 1) : undefined, by: pageName };
  }
  // Spring counts pages from 0, and calls the number so.
  const number = wholeNumber(place.number);
  const pages = numberAt(place, PAGES);
  if (number !== undefined && (more !== undefined || pages !== undefined)) {
    const goesOn = more ?? number + 1 < pages!;
    const query: [string, string][] = [['page', String(number + 1)]];
    if (size !== undefined) query.push(['size', String(size)]);
    return { cursor: goesOn ? asCursor(query) : undefined, by: 'number' };
  }
  const name = OFFSET.find((one) => wholeNumber(place[one]) !== undefined);
  const offset = name === undefined ? undefined : wholeNumber(place[name]);
  if (name && offset !== undefined && (total !== undefined || more !== undefined)) {
    const goesOn = more ?? (offset + shown < total! && shown > 0);
    const sizeName = SIZE.find((one) => wholeNumber(place[one]) !== undefined);
    const query: [string, string][] = [[name, String(offset + shown)]];
    if (sizeName) query.push([sizeName, String(place[sizeName])]);
    return { cursor: goesOn ? asCursor(query) : undefined, by: name };
  }
  // A total alone tells the end of a list that came whole.
  if (total !== undefined && total <= shown) return { by: 'total' };
  return undefined;
}

/** A page is asked for with the answer's own names, and with its own size. */
function numbered(place: Data, page: number): string | undefined {
  const pageName = PAGE.find((name) => wholeNumber(place[name]) !== undefined) ?? 'page';
  // `current_page` is what an answer is called; asked for it is `page`.
  const query: [string, string][] = [[/^current/.test(pageName) ? 'page' : pageName, String(page)]];
  const sizeName = SIZE.find((name) => wholeNumber(place[name]) !== undefined);
  if (sizeName) query.push([sizeName, String(place[sizeName])]);
  return asCursor(query);
}

function numberAt(place: Data, names: readonly string[]): number | undefined {
  for (const name of names) {
    const number = wholeNumber(place[name]);
    if (number !== undefined) return number;
  }
  return undefined;
}

function wholeNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** `next` may be a cursor or an address; of an address only the arguments that page are taken. */
function fromAddress(text: string): string | undefined {
  if (!/^https?:\/\/|^[/?]/.test(text)) return text;
  const base = 'http://next.invalid';
  if (!URL.canParse(text, base)) return undefined;
  return asCursor(new URL(text, base).searchParams);
}

/** `<https://…?cursor=x>; rel="next", <…>; rel="prev"` */
function fromLink(header: string | string[] | undefined): string | undefined {
  const text = Array.isArray(header) ? header.join(', ') : header;
  for (const [, address, attributes] of (text ?? '').matchAll(/<([^>]*)>([^<]*)/g)) {
    if (/;\s*rel\s*=\s*"?[^";]*\bnext\b/i.test(attributes!))
      return fromAddress(/^[/?]|^https?:/.test(address!) ? address! : `/${address}`);
  }
  return undefined;
}

function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
