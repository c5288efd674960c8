import type { Database } from '../../db/database.ts';
import type { ConsoleEntry, Devtools, ErrorEntry, NetworkEntry } from '../../model/devtools.ts';
import { devtoolsOf } from '../../queries/capture.ts';

export const panels = ['console', 'network', 'errors', 'performance'] as const;
export type Panel = (typeof panels)[number];

export const levels = ['error', 'warn', 'log', 'info', 'debug'] as const;

export interface Filter {
  panel: Panel;
  /** Console: this level alone. */
  level: string;
  /** Network: at least this status; `failed` for those that got no answer, too. */
  status: string;
  /** Text that an entry contains. */
  q: string;
  /** The first entry shown. */
  from: number;
}

export const ENTRIES_PER_PAGE = 100;

/** Read from the address; what means nothing there is passed over. */
export function filterFrom(query: Record<string, string>, counts: Record<string, number>): Filter {
  const wanted = panels.find((panel) => panel === query.panel);
  const usual = (counts.errors ?? 0) > 0 ? 'errors' : 'console';
  return {
    panel: wanted ?? usual,
    level: levels.find((level) => level === query.level) ?? '',
    status: ['400', '500', 'failed'].find((status) => status === query.status) ?? '',
    q: [...(query.q ?? '')].slice(0, 200).join(''),
    from: Math.max(0, Number.parseInt(query.from ?? '', 10) || 0),
  };
}

/** An entry with its place in the whole list, which is its address. */
export interface Placed<Entry> {
  at: number;
  entry: Entry;
}

const parsed = new Map<string, Devtools>();
const MAX_PARSED = 3;

/** The DevTools data of a ticket. Parsing megabytes takes a while, so the last few stay. */
export function devtools(db: Database, ticketSeq: number): Devtools | undefined {
  const found = devtoolsOf(db, ticketSeq);
  if (!found) return undefined;
  const known = parsed.get(found.digest);
  const data = known ?? (JSON.parse(found.json) as Devtools);
  parsed.delete(found.digest);
  parsed.set(found.digest, data);
  if (parsed.size > MAX_PARSED) parsed.delete(parsed.keys().next().value!);
  return data;
}

export function countsOf(data: Devtools): Record<'console' | 'network' | 'errors', number> {
  return { console: data.console.length, network: data.network.length, errors: data.errors.length };
}

export function consoleEntries({ console }: Devtools, { level, q }: Filter): Placed<ConsoleEntry>[] {
  return matching(
    console,
    (entry) => (!level || entry.level === level) && has(q, argsText(entry), entry.stack),
  );
}

export function networkEntries({ network }: Devtools, { status, q }: Filter): Placed<NetworkEntry>[] {
  return matching(
    network,
    (entry) => isWanted(entry.status, status) && has(q, `${entry.method} ${entry.url}`),
  );
}

export function errorEntries({ errors }: Devtools, { q }: Filter): Placed<ErrorEntry>[] {
  return matching(errors, ({ message, stack }) => has(q, message, stack));
}

function isWanted(status: number, wanted: string): boolean {
  if (wanted === '') return true;
  const failed = status === 0 || status >= 400;
  return wanted === 'failed' ? failed : status >= Number(wanted);
}

/** What a console call was given, as a console shows it. */
export function argsText({ args }: ConsoleEntry): string {
  return args.map((arg) => (typeof arg === 'string' ? arg : JSON.stringify(arg))).join(' ');
}

function has(wanted: string, ...texts: (string | undefined)[]): boolean {
  const lower = wanted.trim().toLowerCase();
  return lower === '' || texts.some((text) => text?.toLowerCase().includes(lower));
}

function matching<Entry>(entries: Entry[], test: (entry: Entry) => boolean): Placed<Entry>[] {
  return entries.flatMap((entry, at) => (test(entry) ? [{ at, entry }] : []));
}
