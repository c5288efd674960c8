/**
 * Noise must not hide the entry that matters: a busy page aborts dozens of beacons for one request that fails for
 * a reason. Like entries become one line with a count, and failed requests stand in the order in which they are
 * likely to be the cause.
 */
import { asJson } from '../base/as-json.ts';
import type { Slices } from '../base/time-slices.ts';
import type { Devtools } from '../toado-api/schemas/index.ts';
import {
  durationOf,
  type Entry,
  fieldOfEntry,
  isFailed,
  type ListPanel,
  levelOf,
  millisecondsOf,
  recorded,
  statusOf,
  timeOf,
} from './devtools.ts';

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
  const its = (field: string) => fieldOfEntry(panel, entry, field);
  if (panel === 'console') {
    const level = levelOf(entry);
    const text = JSON.stringify([level, its('args'), its('stack'), entry.entry]);
    return CHATTER.has(String(level)) ? text.replace(/\d+/g, '#') : text;
  }
  if (panel === 'errors') return JSON.stringify([its('kind'), its('message'), its('stack'), entry.entry]);
  const body = its('response_body');
  const url = String(its('url') ?? '');
  if (body) {
    const head = JSON.stringify([its('method'), statusOf(entry), url, its('request_body')]);
    // As it is: escaping millions of characters takes long.
    return head + (typeof body === 'string' ? body : JSON.stringify(body));
  }
  const path = url.replace(/[?#].*$/s, '');
  const address = FILE.test(path) ? path.replace(/\d+/g, '#') : path;
  return JSON.stringify([its('method'), statusOf(entry), address, entry.entry]);
}

/** How long before an uncaught error an answer may have caused it. */
const CAUSE_MS = 3_000;

/** Failed requests, the likeliest cause first; of two alike the later one, which is nearer to the report. */
export async function sortByLikelihood(
  groups: readonly Group[],
  devtools: Devtools,
  pageUrl: string | null | undefined,
  slices: Slices,
): Promise<Group[]> {
  const site = siteOf(pageUrl);
  const thrown: number[] = [];
  for (const error of recorded(devtools, 'errors')) {
    if (slices.due) await slices.pause();
    const at = millisecondsOf('errors', error);
    if (!Number.isNaN(at)) thrown.push(at);
  }
  const inOrder = Float64Array.from(thrown).sort();
  const weight = ({ entry }: Group): number => {
    const status = statusOf(entry);
    const ended = millisecondsOf('network', entry) + durationOf(entry);
    const isChange = !['GET', 'HEAD', 'OPTIONS'].includes(
      String(fieldOfEntry('network', entry, 'method') ?? 'GET').toUpperCase(),
    );
    return (
      (isFailed(entry) ? 8 : 0) +
      (status > 0 ? 4 : 0) +
      (fieldOfEntry('network', entry, 'response_body') ? 2 : 0) +
      (site !== undefined && siteOf(fieldOfEntry('network', entry, 'url')) === site ? 2 : 0) +
      (hasBetween(inOrder, ended - 5, ended + CAUSE_MS) ? 2 : 0) +
      (isChange ? 1 : 0) +
      (status >= 500 ? 1 : 0)
    );
  };
  const byWeight: Group[][] = [];
  for (let at = groups.length - 1; at >= 0; at--) {
    if (slices.due) await slices.pause();
    const group = groups[at]!;
    const its = weight(group);
    const alike = byWeight[its];
    if (alike) alike.push(group);
    else byWeight[its] = [group];
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
export function groupView(panel: ListPanel, view: Entry, { times, other, entry }: Group): Entry {
  if (times === 1) return view;
  const farthest = other ?? entry;
  const isEarlier = millisecondsOf(panel, farthest) < millisecondsOf(panel, entry);
  return { ...view, times, [isEarlier ? 'first_at' : 'last_at']: timeOf(panel, farthest) };
}
