/**
 * Makes an answer fit its budget by leaving out whole items and by shortening long texts in the middle; never by
 * cutting JSON. What is left out is counted, so that the reader knows and can ask for it.
 */
import { estimateTokens } from './tokens.ts';

type Data = Record<string, unknown>;

export interface Fitted {
  data: Data;
  /** By the list's path: how many of its items are shown, and how many it had. */
  cut: Map<string, { shown: number; of: number }>;
  /** Whether any text was shortened. */
  shortened: boolean;
}

/** How large it comes out: what the budget counts. */
type Measure = (data: Data) => number;

const MIN_TEXT = 160;

export function fitBudget(
  data: Data,
  tokens: number,
  textFrom: number | undefined,
  measure: Measure,
): Fitted {
  let longest = Math.max(MIN_TEXT, Math.floor(tokens * 1.5));
  for (;;) {
    const texts = shortenTexts(data, longest, textFrom);
    const fitted = cutLists(texts.data as Data, tokens, measure);
    const fits = measure(fitted.data) <= tokens;
    if (fits || longest <= MIN_TEXT) return { ...fitted, shortened: texts.shortened };
    longest = Math.max(MIN_TEXT, Math.floor(longest / 2));
  }
}

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
    if (Array.isArray(inner)) return inner.map(walk);
    if (typeof inner !== 'object' || inner === null) return inner;
    return Object.fromEntries(Object.entries(inner).map(([key, one]) => [key, walk(one)]));
  };
  return { data: walk(value), shortened };
}

/** Keeps the beginning and the end: what went wrong often stands last. */
export function shorten(text: string, longest: number, from = 0): string {
  if (text.length <= longest) return text;
  const rest = from > 0 ? text.slice(boundary(text, Math.min(from, text.length))) : text;
  const lead = from > 0 ? `[… ${text.length - rest.length} characters before this …]` : '';
  if (rest.length <= longest) return lead + rest;
  const head = boundary(rest, Math.floor(longest * 0.75));
  const tail = boundary(rest, rest.length - Math.floor(longest * 0.2));
  const gone = `[… ${tail - head} of ${text.length} characters left out here; text_from ${text.length - rest.length + head} goes on …]`;
  return `${lead}${rest.slice(0, head)}\n${gone}\n${rest.slice(tail)}`;
}

/** Never between the two halves of a character. */
function boundary(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}

interface List {
  path: string;
  items: unknown[];
  sizes: number[];
  replace: (items: unknown[]) => void;
}

function cutLists(whole: Data, tokens: number, measure: Measure): Omit<Fitted, 'shortened'> {
  const data = structuredClone(whole);
  const cut: Fitted['cut'] = new Map();
  const lists = listsIn(data);
  let over = measure(data) - tokens;
  if (over <= 0 || lists.length === 0) return { data, cut };
  const inLists = sum(lists.map((list) => sum(list.sizes)));
  const base = measure(data) - inLists;
  let room = Math.max(0, tokens - base) * 0.97;
  // The smallest lists first: what they don't use is left for the large ones.
  lists.sort((a, b) => sum(a.sizes) - sum(b.sizes));
  lists.forEach((list, at) => {
    const share = room / (lists.length - at);
    const used = keepWithin(list, share, cut);
    room -= used;
  });
  // The estimate by item can be a little short of the whole: the largest list gives way until it fits.
  const largest = lists.at(-1)!;
  for (over = measure(data) - tokens; over > 0; over = measure(data) - tokens) {
    const { shown = largest.items.length } = cut.get(largest.path) ?? {};
    if (shown <= 1) break;
    trim(largest, Math.max(1, Math.min(shown - 1, Math.floor(shown * 0.9))), cut);
  }
  return { data, cut };
}

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
