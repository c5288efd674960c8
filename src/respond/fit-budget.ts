/**
 * Makes an answer fit its budget, never by cutting JSON: first whole items are left out of lists, then long texts
 * are shortened in the middle, and only where a single item is still too large, what lies deep inside it is pruned.
 * Everything left out is counted, so that the reader knows and can ask for it.
 */
import type { JsonObject } from '../base/json-object.ts';
import type { Slices } from '../base/time-slices.ts';
import { estimateTokens } from './estimate-tokens.ts';
import { fullLength, leftOf, mapItems } from './full-length.ts';
import { namesOn, pathInside, ROOT } from './list-path.ts';
import { MIN_FIELDS, MIN_WIDTH, type Sanitized } from './sanitize.ts';
import { shorten } from './shorten.ts';

export interface Fitted {
  data: JsonObject;
  /** By the list's path: how many of its items are shown, and how many it had. */
  cut: Map<string, { shown: number; of: number }>;
  /** Whether any text was shortened. */
  shortened: boolean;
  /** How many parts inside items were left out. */
  pruned: number;
}

/** How large it comes out: what the budget counts. */
type Measure = (data: JsonObject) => number;

/** Characters of one text for each token of the budget: prose has about three for a token, so that is half of it. */
const LONGEST_TEXT_PER_TOKEN = 1.5;
const SHORTEST_TEXT = 160;
/** Where even pruned items are too large. */
const LAST_RESORT_TEXT = 60;
/** What is left of one item where the budget is smaller than its fields: what it is, and where. */
const FEWEST_FIELDS = 3;
/** Each comes nearer to what fits, and measuring costs most. */
const MAX_ROUNDS = 24;
/** Of what lies inside an item, this many levels are kept, and of each list and object there at first this many entries. */
const MAX_DEPTH = 6;
const FIRST_WIDTH = MIN_WIDTH;

/** @param data what can be shown of the answer at all: `sanitize` has left the rest out. */
export async function fitBudget(
  data: JsonObject,
  { lengths, omitted }: Pick<Sanitized, 'lengths' | 'omitted'>,
  tokens: number,
  textFrom: number | undefined,
  measure: Measure,
  slices: Slices,
): Promise<Fitted> {
  const attempt = async (
    longest: number,
    width?: number,
    fields?: number,
  ): Promise<{ fitted: Fitted; fits: boolean }> => {
    if (slices.due) await slices.pause();
    const thin = width ? prune(data, width, fields) : { data, omitted: 0 };
    if (slices.due) await slices.pause();
    const texts = shortenTexts(thin.data, longest, textFrom);
    if (slices.due) await slices.pause();
    const { fits, ...lists } = await cutLists(texts.data as JsonObject, tokens, measure, slices);
    for (const [path, of] of lengths) lists.cut.set(path, { shown: shownAt(lists.data, path), of });
    return { fitted: { ...lists, shortened: texts.shortened, pruned: omitted + thin.omitted }, fits };
  };
  const longest = Math.max(SHORTEST_TEXT, Math.floor(tokens * LONGEST_TEXT_PER_TOKEN));
  const untouched = await attempt(longest);
  if (untouched.fits) return untouched.fitted;
  const shortest = await attempt(SHORTEST_TEXT);
  if (shortest.fits) {
    for (let length = Math.floor(longest / 2); length > SHORTEST_TEXT; length = Math.floor(length / 2)) {
      const { fitted, fits } = await attempt(length);
      if (fits) return fitted;
    }
    return shortest.fitted;
  }
  for (let width = FIRST_WIDTH; ; width = Math.floor(width / 2)) {
    const { fitted, fits } = await attempt(width > 1 ? SHORTEST_TEXT : LAST_RESORT_TEXT, width);
    if (fits) return fitted;
    if (width <= 1) break;
  }
  for (let fields = MIN_FIELDS - FEWEST_FIELDS; ; fields -= FEWEST_FIELDS) {
    const { fitted, fits } = await attempt(LAST_RESORT_TEXT, 1, fields);
    if (fits || fields <= FEWEST_FIELDS) return fitted;
  }
}

function shownAt(data: JsonObject, path: string): number {
  const list = namesOn(path).reduce<unknown>((inner, key) => (inner as JsonObject | undefined)?.[key], data);
  return Array.isArray(list) ? list.length : 0;
}

interface List {
  path: string;
  items: unknown[];
  sizes: number[];
  /** Of all its items. */
  size: number;
  replace: (items: unknown[]) => void;
}

/**
 * Measures as seldom as it can: that is most of what a small answer costs.
 * @param data whose lists are exchanged in place.
 */
