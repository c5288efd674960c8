/**
 * Noise must not hide the entry that matters: a busy page aborts dozens of beacons for one request that fails for
 * a reason. Like entries become one line with a count, and failed requests stand in the order in which they are
 * likely to be the cause.
 */
import type { Devtools } from '../toado-api/schemas.ts';
import {
  durationOf,
  type Entry,
  isFailed,
  type ListPanel,
  levelOf,
  lookAt,
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
export function grouped(panel: ListPanel, entries: readonly Entry[]): Group[] {
  const groups = new Map<string, Group>();
  for (const entry of entries) {
    const key = likeness(panel, entry);
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

/** Lines that say the same with another number are the same, where nothing went wrong. */
const CHATTER = new Set(['log', 'info', 'debug']);

/** Pictures, fonts, scripts: a page asks for dozens that differ by a number. */
const FILE = /\.(?:avif|css|gif|ico|jpe?g|js|map|mp4|png|svg|webm|webp|woff2?)$/i;

/** What makes two entries say the same. An answer with a body always speaks for itself. */
function likeness(panel: ListPanel, entry: Entry): string {
  const its = (field: string) => lookAt(panel, entry, field);
  if (panel === 'console') {
    const level = levelOf(entry);
    const text = JSON.stringify([level, its('args'), its('stack'), entry.entry]);
    return CHATTER.has(String(level)) ? text.replace(/\d+/g, '#') : text;
  }
  if (panel === 'errors') return JSON.stringify([its('kind'), its('message'), its('stack'), entry.entry]);
  const body = its('response_body');
  const url = String(its('url') ?? '');
  if (body) return JSON.stringify([its('method'), statusOf(entry), url, its('request_body'), body]);
  const path = url.replace(/[?#].*$/s, '');
  const address = FILE.test(path) ? path.replace(/\d+/g, '#') : path;
  return JSON.stringify([its('method'), statusOf(entry), address, entry.entry]);
}

/** How long before an uncaught error an answer may have caused it. */
const CAUSE_MS = 3_000;

/** Failed requests, the likeliest cause first; of two alike the later one, which is nearer to the report. */
export function likeliestFirst(
  groups: readonly Group[],
  devtools: Devtools,
  pageUrl: string | null | undefined,
): Group[] {
  const site = siteOf(pageUrl);
  const thrown = recorded(devtools, 'errors').map((error) => millisecondsOf('errors', error));
  const weight = ({ entry }: Group): number => {
    const status = statusOf(entry);
    const ended = millisecondsOf('network', entry) + durationOf(entry);
    const isChange = !['GET', 'HEAD', 'OPTIONS'].includes(
      String(lookAt('network', entry, 'method') ?? 'GET').toUpperCase(),
    );
    return (
      (isFailed(entry) ? 8 : 0) +
      (status > 0 ? 4 : 0) +
      (lookAt('network', entry, 'response_body') ? 2 : 0) +
      (site !== undefined && siteOf(lookAt('network', entry, 'url')) === site ? 2 : 0) +
      (thrown.some((at) => at >= ended - 5 && at - ended <= CAUSE_MS) ? 2 : 0) +
      (isChange ? 1 : 0) +
      (status >= 500 ? 1 : 0)
    );
  };
  return groups
    .map((group, at) => ({ group, at, weight: weight(group) }))
    .sort((a, b) => b.weight - a.weight || b.at - a.at)
    .map(({ group }) => group);
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
