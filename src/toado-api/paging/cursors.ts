/**
 * The agent's cursor: the API's own, or where an API goes on by other query arguments than the contract's `cursor` the
 * arguments themselves, in one text. Only arguments that page can stand in it, and no size beyond what a route gives at
 * once, so that a cursor that somebody made up widens nothing.
 */
import { Failure } from '../../base/failure.ts';
import { visible } from '../../base/visible.ts';

/** Arguments to ask with, as the answer gave them: `n:page=2&per_page=20`. */
const GIVEN = 'n:';
/** One whose name follows from the field that the cursor stood in: `g:pageToken=c1`. */
const GUESSED = 'g:';
/** The API's own, percent-encoded, where it begins like one of ours or holds what doesn't show. */
const OWN = 'c:';
/** A place inside of a page, which `tool-kit/paging.ts` writes. */
export const INSIDE_PAGE = 'more.';
const OURS = [GIVEN, GUESSED, OWN, INSIDE_PAGE];

/** After so many empty pages in a row, each with a cursor, a list is taken to have ended. */
export const MAX_EMPTY_PAGES = 10;
/** The most rows that a route gives at once. */
const MAX_SIZE = 100;
/** More than any API needs to find its place. */
const MAX_ARGUMENTS = 8;

/** One of these makes a name speak of pages. */
const PAGES = new Set([
  ...['page', 'paging', 'pagination', 'cursor', 'after', 'before', 'offset', 'skip', 'skiptoken', 'marker'],
  ...['bookmark', 'continuation', 'continue', 'next', 'scroll', 'start', 'starting', 'ending', 'from'],
  ...['since', 'pageindex', 'pagenumber', 'pagesize', 'pagelen', 'seek', 'startat', 'startindex'],
  'position',
]);
/** These may stand beside it, or say how many rows there are to be. */
const BESIDE = new Set([
  ...['token', 'id', 'key', 'number', 'no', 'num', 'index', 'at', 'size', 'limit', 'per', 'top', 'count'],
  ...['max', 'min', 'results', 'items', 'last', 'first', 'exclusive', 'row', 'rows', 'info', 'length'],
  ...['len', 'take'],
]);
const SIZES =
  /^(\$?top|limit|size|count|first|take|(max|page|per|items)[_-]?(results|items|size|page|per_?page|count|len(gth)?)|page\[(size|limit)\])$/i;
/** These say how many rows there are to be, unless another word beside them names a place. */
const HOW_MANY = new Set([
  ...['size', 'limit', 'top', 'count', 'per', 'take', 'length', 'len', 'pagesize', 'pagelen'],
  ...['results', 'items', 'rows', 'max', 'first', 'last'],
]);
const NO_PLACE = new Set(['page', 'paging', 'pagination', 'info', 'min', ...HOW_MANY]);

/** Whether an argument says how many rows there are to be, and not where they begin. */
function isSize(name: string): boolean {
  const words = wordsOf(name);
  return words.some((word) => HOW_MANY.has(word)) && words.every((word) => NO_PLACE.has(word));
}

function isSizeThatFits(value: string): boolean {
  return /^\d{1,3}$/.test(value) && Number(value) >= 1 && Number(value) <= MAX_SIZE;
}

/** Whether a name is one by which pages are asked for. */
export function isPagingArgument(name: string): boolean {
  const words = wordsOf(name);
  if (words.length === 0 || words.some((word) => !PAGES.has(word) && !BESIDE.has(word))) return false;
  return words.some((word) => PAGES.has(word)) || SIZES.test(name);
}

function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter(Boolean);
}

/** The API's own cursor as the agent gets it: what comes back is the same to the letter. */
export function ownCursor(cursor: string): string {
  const isPlain = !OURS.some((prefix) => cursor.startsWith(prefix)) && !/^\s|[\n\t]|\s$/.test(cursor);
  if (isPlain && visible(cursor) === cursor) return cursor;
  // Half a character, which no address can hold, becomes a whole one.
  return OWN + encodeURIComponent(Buffer.from(cursor).toString());
}

/** The API's own cursor again. @throws Failure where it is none that `ownCursor` gave. */
export function ownCursorIn(cursor: string): string {
  if (!cursor.startsWith(OWN)) return cursor;
  try {
    return decodeURIComponent(cursor.slice(OWN.length));
  } catch {
    throw madeUp();
  }
}

/**
 * The agent's cursor for arguments; undefined where none of them leads anywhere. A size beyond what a route gives at
 * once is the API's own, which it takes again where it isn't told another.
 */
export function cursorOf(query: Iterable<[string, string]>): string | undefined {
  const kept = [...query].filter(
    ([name, value]) => value !== '' && isPagingArgument(name) && (!isSize(name) || isSizeThatFits(value)),
  );
  const places = kept.filter(([name]) => !isSize(name));
  if (places.length === 0 || kept.length > MAX_ARGUMENTS) return undefined;
  if (
    places.length === 1 &&
    places[0]![0] === 'cursor' &&
    kept.every(([name]) => /^(cursor|limit)$/.test(name))
  )
    return ownCursor(places[0]![1]);
  return GIVEN + new URLSearchParams(kept).toString();
}

