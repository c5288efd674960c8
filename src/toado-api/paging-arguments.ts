/**
 * The agent's cursor, where an API goes on by other query arguments than the contract's `cursor`: the arguments
 * themselves, in one text. Only arguments that page can stand in it, so that a cursor widens nothing.
 */

/** Arguments to ask with, as the answer gave them: `n:page=2&per_page=20`. */
const GIVEN = 'n:';
/** One whose name follows from the field that the cursor stood in: `g:pageToken=c1`. */
const GUESSED = 'g:';

/** One of these makes a name speak of pages. */
const PAGES = new Set([
  ...['page', 'paging', 'pagination', 'cursor', 'after', 'before', 'offset', 'skip', 'skiptoken', 'marker'],
  ...[
    'bookmark',
    'continuation',
    'continue',
    'next',
    'scroll',
    'start',
    'starting',
    'ending',
    'from',
    'since',
  ],
  ...['pageindex', 'pagenumber', 'pagesize', 'pagelen', 'seek', 'startat', 'startindex', 'position'],
]);
/** These may stand beside it, or say how many rows there are to be. */
const BESIDE = new Set([
  ...[
    'token',
    'id',
    'key',
    'number',
    'no',
    'num',
    'index',
    'at',
    'size',
    'limit',
    'per',
    'top',
    'count',
    'max',
  ],
  ...[
    'min',
    'results',
    'items',
    'last',
    'first',
    'exclusive',
    'row',
    'rows',
    'info',
    'length',
    'len',
    'take',
  ],
]);
const SIZES =
  /^(\$?top|limit|size|count|first|take|(max|page|per|items)[_-]?(results|items|size|page|per_?page|count|len(gth)?)|page\[(size|limit)\])$/i;

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

/** The agent's cursor for arguments; undefined where none of them leads anywhere. */
export function cursorOf(query: Iterable<[string, string]>): string | undefined {
  const kept = [...query].filter(([name, value]) => value !== '' && isPagingArgument(name));
  const places = kept.filter(([name]) => !SIZES.test(name));
  if (places.length === 0) return undefined;
  if (
    places.length === 1 &&
    places[0]![0] === 'cursor' &&
    kept.every(([name]) => /^(cursor|limit)$/.test(name))
  )
    return places[0]![1];
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
  return name === 'cursor' ? cursor : GUESSED + new URLSearchParams([[name, cursor]]).toString();
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
 */
export function queryOf(cursor: string, ownName?: string): URLSearchParams | undefined {
  const isGuess = cursor.startsWith(GUESSED);
  if (!isGuess && !cursor.startsWith(GIVEN)) return undefined;
  const query = new URLSearchParams(cursor.slice(GIVEN.length));
  for (const name of query.keys()) if (!isPagingArgument(name)) return undefined;
  if (query.size === 0) return undefined;
  if (!isGuess) return query;
  const [[name, value]] = [...query] as [[string, string]];
  if (ownName !== undefined) return new URLSearchParams([[ownName, value]]);
  // What an API doesn't know it mostly ignores.
  query.set('cursor', value);
  return name === 'cursor' || query.size > 2 ? undefined : query;
}

/** For an API that refuses what it doesn't know: a guessed cursor under its own name alone, then as the contract has it. */
export function oneByOne(cursor: unknown): string[] {
  if (typeof cursor !== 'string' || !cursor.startsWith(GUESSED) || !queryOf(cursor)) return [];
  const given = cursor.slice(GUESSED.length);
  return [GIVEN + given, [...new URLSearchParams(given).values()][0]!];
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
