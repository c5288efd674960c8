/** What the browser recorded, as a debugger reads it: one line an entry, bodies and headers only on request. */
import { asJson } from '../base/as-json.ts';
import { isJsonObject } from '../base/json-object.ts';
import type { Slices } from '../base/time-slices.ts';
import { readIf } from '../toado-api/schema-kit/scalar-readers.ts';
import { consoleEntry, type Devtools, errorEntry, networkEntry } from '../toado-api/schemas/index.ts';

export const PANELS = ['console', 'network', 'errors', 'performance'] as const;
export type Panel = (typeof PANELS)[number];
/** The panels that are lists of entries. */
export type ListPanel = Exclude<Panel, 'performance'>;
export const LEVELS = ['log', 'info', 'warn', 'error', 'debug'] as const;

export type Entry = Record<string, unknown>;

export interface EntryFilter {
  level?: string | undefined;
  minStatus?: number | undefined;
  query?: string | undefined;
}

/** A panel's entries as they were recorded. What isn't an object is no entry, but is shown all the same. */
export function recorded(devtools: Devtools, panel: ListPanel): Entry[] {
  return (devtools[panel] ?? []).map((raw) => (isJsonObject(raw) ? raw : { entry: raw }));
}

/** Those that pass the filter, in the order in which they were recorded; not looked into further than needed. */
export async function matching(
  panel: ListPanel,
  entries: readonly Entry[],
  filter: EntryFilter,
  slices: Slices,
): Promise<Entry[]> {
  const { level, minStatus, query } = filter;
  const terms = query?.toLowerCase().split(/\s+/).filter(Boolean) ?? [];
  const isFound = (entry: Entry): boolean => {
    if (panel === 'console' && level && levelOf(entry) !== level) return false;
    if (panel === 'network') {
      if (minStatus !== undefined && statusOf(entry) < minStatus) return false;
      if (level === 'error' && !isFailed(entry)) return false;
    }
    if (terms.length === 0) return true;
    const whole = asJson(entry).toLowerCase();
    return terms.every((term) => whole.includes(term) || whole.includes(JSON.stringify(term).slice(1, -1)));
  };
  return slices.filter(entries, isFound);
}

const SCHEMAS = { console: consoleEntry, network: networkEntry, errors: errorEntry };

/** A field of an entry by the contract's name, under whichever name it was recorded. */
export function fieldOfEntry(panel: ListPanel, entry: Entry, field: string): unknown {
  return SCHEMAS[panel].fieldOf(entry, field as never);
}

export function statusOf(entry: Entry): number {
  const status = networkEntry.fieldOf(entry, 'status');
  return typeof status === 'number' && status > 0 ? status : 0;
}

/** A console entry's level in the contract's words, or as it was recorded. */
export function levelOf(entry: Entry): string | undefined {
  const level = consoleEntry.fieldOf(entry, 'level');
  if (typeof level !== 'string') return undefined;
  const lower = level.toLowerCase();
  return lower === 'warning' ? 'warn' : lower;
}

/**
 * When it was recorded, in milliseconds on the recording's own clock: since 1970, or since the page was opened.
 * NaN where it doesn't say.
 */
export function millisecondsOf(panel: ListPanel, entry: Entry): number {
  const iso = timeOf(panel, entry);
  if (iso !== undefined) return Date.parse(iso);
  // A small number is no time since 1970, but says what came first all the same.
  const name = TIMES.find((one) => typeof entry[one] === 'number');
  return name === undefined ? Number.NaN : (entry[name] as number);
}

const TIMES = ['started_at', 'startedAt', 'start_time', 'startTime', 'at', 'timestamp', 'time', 'ts'];

/** The same as ISO 8601, where it is a time since 1970. */
export function timeOf(panel: ListPanel, entry: Entry): string | undefined {
  const time = fieldOfEntry(panel, entry, panel === 'network' ? 'started_at' : 'at');
  return typeof time === 'string' ? time : undefined;
}

/** How long a request took, in milliseconds. */
export function durationOf(entry: Entry): number {
  return Number(networkEntry.fieldOf(entry, 'duration_ms') ?? 0);
}

/** Refused with a status, or never answered (status 0: blocked, aborted, offline). */
export function isFailed(entry: Entry): boolean {
  const status = statusOf(entry);
  return status === 0 || status >= 400;
}

