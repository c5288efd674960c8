/**
 * Cursors. The API's own goes through as it is. Where the answer's budget shows only part of a page, the cursor
 * names the page, the last items shown and a fingerprint of the list, so that the next call goes on right there,
 * whatever came or went meanwhile, and a cursor of another list is refused.
 */
import { Failure } from '../../base/failure.ts';
import type { ListRest } from '../../respond/answer.ts';
import { extraFieldsOf, hasRemark, saysSomething } from '../../toado-api/answers/extra-fields.ts';
import { isCut } from '../../toado-api/json/incomplete-lists.ts';
import { INSIDE_PAGE, MAX_EMPTY_PAGES } from '../../toado-api/paging/cursors.ts';

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 100;
/** For lists that the API answers whole: the answer's budget says how much of one is shown at once. */
export const WHOLE_LIST = 500;
/** Several, because the very last one may have been moved away. */
const REMEMBERED = 3;
/** How many pages are searched for the place, where many rows came in before it. */
const FARTHEST = 10;

interface Position {
  /** The API's cursor of the page; absent on the first. */
  page?: string | undefined;
  /** The last items that were shown, the very last first. */
  last: string[];
  /** How many items of that page had been shown: where the last ones have gone since, this still tells. */
  shown: number;
  /** How many pages before it were empty, one after another. */
  empty: number;
}

interface Page {
  items: { id?: string | null }[];
  cursor?: string | null;
  endUnknown?: true;
}

interface Paging {
  limit?: number | undefined;
  cursor?: string | undefined;
}

interface FetchedPage<Whole extends Page> {
  items: Whole['items'];
  rest: ListRest;
  unknown: Record<string, unknown>;
  /** There is nothing in the list at all: not where only this page is empty. */
  isListEmpty: boolean;
}

function invalidCursor(): Failure {
  return new Failure(
    'invalid_cursor',
    'The cursor does not belong to this list, or its filters changed.',
    'Start over without a cursor, with the same other arguments on every page.',
    { outcome: 'not_sent' },
  );
}

/**
 * Fetches the page that a cursor stands for: one request, but for a list into which many rows came meanwhile.
 * @param list names the list and its filters: what must not change between pages.
 */
export async function fetchPage<Whole extends Page>(
  list: Record<string, unknown>,
  { limit = DEFAULT_LIMIT, cursor }: Paging,
  fetch: (paging: Paging) => Promise<Whole>,
): Promise<FetchedPage<Whole>> {
  const mark = fingerprint(list);
  const position = readPosition(cursor, mark);
  const { page, answer, skip } = position
    ? await goBack(position, limit, fetch)
    : { page: cursor, answer: await fetch({ limit, cursor }), skip: 0 };
  const { items: all, cursor: next, endUnknown, ...unknown } = answer;
  const items = all.slice(skip, skip + limit);
  const empty = all.length === 0 && next ? (position?.empty ?? 0) + 1 : 0;
  return {
    items,
    unknown,
    isListEmpty: items.length === 0 && !cursor && !next,
    rest: {
      ...wholeList(all),
      endUnknown,
      endsEmpty: empty >= MAX_EMPTY_PAGES || undefined,
      cursor: (shown) => {
        if (empty >= MAX_EMPTY_PAGES) return undefined;
        if (empty > 0) return writePosition({ page: next!, last: [], shown: 0, empty }, mark);
        const reached = skip + shown;
        if (reached >= all.length) return next ?? undefined;
        const last = all.slice(Math.max(0, reached - REMEMBERED), reached).flatMap(({ id }) => id ?? []);
        return writePosition({ page, last: last.reverse(), shown: reached, empty: 0 }, mark);
      },
    },
  };
}

/** Finds the place again: rows may have come in before it, or the last ones shown may be gone. */
async function goBack<Whole extends Page>(
  position: Position,
  limit: number,
  fetch: (paging: Paging) => Promise<Whole>,
): Promise<{ page?: string | undefined; answer: Whole; skip: number }> {
  const { last, shown } = position;
  let page = position.page;
  const first = await fetch({ limit: Math.min(MAX_LIMIT, shown + limit), cursor: page });
  let answer = first;
  // Nothing of it has been shown, or nothing by which it could be found.
  if (last.length === 0) return { page, answer, skip: Math.min(shown, first.items.length) };
  for (let seen = 1; ; seen++) {
    const skip = skipAfter(answer.items, last);
    if (skip !== undefined) return { page, answer, skip };
    if (!answer.cursor || seen === FARTHEST) break;
    page = answer.cursor;
    answer = await fetch({ limit: MAX_LIMIT, cursor: page });
  }
  return { page: position.page, answer: first, skip: Math.min(shown, first.items.length) };
}

