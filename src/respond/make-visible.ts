/**
 * The one walk over everything that an answer carries: leaves out what is null, makes what is invisible visible, in
 * names as in values, and adds up how large it can come out at most, so that a small answer need not be measured.
 */
import { setField } from '../base/set-field.ts';
import { visible } from '../base/visible.ts';
import { LONGEST_NAME } from './prune.ts';
import { MOST_FOR_ASCII, MOST_FOR_OTHERS } from './tokens.ts';

type Data = Record<string, unknown>;

export interface Tidied {
  data: Data;
  /** It costs no more tokens than this, as text and as JSON; Infinity where something in it has to be shortened. */
  most: number;
}

/** Nothing that a person means is nested deeper; what is could exhaust the stack. */
const DEEPEST = 64;
/** Quotation marks, colons, commas, brackets, the names that a table's head repeats. */
const AROUND = 8;
/** JSON escapes a character of ASCII by another one; what takes more is not among what is visible. */
const ESCAPED = 2;
/** The digits of a number. */
const NUMBER = 32;
/** Below this, the indents of the text count for little. */
const SHALLOW = 8;
/** Printable ASCII is most text, and this the quickest question about it. */
const NOT_PLAIN = /[^\n\t\x20-\x7e]/;

/** Names that were plain before: the same few come in every answer. */
const plainNames = new Set<string>();
const MOST_NAMES = 1_000;

export function tidy(data: Data): Tidied {
  let most = AROUND;

  const plain = (raw: string): string => {
    most += raw.length * ESCAPED * MOST_FOR_ASCII + AROUND;
    return raw;
  };

  const text = (raw: string): string => {
    if (!NOT_PLAIN.test(raw)) return plain(raw);
    const shown = visible(raw);
    most += shown.length * MOST_FOR_OTHERS + AROUND;
    return shown;
  };

  const field = (name: string): string => {
    if (plainNames.has(name)) return plain(name);
    if (NOT_PLAIN.test(name)) return text(name);
    if (plainNames.size < MOST_NAMES && name.length <= LONGEST_NAME) plainNames.add(name);
    return plain(name);
  };

  const walk = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string') return text(value);
    if (typeof value !== 'object' || value === null) {
      most += NUMBER;
      return value ?? undefined;
    }
    if (depth > DEEPEST) return text('[… nested too deep to show …]');
    most += depth > SHALLOW ? Number.POSITIVE_INFINITY : AROUND;
    if (Array.isArray(value)) return value.map((item) => walk(item, depth + 1) ?? null);
    return object(value as Data, depth);
  };

  const object = (value: Data, depth: number): Data => {
    const kept: Data = {};
    for (const name in value) {
      const inner = walk(value[name], depth + 1);
      if (inner === undefined) continue;
      const shown = field(name);
      if (shown.length > LONGEST_NAME) most = Number.POSITIVE_INFINITY;
      setField(kept, shown, inner);
    }
    return kept;
  };

  return { data: object(data, 0), most };
}
