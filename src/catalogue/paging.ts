/**
 * Cursors. The API's own goes through as it is. Where the answer's budget shows only part of a page, the cursor
 * names the page, the last item shown and a fingerprint of the list, so that the next call goes on right there and
 * a cursor of another list is refused.
 */
import { createHash } from 'node:crypto';
import { Failure } from '../failure.ts';
import type { ListRest } from '../respond/answer.ts';

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 100;
const PREFIX = 'more.';

interface Position {
  /** The API's cursor of the page; absent on the first. */
  page?: string;
  lastId: string;
  /** How many items of that page had been shown: where the last one has gone since, this still tells. */
  shown: number;
}

interface Page<Item> {
  items: Item[];
  cursor?: string | null;
}

interface Paging {
  limit?: number;
  cursor?: string;
}

export function invalidCursor(): Failure {
  return new Failure(
    'invalid_cursor',
    'The cursor does not belong to this list, or its filters changed.',
    'Start over without a cursor, with the same other arguments on every page.',
    { outcome: 'not_sent' },
  );
}

/**
 * Fetches the page that a cursor stands for.
 * @param list names the list and its filters: what must not change between pages.
 */
export async function fetchPage<Item extends { id: string }>(
  list: Record<string, unknown>,
  { limit = DEFAULT_LIMIT, cursor }: Paging,
  fetch: (paging: Paging) => Promise<Page<Item>>,
): Promise<{ items: Item[]; rest: ListRest }> {
  const mark = fingerprint(list);
  const position = readPosition(cursor, mark);
  const page = position ? position.page : cursor;
  const reach = position ? Math.min(MAX_LIMIT, Math.max(limit, position.shown + limit)) : limit;
  const answer = await fetch({ limit: reach, cursor: page });
  const skip = position ? skipOf(answer.items, position) : 0;
  const items = answer.items.slice(skip, position ? skip + limit : undefined);
  return {
    items,
    rest: {
      cursor: (shown) => {
        const reached = skip + shown;
        if (reached >= answer.items.length) return answer.cursor ?? undefined;
        return writePosition({ page, lastId: items[shown - 1]!.id, shown: reached }, mark);
      },
    },
  };
}

/** Pages through a list that is at hand as a whole. */
export function slicePage<Item>(
  list: Record<string, unknown>,
  { limit = DEFAULT_LIMIT, cursor }: Paging,
  all: readonly Item[],
): { items: Item[]; rest: ListRest } {
  const mark = fingerprint(list);
  const position = readPosition(cursor, mark);
  if (cursor && !position) throw invalidCursor();
  const from = position?.shown ?? 0;
  const items = all.slice(from, from + limit);
  return {
    items,
    rest: {
      total: all.length,
      cursor: (shown) =>
        from + shown < all.length ? writePosition({ lastId: '', shown: from + shown }, mark) : undefined,
    },
  };
}

function skipOf(items: { id: string }[], { lastId, shown }: Position): number {
  const at = items.findIndex((item) => item.id === lastId);
  return at >= 0 ? at + 1 : Math.min(shown, items.length);
}

function fingerprint(list: Record<string, unknown>): string {
  const known = Object.entries(list).filter(([, value]) => value !== undefined);
  return createHash('sha256').update(JSON.stringify(known)).digest('base64url').slice(0, 8);
}

function writePosition({ page, lastId, shown }: Position, mark: string): string {
  return PREFIX + Buffer.from(JSON.stringify([mark, shown, lastId, page])).toString('base64url');
}

function readPosition(cursor: string | undefined, mark: string): Position | undefined {
  if (!cursor?.startsWith(PREFIX)) return undefined;
  let read: unknown;
  try {
    read = JSON.parse(Buffer.from(cursor.slice(PREFIX.length), 'base64url').toString());
  } catch {
    throw invalidCursor();
  }
  const [itsMark, shown, lastId, page] = Array.isArray(read) ? read : [];
  if (itsMark !== mark || !Number.isSafeInteger(shown) || shown < 0 || typeof lastId !== 'string')
    throw invalidCursor();
  return { page: typeof page === 'string' ? page : undefined, lastId, shown };
}
