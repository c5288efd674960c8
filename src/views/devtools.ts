/** What the browser recorded, as a debugger reads it: one line an entry, bodies and headers only on request. */
import { consoleEntry, type Devtools, errorEntry, networkEntry } from '../rest/shapes.ts';

export const PANELS = ['console', 'network', 'errors', 'performance'] as const;
export type Panel = (typeof PANELS)[number];
export const LEVELS = ['log', 'info', 'warn', 'error', 'debug'] as const;

type Entry = Record<string, unknown>;

export interface EntryFilter {
  level?: string;
  minStatus?: number;
  query?: string;
  bodies?: boolean;
}

/** The entries of a panel that pass the filter, in the order in which they were recorded. */
export function entriesOf(
  panel: Exclude<Panel, 'performance'>,
  devtools: Devtools,
  filter: EntryFilter,
): Entry[] {
  const raw = devtools[panel] ?? [];
  const terms = filter.query?.toLowerCase().split(/\s+/).filter(Boolean) ?? [];
  const view = VIEWS[panel];
  return raw.flatMap((one) => {
    if (terms.length > 0) {
      const whole = JSON.stringify(one).toLowerCase();
      if (!terms.every((term) => whole.includes(term) || whole.includes(JSON.stringify(term).slice(1, -1))))
        return [];
    }
    const entry = view(one, filter);
    return entry ? [entry] : [];
  });
}

const VIEWS: Record<
  Exclude<Panel, 'performance'>,
  (raw: unknown, filter: EntryFilter) => Entry | undefined
> = {
  console(raw, { level }) {
    const { success, data } = consoleEntry.safeParse(raw);
    if (!success) return { entry: raw };
    if (level && data.level !== level) return undefined;
    const { level: its, args, at, stack, ...rest } = data;
    return { at, level: its, text: args?.map(argument).join(' '), stack, ...rest };
  },
  network(raw, { level, minStatus, bodies }) {
    const { success, data } = networkEntry.safeParse(raw);
    if (!success) return { entry: raw };
    if (minStatus !== undefined && (data.status ?? 0) < minStatus) return undefined;
    if (level === 'error' && !isFailed(data.status)) return undefined;
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
      ...(bodies ? { request_headers, request_body, response_headers, response_body } : sizes),
    };
  },
  errors(raw) {
    const { success, data } = errorEntry.safeParse(raw);
    if (!success) return { entry: raw };
    const { at, kind, message, stack, ...rest } = data;
    return { at, kind, message, stack, ...rest };
  },
};

/** Refused with a status, or never answered (status 0: blocked, aborted, offline). */
function isFailed(status: number | null | undefined): boolean {
  return !status || status >= 400;
}

function lengthOf(body: unknown): number | undefined {
  if (body === undefined || body === null || body === '') return undefined;
  return typeof body === 'string' ? body.length : JSON.stringify(body).length;
}

function argument(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
}

const FIRST_ERRORS = 5;
const FAILED_REQUESTS = 10;
/** More than any budget shows; the rest is counted without being looked at. */
const MOST_ENTRIES = 60;

export interface DevtoolsOverview {
  devtools: Record<string, unknown>;
  /** How many entries each panel has in all. */
  totals: Record<Exclude<Panel, 'performance'>, number>;
}

/** The summary first (counts, first errors, failed requests), then entries, of which `respond` keeps what fits. */
export function devtoolsOverview(devtools: Devtools): DevtoolsOverview {
  const recorded = {
    console: devtools.console ?? [],
    network: devtools.network ?? [],
    errors: devtools.errors ?? [],
  };
  const totals = {
    console: recorded.console.length,
    network: recorded.network.length,
    errors: recorded.errors.length,
  };
  // Those with an answer first: analytics that were aborted on leaving a page would hide the one that matters.
  const failed = [
    ...entriesOf('network', devtools, { minStatus: 400 }),
    ...entriesOf('network', devtools, { level: 'error' }).filter(({ status }) => !status),
  ];
  const firstConsoleErrors = entriesOf('console', devtools, { level: 'error' });
  const { console: _console, network: _network, errors: _errors, performance, ...unknown } = devtools;
  const few = (panel: Exclude<Panel, 'performance'>) =>
    entriesOf(panel, { ...devtools, [panel]: recorded[panel].slice(0, MOST_ENTRIES) }, {});
  return {
    totals,
    devtools: {
      counts: {
        console: totals.console,
        console_errors: firstConsoleErrors.length,
        network: totals.network,
        network_failed: failed.length,
        errors: totals.errors,
      },
      first_errors: few('errors').slice(0, FIRST_ERRORS),
      first_console_errors: firstConsoleErrors.slice(0, FIRST_ERRORS),
      failed_requests: failed.slice(0, FAILED_REQUESTS),
      performance: performance ?? undefined,
      errors: few('errors').slice(FIRST_ERRORS),
      network: few('network'),
      console: few('console'),
      ...unknown,
    },
  };
}

const SECTIONS = ['console', 'network', 'errors', 'performance', 'screenshot', 'dom', 'annotations'];

/** Says which parts of a capture are incomplete: an agent that takes them for complete looks for the wrong bug. */
export function healthNote(
  capture: { health?: { section?: string | null; state?: string | null }[] | null } | null | undefined,
): string | undefined {
  const ill = capture?.health ?? [];
  if (ill.length === 0) return undefined;
  const said = ill.map(({ section, state }) => {
    const which = section && SECTIONS.includes(section) ? section : 'a section';
    return `${which} ${state === 'partial' || state === 'empty' ? state : 'incomplete'}`;
  });
  return `This capture is incomplete: ${said.join(', ')} (reasons in capture.health). What is missing may still have happened.`;
}
