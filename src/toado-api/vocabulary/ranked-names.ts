/** Names with their ranks: where a place has several of them, the first one counts. */
import type { JsonObject } from '../../base/json-object.ts';
export type Ranked = ReadonlyMap<string, number>;
export const ranked = (names: readonly string[]): Ranked => new Map(names.map((name, rank) => [name, rank]));

/** The names of these that a place has. It has far fewer names than there are, so its own are gone through. */
export function namesIn(place: JsonObject, names: Ranked): string[] {
  const found: string[] = [];
  for (const name in place) if (names.has(name)) found.push(name);
  return found.length > 1 ? found.sort((one, other) => names.get(one)! - names.get(other)!) : found;
}