/** What of an address leads to the next page. The address itself is never followed. */
export function cursorOfAddress(text: string): string | undefined {
  const base = 'http://next.invalid';
  return URL.canParse(text, base) ? cursorOf(new URL(text, base).searchParams) : undefined;
}

export function isAddress(text: string): boolean {
  return /^(https?:\/\/|[/?])/.test(text);
}

/** The other end of what is called so: `endCursor` is asked for with `after`. */
const ASKED_AS: readonly [RegExp, string][] = [
  [/^(end|after)_?cursor$/i, 'after'],
  [/^next_?(token|marker|key)$/i, '$&'],
];

/** @param field in which the cursor stood; the argument is spelled as it is. */
export function cursorFrom(field: string, cursor: string): string {
  const name = argumentFor(field);
  return name === 'cursor' ? ownCursor(cursor) : GUESSED + new URLSearchParams([[name, cursor]]).toString();
}

function argumentFor(field: string): string {
  if (/^next_?marker$/i.test(field)) return /^[A-Z]/.test(field) ? 'Marker' : 'marker';
  for (const [pattern, name] of ASKED_AS)
    if (pattern.test(field)) return name === '$&' ? field : /^[A-Z]/.test(field) ? 'After' : name;
  // `next_cursor`, `nextPageCursor`: the contract's own argument.
  if (/^(next_?)?(page_?)?cursor$/i.test(field) || /^next$/i.test(field)) return 'cursor';
  const [, isNext, rest] = /^(next_?)?(.*)$/i.exec(field)!;
  if (!isNext) return field;
  const inner = rest!.replace(/^page_?(?=(start|offset)$)/i, '');
  // `nextPageToken` → `pageToken`, `NextPageToken` → `PageToken`.
  return /^n/.test(field) ? inner.charAt(0).toLowerCase() + inner.slice(1) : inner;
}

/**
 * Query arguments for a cursor that the agent gives back; undefined where it is the API's own.
 * @param ownName what a map calls the contract's `cursor`: then nothing has to be guessed.
 * @throws Failure where it says what no cursor of ours does: whoever made it up may want another list, or more of it.
 */
export function queryOf(cursor: string, ownName?: string): URLSearchParams | undefined {
  const isGuess = cursor.startsWith(GUESSED);
  if (!isGuess && !cursor.startsWith(GIVEN)) return undefined;
  const query = new URLSearchParams(cursor.slice(GIVEN.length));
  const names = [...query.keys()];
  const isOurs =
    names.length > 0 &&
    names.length <= (isGuess ? 1 : MAX_ARGUMENTS) &&
    new Set(names).size === names.length &&
    names.every(isPagingArgument) &&
    names.some((name) => !isSize(name)) &&
    names.every((name) => !isSize(name) || isSizeThatFits(query.get(name)!));
  if (!isOurs) throw madeUp();
  if (!isGuess) return query;
  const [[name, value]] = [...query] as [[string, string]];
  if (ownName !== undefined) return new URLSearchParams([[ownName, value]]);
  // What an API doesn't know it mostly ignores.
  if (name !== 'cursor') query.set('cursor', value);
  return query;
}

function madeUp(): Failure {
  return new Failure(
    'invalid_cursor',
    'The cursor is none that a page of this list gave; nothing was sent.',
    'Give next_cursor as it stands in the page before, or start over without a cursor.',
    { outcome: 'not_sent' },
  );
}

/** Whether an argument counts pages or rows, where its value is sent as a number in a body. */
export function isNumber(name: string, value: string): boolean {
  return (
    /^\d{1,15}$/.test(value) &&
    !wordsOf(name).some((word) => /^(token|cursor|key|id|after|before|marker|bookmark|continu)/.test(word))
  );
}

/** For an API that refuses what it doesn't know: a guessed cursor under its own name alone, then as the contract has it. */
export function cursorsToTry(cursor: unknown): string[] {
  if (typeof cursor !== 'string' || !cursor.startsWith(GUESSED)) return [];
  const given = cursor.slice(GUESSED.length);
  return [GIVEN + given, ownCursor([...new URLSearchParams(given).values()][0]!)];
}

/**
 * Numbered pages begin where the ones before had as many rows: the size that was asked for first goes along.
 * @param asked the cursor of this page, whose own size counts.
 */
export function withSize(cursor: string, limit: unknown, asked?: unknown): string {
  const size = sizeIn(asked) ?? limit;
  if (size === undefined || !cursor.startsWith(GIVEN)) return cursor;
  const query = new URLSearchParams(cursor.slice(GIVEN.length));
  if (!query.has('limit')) query.set('limit', String(size));
  return GIVEN + query.toString();
}

function sizeIn(cursor: unknown): string | undefined {
  if (typeof cursor !== 'string' || !cursor.startsWith(GIVEN)) return undefined;
  return new URLSearchParams(cursor.slice(GIVEN.length)).get('limit') ?? undefined;
}
