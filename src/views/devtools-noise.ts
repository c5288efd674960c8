/**
 * Noise must not hide the entry that matters: a busy page aborts dozens of beacons for one request that fails for
 * a reason. Like entries become one line with a count, and failed requests stand in the order in which they are
 * likely to be the cause.
 */
import { asJson } from '../base/as-json.ts';
import type { Slices } from '../base/slices.ts';
import type { Devtools } from '../toado-api/schemas.ts';
import { type Entry, isFailed, type ListPanel, statusOf } from './devtools.ts';

/** An entry, and how many like it there were. */
export interface Group {
  entry: Entry;
  times: number;
  /** The one farthest from it: the last where the first is shown, the first where the last is. */
  other?: Entry;
}

/** Like entries as one, at the place of the first of them. */
export async function grouped(panel: ListPanel, entries: readonly Entry[], slices: Slices): Promise<Group[]> {
  const groups = new Map<string, Group>();
  for (const entry of entries) {
    if (slices.due) await slices.pause();
    const key = keyOf(panel, entry);
    const group = groups.get(key);
    if (!group) {
      groups.set(key, { entry, times: 1 });
      continue;
    }
    group.times++;
    group.other = entry;
  }
  return [...groups.values()];
}

/** What is nested deeper than the stack takes is like what is the same as far as anybody reads. */
function keyOf(panel: ListPanel, entry: Entry): string {
  try {
    return likeness(panel, entry);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return asJson(entry);
  }
}

/** Lines that say the same with another number are the same, where nothing went wrong. */
const CHATTER = new Set(['log', 'info', 'debug']);

/** Pictures, fonts, scripts: a page asks for dozens that differ by a number. */
const FILE = /\.(?:avif|css|gif|ico|jpe?g|js|map|mp4|png|svg|webm|webp|woff2?)$/i;

/** What makes two entries say the same. An answer with a body always speaks for itself. */
function likeness(panel: ListPanel, entry: Entry): string {
  if (panel === 'console') {
    const text = JSON.stringify([entry.level, entry.args, entry.stack, entry.entry]);
    return CHATTER.has(String(entry.level)) ? text.replace(/\d+/g, '#') : text;
  }
  if (panel === 'errors') return JSON.stringify([entry.kind, entry.message, entry.stack, entry.entry]);
  const body = bodyOf(entry, 'response');
  const url = String(entry.url ?? '');
  if (body) return JSON.stringify([entry.method, statusOf(entry), url, bodyOf(entry, 'request'), body]);
  const path = url.replace(/[?#].*$/s, '');
  const address = FILE.test(path) ? path.replace(/\d+/g, '#') : path;
  return JSON.stringify([entry.method, statusOf(entry), address, entry.entry]);
}

function bodyOf(entry: Entry, of: 'request' | 'response'): unknown {
  const camel = of === 'request' ? entry.requestBody : entry.responseBody;
  return entry[`${of}_body`] ?? camel ?? undefined;
}

/** How long before an uncaught error an answer may have caused it. */
const CAUSE_MS = 3_000;

/** Failed requests, the likeliest cause first; of two alike the later one, which is nearer to the report. */
export async function likeliestFirst(
  groups: readonly Group[],
  devtools: Devtools,
  pageUrl: string | null | undefined,
  slices: Slices,
): Promise<Group[]> {
  const site = siteOf(pageUrl);
  const thrown = (devtools.errors ?? []).map((error) => Date.parse(String((error as Entry | null)?.at)));
  const inOrder = Float64Array.from(thrown.filter((at) => !Number.isNaN(at))).sort();
  const weight = ({ entry }: Group): number => {
    const status = statusOf(entry);
    const ended = Date.parse(String(entry.started_at ?? entry.startedAt)) + Number(entry.duration_ms ?? 0);
    const isChange = !['GET', 'HEAD', 'OPTIONS'].includes(String(entry.method ?? 'GET').toUpperCase());
    return (
      (isFailed(entry) ? 8 : 0) +
      (status > 0 ? 4 : 0) +
      (bodyOf(entry, 'response') ? 2 : 0) +
      (site !== undefined && siteOf(entry.url) === site ? 2 : 0) +
      (hasBetween(inOrder, ended - 5, ended + CAUSE_MS) ? 2 : 0) +
      (isChange ? 1 : 0) +
      (status >= 500 ? 1 : 0)
    );
  };
  const byWeight: Group[][] = [];
  for (let at = groups.length - 1; at >= 0; at--) {
    if (slices.due) await slices.pause();
    const group = groups[at]!;
    (byWeight[weight(group)] ??= []).push(group);
  }
  return byWeight.filter(Boolean).reverse().flat();
}

/** Whether one of the numbers, which are in order, lies between two others. */
function hasBetween(numbers: Float64Array, from: number, to: number): boolean {
  let low = 0;
  for (let high = numbers.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! < from) low = middle + 1;
    else high = middle;
  }
  return low < numbers.length && numbers[low]! <= to;
}

/** The last two labels of a host: close enough to tell a page's own servers from others. */
function siteOf(url: unknown): string | undefined {
  if (typeof url !== 'string' || !URL.canParse(url)) return undefined;
  return new URL(url).hostname.split('.').slice(-2).join('.');
}

/** A group as it is shown: its entry, and how many there were until when. */
export function groupView(view: Entry, { times, other, entry }: Group): Entry {
  if (times === 1) return view;
  const at = timeOf(other ?? entry);
  const isEarlier = at !== undefined && Date.parse(at) < Date.parse(timeOf(entry) ?? '');
  return { ...view, times, [isEarlier ? 'first_at' : 'last_at']: at };
}

function timeOf({ at, started_at, startedAt }: Entry): string | undefined {
  const time = at ?? started_at ?? startedAt;
  return typeof time === 'string' ? time : undefined;
}
