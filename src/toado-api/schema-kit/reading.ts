/** What is noted while an answer is read: in what it differs from the contract, and what could not be read. */

import { WrittenOrder } from '../json/written-order.ts';

/** An answer is not of the shape that this version knows. */
export class SchemaMismatch extends Error {
  /** Names and positions, from the top. */
  readonly path: (string | number)[] = [];
  /** What was there instead, as a type: never a value. */
  readonly was: string;

  constructor(
    readonly expected: string,
    value: unknown,
  ) {
    // Nobody reads its stack, and an answer with many of them would take several times as long.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(`not ${expected}`);
    Error.stackTraceLimit = stackTraceLimit;
    this.was = typeName(value);
  }
}

/** One way in which an answer differed from the contract. Names and types only, never a value. */
export interface Difference {
  /** Where, from the top; `[]` stands for every item of a list. */
  path: string;
  /** What was there, in words: `columnId instead of column_id`, `a number instead of text`. */
  was: string;
  /** Whether it was read all the same. */
  understood: boolean;
}

/** Other names of fields, by schema: `{ticket: {title: 'subject'}}`. Dots lead inside. */
export type FieldNames = Record<string, Record<string, string>>;

/** One answer being read: what differed in it, and the names that a map gives to fields. */
export class Reading {
  readonly differences: Difference[] = [];
  readonly names: FieldNames | undefined;
  /** For objects by ids, which have lost the order of their rows. */
  readonly order: WrittenOrder;

  /**
   * @param isKept whether anybody asks for the differences afterwards.
   * @param written the answer's text, where the order of its names counts.
   */
  constructor(
    names?: FieldNames,
    readonly isKept = true,
    written = '',
  ) {
    this.names = names;
    this.order = new WrittenOrder(written);
  }

  note(path: string, was: string, understood = true): void {
    if (this.isKept) this.differences.push({ path, was, understood });
  }

  /** The differences from `first` on were found inside of `at`. */
  inside(first: number, at: string): void {
    for (let index = first; index < this.differences.length; index++) {
      const one = this.differences[index]!;
      one.path = one.path === '' || one.path.startsWith('[]') ? at + one.path : `${at}.${one.path}`;
    }
  }
}

export function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return 'text';
  if (value === undefined) return 'nothing';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
