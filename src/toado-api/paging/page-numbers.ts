/** Pages by their numbers, and what an answer says of whether there are more. */
import type { JsonObject } from '../../base/json-object.ts';
import { camelCase, pascalCase } from '../../base/letter-case.ts';
import { namesIn, type Ranked, ranked } from '../vocabulary/ranked-names.ts';
import { cursorOf } from './cursors.ts';

export const withCamel = (names: readonly string[]) => [
  ...new Set(names.flatMap((name) => [name, camelCase(name), pascalCase(name)])),
];

const rankedCamel = (names: readonly string[]) => ranked(withCamel(names));

const MORE = rankedCamel([
  ...['has_more', 'has_next', 'has_next_page', 'has_more_items', 'more', 'more_available', 'is_truncated'],
]);
const LAST = rankedCamel(['last', 'is_last', 'is_last_page', 'done']);
const PAGE = rankedCamel(['page', 'current_page', 'page_number', 'page_index', 'page_no']);
const SIZE = rankedCamel([
  ...['per_page', 'page_size', 'limit', 'size', 'items_per_page', 'max_results', 'pagelen', 'page_length'],
]);
/** How many come before the first that is here. */
const OFFSET = rankedCamel(['offset', 'skip', 'start_at', 'start_index']);
const TOTAL = rankedCamel([
  ...['total', 'total_count', 'total_items', 'total_results', 'total_elements', 'total_records'],
  ...['total_size', 'total_docs'],
]);
/** Of those that are there or of all: it says something where it is more than are there. */
const COUNT = ranked(['count', '@odata.count']);
const PAGES = rankedCamel(['total_pages', 'last_page', 'page_count', 'pages', 'num_pages']);

/** Names that say nothing but where in a list one is. */
export const NUMBER_NAMES = [MORE, LAST, PAGE, SIZE, OFFSET, TOTAL, PAGES].flatMap((names) => [
  ...names.keys(),
]);

/** Whether there are more, where an answer says that and nothing else; undefined where it doesn't. */
export function saysMore(place: JsonObject): boolean | undefined {
  const more = booleanAt(place, MORE);
  if (more !== undefined) return more;
  const number = numberAt(place, MORE);
  if (number !== undefined) return number > 0;
  const last = booleanAt(place, LAST);
  return last === undefined ? undefined : !last;
}

/** The page after this one, by the numbers that the answer gives; `cursor` is absent on the last. */
export function nextNumber(
  place: JsonObject,
  shown: number,
): { cursor?: string | undefined; by: string } | undefined {
  const more = saysMore(place);
  const total = numberAt(place, TOTAL);
  const pages = numberAt(place, PAGES);
  const size = numberAt(place, SIZE);
  const pageName = numberNameIn(place, PAGE);
  if (pageName) {
    const page = wholeNumber(place[pageName])!;
    if (more === undefined && total === undefined && pages === undefined) return undefined;
    const goesOn =
      more ??
      // An empty page that says its size may lie in the middle: rows that this token can't see are left out.
      (pages !== undefined
        ? page < pages
        : page * (size || Math.max(1, shown)) < total! && (shown > 0 || !!size));
    return { cursor: goesOn ? numbered(place, page + 1) : undefined, by: pageName };
  }
  // Spring counts pages from 0, and calls the number so.
  const number = wholeNumber(place.number);
  if (number !== undefined && (more !== undefined || pages !== undefined)) {
    const goesOn = more ?? number + 1 < pages!;
    const query: [string, string][] = [['page', String(number + 1)]];
    if (size !== undefined) query.push(['size', String(size)]);
    return { cursor: goesOn ? cursorOf(query) : undefined, by: 'number' };
  }
  const name = numberNameIn(place, OFFSET);
  const offset = name === undefined ? undefined : wholeNumber(place[name]);
  if (name && offset !== undefined && (total !== undefined || more !== undefined)) {
    // SCIM and OpenSearch count from 1 under that name, others from 0: a page too many is better than a row too few.
    const before = /^start_?index$/i.test(name) && offset > 0 ? offset - 1 : offset;
    // An empty one in the middle is left behind by its size.
    const passed = shown || size || 0;
    const goesOn = passed > 0 && (more ?? before + passed < total!);
    const query: [string, string][] = [[name, String(offset + passed)]];
    const sizeName = numberNameIn(place, SIZE);
    if (sizeName) query.push([sizeName, String(place[sizeName])]);
    return { cursor: goesOn ? cursorOf(query) : undefined, by: name };
  }
  // A total alone tells the end of a list that came whole.
  if (total !== undefined && total <= shown) return { by: 'total' };
  return undefined;
}

/** Whether it counts more rows than are there, or more pages than this one. */
export function countsMore(place: JsonObject, shown: number): boolean {
  const counts = [numberAt(place, TOTAL), numberAt(place, COUNT)];
  return counts.some((count) => (count ?? 0) > shown) || (numberAt(place, PAGES) ?? 0) > 1;
}

/** A page is asked for with the answer's own names, and with its own size. */
export function numbered(place: JsonObject, page: number): string | undefined {
  const pageName = numberNameIn(place, PAGE) ?? 'page';
  // `current_page` is what an answer is called; asked for it is `page`.
  const query: [string, string][] = [[/^current/.test(pageName) ? 'page' : pageName, String(page)]];
  const sizeName = numberNameIn(place, SIZE);
  if (sizeName) query.push([sizeName, String(place[sizeName])]);
  return cursorOf(query);
}

function booleanAt(place: JsonObject, names: Ranked): boolean | undefined {
  for (const name of namesIn(place, names)) {
    const value = String(place[name]).toLowerCase();
    if (value === 'true' || value === 'false') return value === 'true';
  }
  return undefined;
}

/** The first of the names under which there is a number. */
function numberNameIn(place: JsonObject, names: Ranked): string | undefined {
  return namesIn(place, names).find((name) => wholeNumber(place[name]) !== undefined);
}

function numberAt(place: JsonObject, names: Ranked): number | undefined {
  for (const name of namesIn(place, names)) {
    const number = wholeNumber(place[name]);
    if (number !== undefined) return number;
  }
  return undefined;
}

export function wholeNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** How many rows the whole list has, where that is said. */
export function totalOf(place: JsonObject): number | undefined {
  return numberAt(place, TOTAL);
}