async function cutLists(
  data: JsonObject,
  tokens: number,
  measure: Measure,
  slices: Slices,
): Promise<Pick<Fitted, 'data' | 'cut'> & { fits: boolean }> {
  const cut: Fitted['cut'] = new Map();
  const size = measure(data);
  if (size <= tokens) return { data, cut, fits: true };
  if (slices.due) await slices.pause();
  const lists = await listsIn(data, slices);
  if (lists.length === 0) return { data, cut, fits: false };
  const base = size - sum(lists.map((list) => list.size));
  let room = Math.max(0, tokens - base);
  // The smallest lists first: what they don't use is left for the large ones.
  lists.sort((a, b) => a.size - b.size);
  lists.forEach((list, at) => {
    room -= keepWithin(list, room / (lists.length - at), cut);
  });
  // The estimate by item can be a little short of the whole: the largest lists give way until it fits.
  const shownOf = ({ path, items }: List) => cut.get(path)?.shown ?? items.length;
  lists.reverse();
  for (let round = 0; round < MAX_ROUNDS; round++) {
    if (slices.due) await slices.pause();
    let over = measure(data) - tokens;
    if (over <= 0) return { data, cut, fits: true };
    let isTrimmed = false;
    for (const list of lists) {
      const before = shownOf(list);
      let shown = before;
      for (; shown > 1 && over > 0; shown--) over -= list.sizes[shown - 1]!;
      if (shown < before) trim(list, shown, cut);
      isTrimmed ||= shown < before;
      if (over <= 0) break;
    }
    if (!isTrimmed) break;
  }
  if (slices.due) await slices.pause();
  return { data, cut, fits: measure(data) <= tokens };
}

/** One item at least: a list that shows nothing helps nobody. */
function keepWithin(list: List, share: number, cut: Fitted['cut']): number {
  let used = 0;
  let shown = 0;
  for (const size of list.sizes) {
    if (shown > 0 && used + size > share) break;
    used += size;
    shown++;
  }
  if (shown < list.items.length) trim(list, shown, cut);
  return used;
}

function trim(list: List, shown: number, cut: Fitted['cut']): void {
  list.replace(leftOf(list.items.slice(0, shown), fullLength(list.items)));
  cut.set(list.path, { shown, of: list.items.length });
}

/** Every list that is reachable through objects; lists inside items belong to their item. */
async function listsIn(data: JsonObject, slices: Slices): Promise<List[]> {
  const lists: List[] = [];
  const look = async (place: JsonObject, path: string): Promise<void> => {
    for (const [key, value] of Object.entries(place)) {
      if (slices.due) await slices.pause();
      const at = pathInside(path, key);
      if (Array.isArray(value)) {
        const sizes = value.map((item) => estimateTokens(JSON.stringify(item) ?? ''));
        const replace = (items: unknown[]) => {
          place[key] = items;
        };
        lists.push({ path: at, items: value, sizes, size: sum(sizes), replace });
      } else if (typeof value === 'object' && value !== null) await look(value as JsonObject, at);
    }
  };
  await look(data, ROOT);
  return lists;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

/**
 * Thins what lies inside the items of an answer: long lists in them, objects of very many fields, what is nested
 * very deep. Known fields stand first in every view and are few, so they stay.
 *
 * @param width how many entries a list or an object inside an item keeps.
 * @param leastFields how many fields an item has in any case.
 */
function prune(
  data: JsonObject,
  width: number,
  leastFields = MIN_FIELDS,
): { data: JsonObject; omitted: number } {
  let omitted = 0;
  const keep = <One>(all: One[], max: number): One[] => {
    omitted += Math.max(0, all.length - max);
    return all.slice(0, max);
  };
  const inside = (value: unknown, depth: number): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (depth > MAX_DEPTH) {
      omitted++;
      return Array.isArray(value) ? [] : {};
    }
    if (Array.isArray(value)) {
      const kept = keep(value, width).map((one) => inside(one, depth + 1));
      return leftOf(kept, fullLength(value));
    }
    const fields = Object.entries(value);
    const kept = keep(fields, depth <= 1 ? Math.max(width, leastFields) : width);
    return Object.fromEntries(kept.map(([key, one]) => [key, inside(one, depth + 1)]));
  };
  const top = keep(Object.entries(data), Math.max(width, leastFields)).map(([key, value]) => [
    key,
    // A list of the answer is cut by items, with a count and a cursor; only its items are thinned here.
    Array.isArray(value) ? mapItems(value, (item) => inside(item, 1)) : inside(value, 1),
  ]);
  return { data: Object.fromEntries(top), omitted };
}

/** Shortens long texts in the middle: what went wrong often stands last. */
function shortenTexts(
  value: unknown,
  longest: number,
  from: number | undefined,
): { data: unknown; shortened: boolean } {
  let shortened = false;
  const walk = (inner: unknown): unknown => {
    if (typeof inner === 'string') {
      const short = shorten(inner, longest, from);
      shortened ||= short !== inner;
      return short;
    }
    if (Array.isArray(inner)) return mapItems(inner, walk);
    if (typeof inner !== 'object' || inner === null) return inner;
    return Object.fromEntries(Object.entries(inner).map(([key, one]) => [key, walk(one)]));
  };
  return { data: walk(value), shortened };
}
