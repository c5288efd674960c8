/**
 * How APIs say that a list goes on: a cursor under one of its names, a page number, an offset, the address of the next
 * page. What comes out is one text, the agent's cursor; `queryOf` makes query arguments of it again. Addresses are
 * never followed: only their arguments are taken, and of those only the ones that page.
 */
import type { HttpResponse } from './http.ts';
import { camelCase } from './tolerant-schema.ts';

type Data = Record<string, unknown>;

export interface Continuation {
  cursor?: string;
  /** Whether anything was said about more. */
  isSaid: boolean;
  /** How it was said, where that differs from the contract's `cursor`. */
  how?: string;
}

const withCamel = (names: readonly string[]) => [
  ...new Set(names.flatMap((name) => [name, camelCase(name)])),
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
  'after',
]);
/** A cursor or the address of the next page. */
const NEXT = ['next', 'next_page', 'nextPage', 'next_url', 'nextUrl', 'next_link', 'nextLink'];
const MORE = withCamel(['has_more', 'has_next', 'has_next_page']);
const PAGE = withCamel(['page', 'current_page', 'page_number']);
const SIZE = withCamel(['per_page', 'page_size', 'limit', 'size', 'items_per_page']);
const TOTAL = withCamel(['total', 'total_count', 'total_items', 'total_results']);
const PAGES = withCamel(['total_pages', 'last_page', 'page_count', 'pages']);
const PLACES = withCamel(['meta', 'pagination', 'paging', 'page_info', 'links', '_links', 'cursors']);

/** Names under which a page may be asked for, so that a cursor can name nothing else. */
const PAGING_ARGUMENTS = new Set([
  ...CURSORS,
  ...PAGE,
  ...SIZE,
  'offset',
  'skip',
  'start',
  'page_token',
  'pageToken',
  'starting_after',
  'page[number]',
  'page[size]',
  'page[after]',
  'page[cursor]',
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
  'offset',
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
  shown: number,
): Continuation {
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
  let isSaid = false;
  for (const [where, place] of places) {
    if (where === '' && 'cursor' in place) isSaid = true;
    for (const name of CURSORS) {
      if (!(name in place) || isData(place[name])) continue;
      const isEnd = MORE.some((more) => place[more] === false);
      const cursor = isEnd ? undefined : textOf(place[name]);
      isSaid = true;
      if (cursor) return { cursor, isSaid, how: where + name === 'cursor' ? undefined : where + name };
    }
  }
  for (const [where, place] of places) {
    for (const name of NEXT) {
      if (!(name in place)) continue;
      const value = isData(place[name]) ? (place[name].href ?? place[name].cursor) : place[name];
      isSaid = true;
      const cursor =
        typeof value === 'number'
          ? numbered(place, value)
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
  if (places.some(([, place]) => (numberAt(place, TOTAL) ?? 0) > shown)) return { isSaid: false };
  const saysMore = places.some(([, place]) => MORE.some((name) => typeof place[name] === 'boolean'));
  return { isSaid: isSaid || saysMore || headers.link !== undefined };
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
function nextNumber(place: Data, shown: number): { cursor?: string; by: string } | undefined {
  const more = MORE.map((name) => place[name]).find((value) => typeof value === 'boolean');
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
  const offset = wholeNumber(place.offset) ?? wholeNumber(place.skip);
  if (offset !== undefined && (total !== undefined || more !== undefined)) {
    const name = wholeNumber(place.offset) === undefined ? 'skip' : 'offset';
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
