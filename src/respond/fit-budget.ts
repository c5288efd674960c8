/**
 * Makes an answer fit its budget, never by cutting JSON: first whole items are left out of lists, then long texts
 * are shortened in the middle, and only where a single item is still too large, what lies deep inside it is pruned.
 * Everything left out is counted, so that the reader knows and can ask for it.
 */
import type { Slices } from '../base/slices.ts';
import { type Tidied, WIDEST } from './make-visible.ts';
import { prune } from './prune.ts';
import { shortenTexts } from './shorten.ts';
import { estimateTokens } from './tokens.ts';

type Data = Record<string, unknown>;

export interface Fitted {
  data: Data;
  /** By the list's path: how many of its items are shown, and how many it had. */
  cut: Map<string, { shown: number; of: number }>;
  /** Whether any text was shortened. */
  shortened: boolean;
  /** How many parts inside items were left out. */
  pruned: number;
}

/** How large it comes out: what the budget counts. */
type Measure = (data: Data) => number;

const SHORTEST_TEXT = 160;
/** Where even pruned items are too large. */
const LAST_RESORT_TEXT = 60;

/** @param data what can be shown of the answer at all: `tidy` has left the rest out. */
export async function fitBudget(
  data: Data,
  { lengths, left }: Pick<Tidied, 'lengths' | 'left'>,
  tokens: number,
  textFrom: number | undefined,
  measure: Measure,
  slices: Slices,
): Promise<Fitted> {
  const attempt = async (longest: number, width?: number): Promise<{ fitted: Fitted; fits: boolean }> => {
    if (slices.due) await slices.pause();
    const thin = width ? prune(data, width) : { data, left: 0 };
    const texts = shortenTexts(thin.data, longest, textFrom);
    const { fits, ...lists } = await cutLists(texts.data as Data, tokens, measure, slices);
    for (const [path, of] of lengths) lists.cut.set(path, { shown: shownAt(lists.data, path), of });
    return { fitted: { ...lists, shortened: texts.shortened, pruned: left + thin.left }, fits };
  };
  const longest = Math.max(SHORTEST_TEXT, Math.floor(tokens * 1.5));
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
  for (let width = WIDEST; ; width = Math.floor(width / 2)) {
    const { fitted, fits } = await attempt(width > 1 ? SHORTEST_TEXT : LAST_RESORT_TEXT, width);
    if (fits || width <= 1) return fitted;
  }
}

function shownAt(data: Data, path: string): number {
  const list = path.split('.').reduce<unknown>((inner, key) => (inner as Data | undefined)?.[key], data);
  return Array.isArray(list) ? list.length : 0;
}

interface List {
  path: string;
  items: unknown[];
  sizes: number[];
  replace: (items: unknown[]) => void;
}

/** Measures as seldom as it can: that is most of what a small answer costs. */
async function cutLists(
  whole: Data,
  tokens: number,
  measure: Measure,
  slices: Slices,
): Promise<Pick<Fitted, 'data' | 'cut'> & { fits: boolean }> {
  const cut: Fitted['cut'] = new Map();
  const size = measure(whole);
  if (size <= tokens) return { data: whole, cut, fits: true };
  const data = structuredClone(whole);
  const lists = listsIn(data);
  if (lists.length === 0) return { data, cut, fits: false };
  const base = size - sum(lists.map((list) => sum(list.sizes)));
  let room = Math.max(0, tokens - base) * 0.97;
  // The smallest lists first: what they don't use is left for the large ones.
  lists.sort((a, b) => sum(a.sizes) - sum(b.sizes));
  lists.forEach((list, at) => {
    room -= keepWithin(list, room / (lists.length - at), cut);
  });
  // The estimate by item can be a little short of the whole: the largest lists give way until it fits.
  for (const list of lists.reverse()) {
    while (measure(data) > tokens) {
      if (slices.due) await slices.pause();
      const { shown = list.items.length } = cut.get(list.path) ?? {};
      if (shown <= 1) break;
      trim(list, Math.max(1, Math.min(shown - 1, Math.floor(shown * 0.9))), cut);
    }
  }
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
  list.replace(list.items.slice(0, shown));
  cut.set(list.path, { shown, of: list.items.length });
}

/** Every list that is reachable through objects; lists inside items belong to their item. */
function listsIn(data: Data, path = ''): List[] {
  return Object.entries(data).flatMap(([key, value]) => {
    const at = path ? `${path}.${key}` : key;
    if (Array.isArray(value)) {
      const sizes = value.map((item) => estimateTokens(JSON.stringify(item) ?? ''));
      return [
        {
          path: at,
          items: value,
          sizes,
          replace: (items: unknown[]) => {
            data[key] = items;
          },
        },
      ];
    }
    return typeof value === 'object' && value !== null ? listsIn(value as Data, at) : [];
  });
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
