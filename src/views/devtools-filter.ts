/** Which entries of a recording are shown: those that a call's arguments choose, in one panel or in all of them. */
import type { Slices } from '../base/time-slices.ts';
import type { Devtools } from '../toado-api/schemas/index.ts';
import { type Entry, fieldOfEntry, type ListPanel, matching, millisecondsOf, recorded } from './devtools.ts';
import {
  entriesAround,
  kindOf,
  LIST_PANELS,
  type Moment,
  numbersOf,
  timelineRow,
} from './devtools-moment.ts';
import { type Group, grouped } from './devtools-noise.ts';

/** Seconds before and after a moment. */
export const DEFAULT_WINDOW_S = 5;

interface Filter {
  level?: string | undefined;
  min_status?: number | undefined;
  method?: string | undefined;
  kind?: string | undefined;
  query?: string | undefined;
  window?: number | undefined;
  repeats?: boolean | undefined;
}

/** Those that pass the filter and are near the moment, as they were recorded. */
export async function filtered(
  panel: ListPanel,
  all: readonly Entry[],
  filter: Filter,
  moment: Moment | undefined,
  slices: Slices,
): Promise<Entry[]> {
  const { level, query, min_status: minStatus, method, kind, window = DEFAULT_WINDOW_S } = filter;
  const matched = await matching(panel, all, { level, query, minStatus }, slices);
  const isAsked = (entry: Entry) =>
    (!method ||
      String(fieldOfEntry(panel, entry, 'method') ?? 'GET').toUpperCase() === method.toUpperCase()) &&
    (!kind || kindOf(entry) === kind);
  const found = panel === 'network' && (method || kind) ? await slices.filter(matched, isAsked) : matched;
  return moment ? entriesAround(panel, found, moment, window, slices) : found;
}

/** All three panels in one order. What only one panel has (a status, a method) leaves the others out. */
export async function timelineRows(
  devtools: Devtools,
  moment: Moment,
  filter: Filter,
  slices: Slices,
): Promise<Entry[]> {
  const { min_status, method, kind } = filter;
  const isOfNetwork = min_status !== undefined || method !== undefined || kind !== undefined;
  const rows: { at: number; row: Entry }[] = [];
  for (const panel of LIST_PANELS.filter((one) => one === 'network' || !isOfNetwork)) {
    const all = recorded(devtools, panel);
    const numbers = numbersOf(all);
    const found = await filtered(panel, all, filter, moment, slices);
    for (const group of await linesOf(panel, found, filter.repeats, slices)) {
      if (slices.due) await slices.pause();
      rows.push({
        at: millisecondsOf(panel, group.entry),
        row: timelineRow(panel, group, numbers.get(group.entry)!, moment),
      });
    }
  }
  return rows.sort((a, b) => a.at - b.at).map(({ row }) => row);
}

/** Like entries as one line, but where each is asked for. */
export async function linesOf(
  panel: ListPanel,
  found: Entry[],
  repeats: boolean | undefined,
  slices: Slices,
): Promise<Group[]> {
  return repeats ? found.map((entry) => ({ entry, times: 1 })) : grouped(panel, found, slices);
}
