/** Fields in a dialect's names and types. What a page recorded is evidence: it passes as it is. */
import { isJsonObject, type JsonObject } from '../../base/json-object.ts';
import type { Traits } from './dialects.ts';
import type { NumberedIds } from './numbered-ids.ts';

/** What stands under these was recorded, not made up by Toado. */
const RECORDED = new Set([
  ...['args', 'stack', 'request_headers', 'response_headers', 'request_body', 'response_body'],
  ...['performance', 'url_patterns'],
]);
/** Flags of the contract: others with these types are recorded. */
const FLAGS = new Set(['resolved', 'is_draft', 'has_capture', 'has_ai_activity', 'ok']);
const isId = (key: string) => key === 'id' || key.endsWith('_id');
const isTime = (key: string) => key === 'at' || key.endsWith('_at');
const LISTS_OF_IDS = new Set(['ticket_ids', 'companies', 'projects']);

export function inDialect(value: unknown, traits: Traits, ids: NumberedIds): unknown {
  if (Array.isArray(value)) return value.map((one) => inDialect(one, traits, ids));
  if (!isJsonObject(value)) return value;
  const fields = Object.entries(withReferences(value, traits)).map(([key, inner]) => [
    traits.names === 'camelCase' ? camelCase(key) : key,
    RECORDED.has(key) ? inner : field(key, inner, traits, ids),
  ]);
  return Object.fromEntries(fields);
}

function field(key: string, value: unknown, traits: Traits, ids: NumberedIds): unknown {
  if (isTime(key) && typeof value === 'string') return time(value, traits);
  if (FLAGS.has(key) && typeof value === 'boolean') return flag(value, traits);
  if (traits.ids === 'numbers') {
    if (isId(key) && typeof value === 'string') return ids.numberOf(value);
    if (LISTS_OF_IDS.has(key) && isListOfTexts(value)) return value.map((one) => ids.numberOf(one));
    if (key === 'assignees' && isListOfTexts(value)) return value.map((one) => ids.numberOf(one));
  }
  return inDialect(value, traits, ids);
}

function time(iso: string, { times }: Traits): unknown {
  const ms = Date.parse(iso);
  if (times === 'iso' || Number.isNaN(ms)) return iso;
  return times === 'seconds' ? ms / 1000 : ms;
}

function flag(value: boolean, { booleans }: Traits): unknown {
  if (booleans === 'text') return String(value);
  return booleans === 'numbers' ? Number(value) : value;
}

function withReferences(value: JsonObject, { references }: Traits): JsonObject {
  if (references === 'contract') return value;
  const changed: JsonObject = {};
  for (const [key, inner] of Object.entries(value)) {
    if (references === 'ids' && key === 'assignees' && Array.isArray(inner))
      changed[key] = inner.map((one) => (isJsonObject(one) ? one.id : one));
    else if (
      references === 'objects' &&
      (key === 'column_id' || key === 'project_id') &&
      typeof inner === 'string'
    )
      changed[key.slice(0, -3)] = { id: inner };
    else changed[key] = inner;
  }
  return changed;
}

/** A capture as Toado's own pages show it: its panels inside, `timestamp` and `timing` in their entries. */
export function withPanelsInside(ticket: JsonObject): JsonObject {
  const { devtools, capture, ...rest } = ticket;
  if (!isJsonObject(devtools)) return ticket;
  const { console: lines, network, errors, performance, ...more } = devtools;
  const timed = (entries: unknown) => (Array.isArray(entries) ? entries.map(renamedTimes) : entries);
  return {
    ...rest,
    capture: {
      ...(isJsonObject(capture) ? capture : {}),
      ...more,
      console: timed(lines),
      network: timed(network),
      errors: timed(errors),
      performance,
    },
  };
}

function renamedTimes(entry: unknown): unknown {
  if (!isJsonObject(entry)) return entry;
  const { at, started_at, duration_ms, ...rest } = entry;
  return {
    ...rest,
    timestamp: at ?? started_at,
    ...(duration_ms === undefined ? {} : { timing: { duration: duration_ms } }),
  };
}

export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function isListOfTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
