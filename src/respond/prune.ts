/**
 * Thins what lies inside the items of an answer: long lists in them, objects of very many fields, what is nested
 * very deep. Known fields stand first in every view and are few, so they stay.
 */
import { FEWEST_FIELDS, LONGEST_NAME } from './make-visible.ts';

type Data = Record<string, unknown>;

const DEEPEST = 6;

/** @param width how many entries a list or an object inside an item keeps. */
export function prune(data: Data, width: number): { data: Data; left: number } {
  let left = 0;
  const keep = <One>(all: One[], most: number): One[] => {
    left += Math.max(0, all.length - most);
    return all.slice(0, most);
  };
  const shortName = (name: string): string => {
    if (name.length <= LONGEST_NAME) return name;
    left++;
    return `${name.slice(0, LONGEST_NAME)}…`;
  };
  const inside = (value: unknown, depth: number): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (depth > DEEPEST) {
      left++;
      return Array.isArray(value) ? [] : {};
    }
    if (Array.isArray(value)) return keep(value, width).map((one) => inside(one, depth + 1));
    const fields = Object.entries(value);
    const kept = keep(fields, depth <= 1 ? Math.max(width, FEWEST_FIELDS) : width);
    return Object.fromEntries(kept.map(([key, one]) => [shortName(key), inside(one, depth + 1)]));
  };
  const top = keep(Object.entries(data), Math.max(width, FEWEST_FIELDS)).map(([key, value]) => [
    shortName(key),
    // A list of the answer is cut by items, with a count and a cursor; only its items are thinned here.
    Array.isArray(value) ? value.map((item) => inside(item, 1)) : inside(value, 1),
  ]);
  return { data: Object.fromEntries(top), left };
}
