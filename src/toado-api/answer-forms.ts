/** What a route answers with: one thing, a list, a list that pages, or one row for each ticket of a bulk call. */

import type { Read } from './scalar-readers.ts';
import { bulkRow } from './schemas/index.ts';
import type { ShapeReader } from './tolerant-schema.ts';

// biome-ignore lint/suspicious/noExplicitAny: a shape of whatever fields
type AnyShape = ShapeReader<any>;

export interface Form<Value = unknown> {
  kind: 'one' | 'list' | 'page' | 'bulk';
  shape: AnyShape;
  /** Names under which the thing or the list may stand inside of an envelope. */
  own: readonly string[];
  /** Looks at the answer as it came, and then at what was read of it. */
  whole?: (json: unknown) => (value: never) => void;
  /** Only for its type. */
  value?: Value;
}

export type ValueOf<F> = F extends Form<infer Value> ? Value : never;

/** A list that pages; `cursor` is absent on the last page. */
export interface Page<Item> {
  items: Item[];
  cursor?: string;
  /** Toado said neither how to go on nor that this is the end. */
  endUnknown?: true;
  /** What stood beside the list. */
  [unknown: string]: unknown;
}

export interface BulkAnswer {
  results: Read<typeof bulkRow>[];
  [unknown: string]: unknown;
}

export function one<S extends AnyShape>(shape: S, ...own: string[]): Form<Read<S>> {
  return { kind: 'one', shape, own };
}
export function listOf<S extends AnyShape>(shape: S, ...own: string[]): Form<Read<S>[]> {
  return { kind: 'list', shape, own };
}
export function pageOf<S extends AnyShape>(shape: S, ...own: string[]): Form<Page<Read<S>>> {
  return { kind: 'page', shape, own };
}
export const bulk: Form<BulkAnswer> = { kind: 'bulk', shape: bulkRow, own: ['tickets'] };
