/** What a route answers with: one thing, a list, a list that pages, or one row for each ticket of a bulk call. */
import type { Read } from '../schema-kit/scalar-readers.ts';
import type { ObjectSchema } from '../schema-kit/tolerant-schema.ts';
import { bulkRow } from '../schemas/index.ts';

// biome-ignore lint/suspicious/noExplicitAny: a schema of whatever fields
type AnySchema = ObjectSchema<any>;

export interface Form<Value = unknown> {
  kind: 'one' | 'list' | 'page' | 'bulk';
  schema: AnySchema;
  /** Names under which the thing or the list may stand inside of an envelope. */
  own: readonly string[];
  /** What a bulk call's list of those that went well may be called. */
  act?: string;
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
  /** The next one’s cursor is the number 0, which mostly stands for none. */
  endsInZero?: true;
  /** What stood beside the list. */
  [unknown: string]: unknown;
}

/** What a page says itself: what stood beside the list has other names. */
export const PAGE_FIELDS: ReadonlySet<string> = new Set(['items', 'cursor', 'endUnknown', 'endsInZero']);

export interface BulkAnswer {
  results: Read<typeof bulkRow>[];
  [unknown: string]: unknown;
}

export function one<S extends AnySchema>(schema: S, ...own: string[]): Form<Read<S>> {
  return { kind: 'one', schema, own };
}
export function listOf<S extends AnySchema>(schema: S, ...own: string[]): Form<Read<S>[]> {
  return { kind: 'list', schema, own };
}
export function pageOf<S extends AnySchema>(schema: S, ...own: string[]): Form<Page<Read<S>>> {
  return { kind: 'page', schema, own };
}
export function bulk(act: 'moved' | 'assigned' | 'unassigned'): Form<BulkAnswer> {
  return { kind: 'bulk', schema: bulkRow, own: ['tickets'], act };
}