function skipAfter(items: { id?: string | null }[], last: string[]): number | undefined {
  for (const id of last) {
    const at = items.findIndex((item) => item.id === id);
    if (at >= 0) return at + 1;
  }
  return undefined;
}

/** The rest of a list that the API answers whole. */
export function wholeList(all: readonly unknown[]): ListRest {
  return isCut(all) ? { isCut: true } : {};
}

/** Such a list where no argument pages through it. */
export function wholePage<Item>(all: Item[]): {
  items: Item[];
  rest: ListRest;
  unknown: Record<string, unknown>;
} {
  return { items: all, rest: wholeList(all), unknown: extraFieldsOf(all) ?? {} };
}

/** What Toado says beside a list may be why it lacks something: then nobody says that there is nothing. */
const MAY_LACK = 'Toado says more beside this list, shown with it: it may not be all there is.';

const EMPTY = 'This list is empty; what Toado says beside it is shown with it.';

/** @param nothing what is said of an empty list; absent where it isn't empty. */
export function listNotes(
  { unknown, rest }: { unknown: Record<string, unknown>; rest?: ListRest },
  nothing?: string | false,
): string[] {
  if (hasRemark(unknown)) return [MAY_LACK];
  // That Toado has more is said of the list already.
  if (!nothing || rest?.isCut) return [];
  return [saysSomething(unknown) ? EMPTY : nothing];
}

/** Pages through a list that is at hand as a whole. */
export function slicePage<Item>(
  list: Record<string, unknown>,
  { limit = DEFAULT_LIMIT, cursor }: Paging,
  all: readonly Item[],
): { items: Item[]; rest: ListRest; unknown: Record<string, unknown> } {
  const mark = fingerprint(list);
  const position = readPosition(cursor, mark);
  if (cursor && !position) throw invalidCursor();
  const from = position?.shown ?? 0;
  const items = all.slice(from, from + limit);
  return {
    items,
    unknown: extraFieldsOf(all) ?? {},
    rest: {
      ...wholeList(all),
      total: all.length,
      before: from,
      cursor: (shown) =>
        from + shown < all.length
          ? writePosition({ last: [], shown: from + shown, empty: 0 }, mark)
          : undefined,
    },
  };
}

function fingerprint(list: Record<string, unknown>): string {
  const known = Object.entries(list).filter(([, value]) => value !== undefined);
  // As a module it also loads all of web crypto, which takes longer than a whole call.
  const { createHash } = process.getBuiltinModule('node:crypto');
  return createHash('sha256').update(JSON.stringify(known)).digest('base64url').slice(0, 8);
}

function writePosition({ page, last, shown, empty }: Position, mark: string): string {
  const parts = [mark, shown, last, page, ...(empty > 0 ? [empty] : [])];
  return INSIDE_PAGE + Buffer.from(JSON.stringify(parts)).toString('base64url');
}

function readPosition(cursor: string | undefined, mark: string): Position | undefined {
  if (!cursor?.startsWith(INSIDE_PAGE)) return undefined;
  let read: unknown;
  try {
    read = JSON.parse(Buffer.from(cursor.slice(INSIDE_PAGE.length), 'base64url').toString());
  } catch {
    throw invalidCursor();
  }
  const [itsMark, shown, last, page, empty = 0] = Array.isArray(read) ? read : [];
  const isPosition =
    itsMark === mark &&
    Number.isSafeInteger(shown) &&
    shown >= 0 &&
    Array.isArray(last) &&
    last.every((id) => typeof id === 'string') &&
    Number.isSafeInteger(empty) &&
    empty >= 0 &&
    // Toado's own that begins so was given out in another form.
    !String(page).startsWith(INSIDE_PAGE);
  if (!isPosition) throw invalidCursor();
  return { page: typeof page === 'string' ? page : undefined, last, shown, empty };
}