const LONG_TASKS = ['long_tasks', 'longTasks'];

/** The metrics as they were recorded, and the long tasks apart. */
export function performanceOf({ performance }: Devtools): { metrics: Entry; tasks: unknown[] } {
  if (typeof performance !== 'object' || performance === null) return { metrics: { performance }, tasks: [] };
  const all = performance as Entry;
  const name = LONG_TASKS.find((one) => Array.isArray(all[one]));
  if (!name) return { metrics: { ...all }, tasks: [] };
  const { [name]: tasks, ...metrics } = all;
  // What isn't an object is no task, but is shown all the same.
  return { metrics, tasks: (tasks as unknown[]).map((task) => (isJsonObject(task) ? task : { task })) };
}

/** One entry whole, under the contract's names. */
export function entryData(panel: ListPanel, raw: Entry): Entry {
  return (readIf(SCHEMAS[panel] as typeof consoleEntry, { ...raw }) as Entry | undefined) ?? raw;
}

/** One entry as it is shown. `n` is free for its number, by which it is asked for. */
export function entryView(panel: ListPanel, raw: Entry, { bodies = false } = {}): Entry {
  const view = VIEWS[panel](raw, bodies);
  if (!('n' in view)) return view;
  const { n, ...others } = view;
  return { ...others, recorded_n: n };
}

/** More than anybody passes; a hundred thousand would take long to write out. */
const MAX_ARGUMENTS = 1_000;

function argumentsOf(args: readonly unknown[]): string {
  const shown = args.slice(0, MAX_ARGUMENTS).map(argument).join(' ');
  return args.length > MAX_ARGUMENTS ? `${shown} … ${args.length - MAX_ARGUMENTS} more arguments` : shown;
}

const VIEWS: Record<ListPanel, (raw: Entry, bodies: boolean) => Entry> = {
  console(raw) {
    const data = readIf(consoleEntry, { ...raw });
    if (!data) return raw;
    const { level, args, at, stack, ...rest } = data;
    const text = args && argumentsOf(args);
    return { at, level, text, stack: withoutHead(stack, text), ...rest };
  },
  network(raw, bodies) {
    const data = readIf(networkEntry, { ...raw });
    if (!data) return raw;
    const { method, url, status, started_at, duration_ms, response_size, ...rest } = data;
    const { request_headers, response_headers, request_body, response_body, ...unknown } = rest;
    const sizes = {
      request_body_chars: lengthOf(request_body),
      response_body_chars: lengthOf(response_body),
    };
    return {
      started_at,
      method,
      url,
      status,
      duration_ms,
      response_size,
      ...unknown,
      ...(bodies ? { request_body, response_body, request_headers, response_headers } : sizes),
    };
  },
  errors(raw) {
    const data = readIf(errorEntry, { ...raw });
    if (!data) return raw;
    const { at, kind, message, stack, ...rest } = data;
    return { at, kind, message, stack: withoutHead(stack, message), ...rest };
  },
};

/** A stack begins with its error's message, which stands right above it already. */
function withoutHead(
  stack: string | null | undefined,
  message: string | null | undefined,
): string | undefined {
  if (!stack || !message || !stack.startsWith(message)) return stack ?? undefined;
  return stack.slice(message.length).replace(/^\n/, '') || undefined;
}

function lengthOf(body: unknown): number | undefined {
  if (body === undefined || body === null || body === '') return undefined;
  return typeof body === 'string' ? body.length : asJson(body).length;
}

function argument(value: unknown): string {
  return typeof value === 'string' ? value : asJson(value);
}

const SECTIONS = ['console', 'network', 'errors', 'performance', 'screenshot', 'dom', 'annotations'];

/** Says which parts of a capture are incomplete: an agent that takes them for complete looks for the wrong bug. */
export function healthNote(
  capture: { health?: { section?: string | null; state?: string | null }[] | null } | null | undefined,
): string | undefined {
  if (!capture) return undefined;
  const { health } = capture;
  if (!health) return 'Toado does not say whether this capture is complete.';
  if (health.length === 0) return undefined;
  const sections = health.map(({ section, state }) => {
    const which = section && SECTIONS.includes(section) ? section : 'a section';
    return `${which} ${state === 'partial' || state === 'empty' ? state : 'incomplete'}`;
  });
  return `This capture is incomplete: ${sections.join(', ')} (reasons in health). What is missing may still have happened.`;
}
