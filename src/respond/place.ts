/** Where a list stands in an answer, as one text: the names on the way to it, with a dot between them. */
import { isJsonObject } from '../base/json-object.ts';

/** For a name that is empty. */
const EMPTY = '\\0';

/** @param place '' for the answer itself. Dots in names are told from those between them. */
export function placeIn(place: string, name: string): string {
  const one = name === '' ? EMPTY : name.replace(/[\\.]/g, '\\$&');
  return place ? `${place}.${one}` : one;
}

export function valueAt(data: unknown, place: string): unknown {
  const names = place.match(/(?:\\.|[^.\\])+/g) ?? [];
  return names.reduce((inner, one) => {
    const name = one === EMPTY ? '' : one.replace(/\\(.)/g, '$1');
    return isJsonObject(inner) && Object.hasOwn(inner, name) ? inner[name] : undefined;
  }, data);
}
