/** The panels of a recording, and their entries. */
import { isJsonObject, type JsonObject } from '../../base/json-object.ts';
import { type Reading, SchemaMismatch, typeName } from '../schema-kit/reading.ts';
import { anything, count, type Read, type Reader, text, time } from '../schema-kit/scalar-readers.ts';
import { objectSchema } from '../schema-kit/tolerant-schema.ts';

const PANELS = ['console', 'network', 'errors', 'performance'] as const;
type Panel = (typeof PANELS)[number];

/** What a panel's entries may stand under. */
const HOLD_ENTRIES = ['entries', 'items', 'logs', 'requests', 'data'];

/**
 * A panel's entries, also where a panel says more than its list, is an object by ids, or one entry. Evidence: what
 * stands in it is not touched, and what can't be read is an entry of its own, never nothing.
 */
const entries =
  (panel: Exclude<Panel, 'performance'>): Reader<unknown[]> =>
  (value, reading) => {
    if (Array.isArray(value)) return value;
    if (!isJsonObject(value)) {
      if (value !== '') reading.note('', `${typeName(value)} instead of a list`, false);
      return value === '' ? [] : [value];
    }
    const inner = HOLD_ENTRIES.find((name) => Array.isArray(value[name]));
    if (inner) {
      reading.note('', `a list under ${inner} instead of a list`);
      return value[inner] as unknown[];
    }
    const names = Object.keys(value);
    if (names.length === 0) return [];
    const schema = ENTRIES[panel]();
    const isEntry = (name: string) => isJsonObject(value[name]) && schema.countFields(value[name], 1) > 0;
    if (names.every(isEntry)) {
      reading.note('', 'an object by ids instead of a list');
      return names.map((name) => ({
        ...(/^\d+$/.test(name) ? {} : { id: name }),
        ...(value[name] as JsonObject),
      }));
    }
    const isOne = schema.countFields(value, 1) > 0;
    const around = HOLD_ENTRIES.find((name) => isJsonObject(value[name]));
    if (around && !isOne) return entries(panel)(value[around], reading);
    reading.note('', `${isOne ? 'one entry' : 'an object'} instead of a list`, isOne);
    return [value];
  };

/** What a recording may stand in. */
const AROUND = ['panels', 'recording', 'sections', 'data', 'items', 'devtools'];

/** Megabytes on a busy page: the entries are looked at only when they are shown. */
export const devtools = objectSchema(
  'devtools',
  {
    console: entries('console'),
    network: entries('network'),
    errors: entries('errors'),
    performance: anything,
  },
  {
    also: {
      console: ['console_logs', 'console_entries', 'logs'],
      network: ['network_requests', 'network_entries', 'requests'],
      errors: ['js_errors', 'exceptions'],
      performance: ['performance_metrics', 'metrics'],
    },
    gather: (data, reading) => {
      const { names } = reading;
      if (!hasPanels(data)) {
        const name = AROUND.find((one) => isJsonObject(data[one]) && hasPanels(data[one]));
        if (name) {
          const inner = data[name] as JsonObject;
          delete data[name];
          Object.assign(data, inner);
          reading.note('', `panels under ${name}`);
        }
      }
      if (names?.console_entry) renameEach(data.console, names.console_entry);
      if (names?.network_entry) renameEach(data.network, names.network_entry);
      if (names?.error_entry) renameEach(data.errors, names.error_entry);
    },
  },
);

/** Whether a recording has any panel that this version knows. */
export function hasPanels(recording: JsonObject): boolean {
  return PANELS.some((name) => recording[name] !== undefined && recording[name] !== null);
}

/** A map's names for the fields of entries, which are otherwise read only when they are shown. */
function renameEach(panel: unknown, names: Record<string, string>): void {
  if (!Array.isArray(panel)) return;
  for (const entry of panel) {
    if (!isJsonObject(entry)) continue;
    for (const [field, source] of Object.entries(names)) {
      if (field === source || entry[source] === undefined) continue;
      entry[field] = entry[source];
      delete entry[source];
    }
  }
}

const AT = ['timestamp', 'time', 'ts', 'date', 'created_at'];

/** A console call’s arguments; a message alone is one. */
const argumentList: Reader<unknown[]> = (value) => (Array.isArray(value) ? value : [value]);

export const consoleEntry = objectSchema(
  'console_entry',
  { level: text, args: argumentList, at: time, stack: text },
  {
    also: {
      level: ['type', 'severity'],
      args: ['arguments', 'parameters', 'message', 'text'],
      at: AT,
      stack: ['stack_trace', 'stacktrace'],
    },
  },
);

/** A duration, also as the `duration` or `total` of a timing with its parts. */
const duration: Reader<number> = (value, reading) => {
  if (!isJsonObject(value)) return count(value, reading);
  const whole = ['duration', 'duration_ms', 'total', 'total_ms', 'totalMs', 'durationMs'].find(
    (name) => typeof value[name] === 'number',
  );
  if (!whole) throw new SchemaMismatch('a duration', value);
  return value[whole] as number;
};

export const networkEntry = objectSchema(
  'network_entry',
  {
    method: text,
    url: text,
    status: count,
    request_headers: anything,
    response_headers: anything,
    started_at: time,
    duration_ms: duration,
    response_size: count,
    request_body: anything,
    response_body: anything,
  },
  {
    also: {
      method: ['request_method'],
      url: ['request_url'],
      status: ['status_code', 'response_status'],
      started_at: [...AT, 'start_time', 'started', 'at', 'started_date_time'],
      duration_ms: ['duration', 'timing', 'timings', 'time_ms', 'elapsed'],
      response_size: ['size', 'transfer_size', 'content_length'],
    },
  },
);
export const errorEntry = objectSchema(
  'error_entry',
  { kind: text, message: text, stack: text, at: time },
  {
    also: {
      kind: ['type', 'name'],
      message: ['text', 'error'],
      stack: ['stack_trace', 'stacktrace'],
      at: AT,
    },
  },
);

/** Made below what reads them. */
const ENTRIES = { console: () => consoleEntry, network: () => networkEntry, errors: () => errorEntry };

/** The panels of a recording may stand inside of the capture. */
export function panelsFromCapture(data: JsonObject, reading: Reading): void {
  const { capture } = data;
  if (!isJsonObject(capture)) return;
  const { devtools: inner } = capture;
  if (inner === undefined && !PANELS.some((name) => capture[name] !== undefined)) return;
  const found = PANELS.filter((name) => capture[name] !== undefined && capture[name] !== null);
  if (found.length === 0 && !isJsonObject(inner)) return;
  const panels: JsonObject = isJsonObject(data.devtools) ? data.devtools : isJsonObject(inner) ? inner : {};
  if (isJsonObject(inner)) delete capture.devtools;
  for (const name of found) {
    panels[name] ??= capture[name];
    delete capture[name];
  }
  data.devtools = panels;
  reading.note('devtools', 'inside of capture');
}

export type Devtools = Read<typeof devtools>;
