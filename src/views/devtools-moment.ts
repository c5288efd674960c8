/** When something happened in a recording, seen from the moment that matters: the error, an entry, a time. */
import type { Slices } from '../base/time-slices.ts';
import { beginning } from '../respond/shorten.ts';
import type { Devtools } from '../toado-api/schemas/index.ts';
import {
  durationOf,
  type Entry,
  entryView,
  fieldOfEntry,
  isFailed,
  type ListPanel,
  levelOf,
  millisecondsOf,
  recorded,
  statusOf,
} from './devtools.ts';
import { type Group, grouped, sortByLikelihood } from './devtools-noise.ts';

export const LIST_PANELS = ['console', 'network', 'errors'] as const;

export interface Moment {
  /** On the recording's clock. */
  at: number;
  /** What it is, in our own words. */
  is: string;
}

/** The numbers of a panel's entries, from 1 in the order of the recording. */
export function numbersOf(entries: readonly Entry[]): Map<Entry, number> {
  return new Map(entries.map((entry, at) => [entry, at + 1]));
}

/**
 * @param around `error`, an entry's number (`412`, `network 412`), or a time (`06:21:24`, or a whole one).
 * @returns undefined where the recording has no such moment.
 */
export async function momentOf(
  devtools: Devtools,
  panel: ListPanel | undefined,
  around: string,
  pageUrl: string | null | undefined,
  slices: Slices,
): Promise<Moment | undefined> {
  const text = around.trim().toLowerCase();
  if (/^(the )?error$/.test(text)) return momentOfError(devtools, pageUrl, slices);
  const [, named, digits] = /^(?:(console|network|errors?)\s*#?\s*)?#?(\d{1,7})$/.exec(text) ?? [];
  if (digits) {
    const its = named ? ((named === 'error' ? 'errors' : named) as ListPanel) : panel;
    const entry = its && recorded(devtools, its)[Number(digits) - 1];
    return entry && moment(millisecondsOf(its, entry), `${its} ${Number(digits)}`);
  }
  const clock = /^(\d\d:\d\d(?::\d\d(?:\.\d+)?)?)z?$/.exec(text)?.[1];
  const day = clock && (await dayOf(devtools, slices));
  const at = Date.parse(
    clock ? `${day}T${clock.length === 5 ? `${clock}:00` : clock}Z` : isoOf(around.trim()),
  );
  return moment(at, 'that time');
}

function isoOf(text: string): string {
  return /^\d{4}-\d\d-\d\d \d\d:\d\d/.test(text) ? `${text.replace(' ', 'T').replace(/Z?$/, 'Z')}` : text;
}

function moment(at: number, is: string): Moment | undefined {
  return Number.isFinite(at) ? { at, is } : undefined;
}

/** The last uncaught error; without one the last console error, the likeliest failed request. */
async function momentOfError(
  devtools: Devtools,
  pageUrl: string | null | undefined,
  slices: Slices,
): Promise<Moment | undefined> {
  const errors = recorded(devtools, 'errors');
  if (errors.length > 0) return moment(millisecondsOf('errors', errors.at(-1)!), `errors ${errors.length}`);
  const lines = recorded(devtools, 'console');
  const line = lines.findLastIndex((entry) => levelOf(entry) === 'error');
  if (line >= 0) return moment(millisecondsOf('console', lines[line]!), `console ${line + 1}`);
  const requests = recorded(devtools, 'network');
  const failed = await grouped('network', await slices.filter(requests, isFailed), slices);
  const [first] = await sortByLikelihood(failed, devtools, pageUrl, slices);
  return (
    first && moment(millisecondsOf('network', first.entry), `network ${requests.indexOf(first.entry) + 1}`)
  );
}

async function dayOf(devtools: Devtools, slices: Slices): Promise<string> {
  for (const panel of LIST_PANELS) {
    for (const entry of recorded(devtools, panel)) {
      if (slices.due) await slices.pause();
      const at = millisecondsOf(panel, entry);
      if (at > 1e11) return new Date(at).toISOString().slice(0, 10);
    }
  }
  return '';
}

/** Those within so many seconds of the moment; a request counts from its start to its end. */
export function entriesAround(
  panel: ListPanel,
  entries: readonly Entry[],
  { at }: Moment,
  seconds: number,
  slices: Slices,
): Promise<Entry[]> {
  return slices.filter(entries, (entry) => {
    const began = millisecondsOf(panel, entry);
    const ended = panel === 'network' ? began + durationOf(entry) : began;
    return ended >= at - seconds * 1000 && began <= at + seconds * 1000;
  });
}

/** `-1.2 s`; near the moment to the millisecond, since that is where the order matters. */
export function relative(at: number, to: Moment): string {
  const seconds = (at - to.at) / 1000;
  if (!Number.isFinite(seconds)) return '?';
  const text = seconds
    .toFixed(Math.abs(seconds) < 10 ? 3 : 1)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
  return `${seconds > 0 ? '+' : ''}${text} s`;
}

const MAX_LENGTH = 300;

/** One line of the time line. */
export function timelineRow(panel: ListPanel, { entry, times }: Group, number: number, to: Moment): Entry {
  return {
    t: relative(millisecondsOf(panel, entry), to),
    entry: `${panel} ${number}`,
    what: inBrief(panel, entry),
    times: times > 1 ? times : undefined,
  };
}

function inBrief(panel: ListPanel, entry: Entry): string {
  const view = entryView(panel, entry);
  const textOf: Record<ListPanel, () => string> = {
    console: () => `${view.level ?? 'log'}: ${view.text ?? ''}`,
    network: () => {
      const status = statusOf(entry);
      return `${view.method ?? ''} ${view.url ?? ''} ${status || 'no answer'}, ${durationOf(entry)} ms`;
    },
    errors: () => `${view.kind ?? 'error'}: ${view.message ?? ''}`,
  };
  const text = textOf[panel]().replace(/\s+/g, ' ').trim();
  return beginning(text, MAX_LENGTH);
}

export const KINDS = ['document', 'fetch', 'script', 'style', 'image', 'font', 'media', 'other'] as const;
type Kind = (typeof KINDS)[number];

const BY_TYPE: [RegExp, Kind][] = [
  [/html/, 'document'],
  [/json|xml|event-stream|x-www-form/, 'fetch'],
  [/javascript|ecmascript|wasm/, 'script'],
  [/css/, 'style'],
  [/^image\//, 'image'],
  [/font/, 'font'],
  [/^(?:audio|video)\//, 'media'],
];
const BY_ENDING: [RegExp, Kind][] = [
  [/\.html?$/i, 'document'],
  [/\.(?:m?js|wasm)$/i, 'script'],
  [/\.css$/i, 'style'],
  [/\.(?:avif|gif|ico|jpe?g|png|svg|webp)$/i, 'image'],
  [/\.(?:otf|ttf|woff2?)$/i, 'font'],
  [/\.(?:m3u8|mp3|mp4|ogg|ts|webm)$/i, 'media'],
];
const BY_NAME: Record<string, Kind> = {
  xhr: 'fetch',
  xmlhttprequest: 'fetch',
  ping: 'fetch',
  beacon: 'fetch',
  stylesheet: 'style',
  img: 'image',
};

/** What kind of thing a request was for: as the recording says, else by what it answered, else by its address. */
export function kindOf(entry: Entry): Kind {
  const resourceType = String(
    entry.resource_type ?? entry.resourceType ?? entry.initiator_type ?? entry.type ?? '',
  ).toLowerCase();
  if ((KINDS as readonly string[]).includes(resourceType)) return resourceType as Kind;
  if (BY_NAME[resourceType]) return BY_NAME[resourceType];
  const path = String(fieldOfEntry('network', entry, 'url') ?? '').replace(/[?#].*$/s, '');
  const ending = BY_ENDING.find(([pattern]) => pattern.test(path))?.[1];
  if (ending) return ending;
  const type = headerOf(entry, 'content-type');
  const byType = BY_TYPE.find(([pattern]) => pattern.test(type))?.[1];
  if (byType) return byType;
  const method = String(fieldOfEntry('network', entry, 'method') ?? 'GET').toUpperCase();
  return method === 'GET' && !/\/api\//i.test(path) ? 'other' : 'fetch';
}

function headerOf(entry: Entry, name: string): string {
  const headers = fieldOfEntry('network', entry, 'response_headers');
  if (typeof headers !== 'object' || headers === null || Array.isArray(headers)) return '';
  const found = Object.entries(headers).find(([its]) => its.toLowerCase() === name);
  return String(found?.[1] ?? '').toLowerCase();
}
