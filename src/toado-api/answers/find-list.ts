/** Where in an answer a list stands, and what an envelope around it says of itself. */
import { isJsonObject, type JsonObject } from '../../base/json-object.ts';
import { setField } from '../../base/set-field.ts';
import { isPaging } from '../paging/next-page.ts';
import type { RowsById } from '../schema-kit/rows-by-id.ts';
import { ENVELOPE, LISTS, NO_ROWS, WRAPPERS } from '../vocabulary/envelope-names.ts';

export interface FoundList {
  items: unknown[];
  /** What stood around it, the outermost first. */
  envelopes: JsonObject[];
  /** The names that lead to it. */
  path: string[];
  /** It was an object with a row under each id. */
  byId?: RowsById;
}

const anyList = () => true;

/**
 * One or two levels down, below `data` more.
 * @param anyName whether a list may stand under a name that nobody foresaw, where it is the only one.
 * @param levels how many there may be below.
 * @param isIt whether a list below the top may be the one.
 */
export function findList(
  own: readonly string[],
  json: unknown,
  { anyName = false, levels = 4, isIt = anyList as (items: unknown[]) => boolean } = {},
): FoundList | undefined {
  if (Array.isArray(json)) return { items: json, envelopes: [], path: [] };
  if (!isJsonObject(json)) return undefined;
  // Its own name says most; then the usual ones, and what they lead to.
  const names = ['items', ...own, ...LISTS];
  for (const name of names) {
    const items = json[name];
    if (Array.isArray(items) && isIt(items)) return { items, envelopes: [json], path: [name] };
  }
  for (const name of levels > 0 ? new Set([...own, ...LISTS, ...WRAPPERS]) : []) {
    const inner = json[name];
    if (!isJsonObject(inner)) continue;
    const found = findList(own, inner, { levels: name === 'data' ? levels - 1 : 0, isIt });
    if (found) return { ...found, envelopes: [json, ...found.envelopes], path: [name, ...found.path] };
  }
  return anyName ? findOnlyList(json, isIt) : undefined;
}

/** The only list, at the top or one level down, whatever it is called. */
export function findOnlyList(
  json: JsonObject,
  isIt: (items: unknown[]) => boolean,
  isSkipped: (name: string) => boolean = () => false,
): FoundList | undefined {
  /** Lists of words say something else, like SCIM's `schemas`. */
  const onlyList = (place: JsonObject): string | undefined => {
    const [name, ...others] = Object.keys(place).filter((one) => {
      const list = place[one];
      const mayBe = Array.isArray(list) && !NO_ROWS.has(one) && !isPaging(one, list) && !isSkipped(one);
      return mayBe && list.every(isJsonObject) && isIt(list);
    });
    return others.length === 0 ? name : undefined;
  };
  const alone = onlyList(json);
  if (alone) return { items: json[alone] as unknown[], envelopes: [json], path: [alone] };
  const each = Object.keys(json).flatMap((name): FoundList[] => {
    const inner = json[name];
    if (!isJsonObject(inner) || ENVELOPE.has(name)) return [];
    const deeper = onlyList(inner);
    return deeper
      ? [{ items: inner[deeper] as unknown[], envelopes: [json, inner], path: [name, deeper] }]
      : [];
  });
  return each.length === 1 ? each[0] : undefined;
}

/** What stands beside a list and says something of its own. */
export function addUnknown(answer: JsonObject, { envelopes, path }: FoundList): void {
  for (const [depth, envelope] of envelopes.entries()) {
    for (const name in envelope) {
      if (
        name === path[depth] ||
        envelopes.includes(envelope[name] as JsonObject) ||
        Object.hasOwn(answer, name) ||
        isPaging(name, envelope[name]) ||
        ENVELOPE.has(name)
      )
        continue;
      setField(answer, name, envelope[name]);
    }
  }
}
