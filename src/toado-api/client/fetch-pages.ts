/** Lists in pages: one asked for with a cursor, or all of them where the contract gives a list whole. */
import { Failure } from '../../base/failure.ts';
import { setField } from '../../base/set-field.ts';
import { keepExtraFields } from '../answers/extra-fields.ts';
import { isCut, markCut } from '../json/incomplete-lists.ts';
import { cursorsToTry, MAX_EMPTY_PAGES, withSize } from '../paging/cursors.ts';
import { PAGE_FIELDS, type Page } from '../routes/answer-forms.ts';
import type { Route } from '../routes/routes.ts';

type Args = Record<string, unknown>;
/** One request of the route, with its retries. */
type Ask = (route: Route, args: Args) => Promise<unknown>;

/** A list that comes whole in the contract may page all the same: its pages are put together, so many at most. */
const MAX_PAGES = 20;

/** What a route answers: a page of its list, the whole list, or whatever else it is. */
export async function inPages(route: Route, args: Args, ask: Ask): Promise<unknown> {
  const { kind } = route.answer;
  if (kind !== 'page' && kind !== 'list') return ask(route, args);
  const first = await page(route, args, ask);
  return kind === 'page' ? first : whole(route, args, first, ask);
}

async function whole(route: Route, args: Args, first: Page<unknown>, ask: Ask): Promise<unknown[]> {
  const items = [...first.items];
  const beside: Record<string, unknown> = {};
  const seen = new Set(items.map(idOf));
  let { cursor } = first;
  let isPart = isCut(first.items);
  let empty = 0;
  mergeExtraFields(beside, first);
  const paged: Route = { ...route, query: [...(route.query ?? []), 'cursor'] };
  for (let pages = 1; cursor && pages < MAX_PAGES && empty < MAX_EMPTY_PAGES; pages++) {
    const next = await page(paged, { ...args, cursor }, ask);
    // Cursors that are new each time lead back to the first page, too.
    const ids = next.items.map(idOf);
    if (ids.length > 0 && ids.every((id) => id !== undefined && seen.has(id))) throw samePage(route);
    for (const id of ids) seen.add(id);
    items.push(...next.items);
    empty = next.items.length > 0 ? 0 : empty + 1;
    isPart ||= isCut(next.items);
    mergeExtraFields(beside, next);
    ({ cursor } = next);
  }
  if (cursor || isPart) markCut(items);
  if (Object.keys(beside).length > 0) keepExtraFields(items, beside);
  return items;
}

/** What is said beside several pages: of the same name, the lists are put together, and otherwise the first one stays. */
function mergeExtraFields(beside: Record<string, unknown>, page: Page<unknown>): void {
  for (const name in page) {
    if (PAGE_FIELDS.has(name)) continue;
    const before = beside[name];
    if (Array.isArray(before) && Array.isArray(page[name]))
      beside[name] = [...before, ...(page[name] as unknown[])];
    else if (before === undefined) setField(beside, name, page[name]);
  }
}

function idOf(row: unknown): unknown {
  return (row as { id?: unknown } | null)?.id;
}

async function page(route: Route, args: Args, ask: Ask): Promise<Page<unknown>> {
  const found = (await underItsName(route, args, ask)) as Page<unknown>;
  const { endsInZero, ...rest } = found;
  if (endsInZero) return { ...rest, ...(isFull(found, args) && { endUnknown: true as const }) };
  if (found.cursor === undefined) return found;
  found.cursor = withSize(found.cursor, args.limit, args.cursor);
  if (found.cursor !== args.cursor) return found;
  // An API that doesn't know the argument gives its first page, again and again.
  if (found.items.length > 0) throw samePage(route);
  delete found.cursor;
  return found;
}

/** Whether it has as many rows as were asked for. */
function isFull({ items }: Page<unknown>, { limit }: Args): boolean {
  return typeof limit === 'number' && items.length >= limit;
}

/** A cursor whose argument is guessed goes under two names; an API that refuses the one it doesn't know gets each alone. */
async function underItsName(route: Route, args: Args, ask: Ask): Promise<unknown> {
  try {
    return await ask(route, args);
  } catch (error) {
    if (!isArgumentRefused(error)) throw error;
    for (const cursor of cursorsToTry(args.cursor)) {
      try {
        return await ask(route, { ...args, cursor });
      } catch (again) {
        if (!isArgumentRefused(again)) throw again;
      }
    }
    throw error;
  }
}

function isArgumentRefused(error: unknown): boolean {
  return error instanceof Failure && (error.details.status === 400 || error.details.status === 422);
}

function samePage({ method, path }: Route): Failure {
  return new Failure(
    'bad_answer',
    `Toado gave the same page again: ${method} ${path} takes its cursor under another name.`,
    'A person can name it with --api-map: {"query": {"cursor": "…"}} of that route. Narrow the list until then.',
    { outcome: 'no_answer' },
  );
}
