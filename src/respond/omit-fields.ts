/** Leaves fields out of an answer, by their paths. */
import type { JsonObject } from '../base/json-object.ts';
import { setField } from '../base/set-field.ts';
import { mapItems } from './full-length.ts';

/** A field as a whole, or what is left out inside of it. */
type LeftOut = Map<string, 'all' | LeftOut>;

/** A copy without those fields: dots lead inside, through lists into each item. */
export function omitFields(data: JsonObject, paths: readonly string[]): JsonObject {
  return paths.length === 0 ? data : withoutFields(data, leftOutOf(paths));
}

function leftOutOf(paths: readonly string[]): LeftOut {
  const leftOut: LeftOut = new Map();
  for (const path of paths) {
    if (path.includes('.')) add(leftOut, path.split('.'));
    else leftOut.set(path, 'all');
  }
  return leftOut;
}

function add(leftOut: LeftOut, [name, ...deeper]: string[]): void {
  const before = leftOut.get(name!);
  if (before === 'all') return;
  if (deeper.length === 0) {
    leftOut.set(name!, 'all');
    return;
  }
  const inside: LeftOut = before ?? new Map();
  leftOut.set(name!, inside);
  add(inside, deeper);
}

function withoutFields(data: JsonObject, leftOut: LeftOut): JsonObject {
  const kept: JsonObject = {};
  for (const name in data) {
    const inside = leftOut.get(name);
    if (inside === undefined) setField(kept, name, data[name]);
    else if (inside !== 'all') setField(kept, name, withoutInside(data[name], inside));
  }
  return kept;
}

function withoutInside(value: unknown, leftOut: LeftOut): unknown {
  if (Array.isArray(value)) return mapItems(value, (item) => withoutInside(item, leftOut));
  return typeof value === 'object' && value !== null ? withoutFields(value as JsonObject, leftOut) : value;
}
