/**
 * Objects of many thousands of fields are nobody's tickets, and each look at all of their names holds the process for
 * long. Of a large answer they are cut in its text, before it is parsed: what is left out is counted in their place.
 */
import type { Slices } from '../base/slices.ts';
import { endOfString } from './parse-json.ts';

/** More than any answer shows of one object. */
const MAX_FIELDS = 5_000;
/** How many characters are gone through before the clock is looked at. */
const STRIDE = 64 * 1024;

interface Open {
  isObject: boolean;
  fields: number;
  /** Where what is left out begins. */
  cutAt?: number;
}

const QUOTE = 34;
const COMMA = 44;

/** @returns the same text where nothing in it is that wide, or where it is no JSON. */
export async function thinObjects(text: string, slices: Slices): Promise<string> {
  const open: Open[] = [];
  /** Inside of what is left out, nothing else is cut. */
  let cutting: Open | undefined;
  const parts: string[] = [];
  let kept = 0;
  let look = STRIDE;
  for (let at = 0; at < text.length; at++) {
    if (at > look) {
      look = at + STRIDE;
      if (slices.due) await slices.pause();
    }
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === COMMA) {
      const its = open.at(-1);
      if (its?.isObject && ++its.fields === MAX_FIELDS && !cutting) {
        its.cutAt = at;
        cutting = its;
      }
    } else if (code === 0x7b || code === 0x5b) open.push({ isObject: code === 0x7b, fields: 0 });
    else if (code === 0x7d || code === 0x5d) {
      const its = open.pop();
      if (its?.cutAt === undefined) continue;
      const left = its.fields - MAX_FIELDS + 1;
      parts.push(text.slice(kept, its.cutAt), `,"…":"${left} more fields, which were not read"`);
      kept = at;
      cutting = undefined;
    }
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(kept);
}
