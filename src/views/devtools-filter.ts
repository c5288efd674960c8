/** Which entries of a recording are shown: those that a call's arguments choose, in one panel or in all of them. */
import { invalidArguments } from '../base/failure.ts';
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

/** What chooses among entries, and the panels that take it. */
const TAKEN_BY = {
  level: ['console', 'timeline'],
  min_status: ['network', 'timeline'],
  method: ['network', 'timeline'],
  kind: ['network', 'timeline'],
  query: [...LIST_PANELS, 'timeline'],
  around: [...LIST_PANELS, 'timeline'],
  window: [...LIST_PANELS, 'timeline'],
  entry: LIST_PANELS,
  as: [...LIST_PANELS, 'performance'],
} as const;

type Asked = { panel: string } & { [Name in keyof typeof TAKEN_BY]?: string | number | undefined };

/** Hosts fill in what is the same as leaving it out. */
const LETS_ALL_THROUGH: Partial<Asked> = { min_status: 0, window: DEFAULT_WINDOW_S };

/** @throws Failure where the panel would leave out of account what was asked for. */
export function refuseOfOtherPanels(asked: Asked): void {
  const { panel } = asked;
  const others = (Object.keys(TAKEN_BY) as (keyof typeof TAKEN_BY)[]).flatMap((name) => {
    const value = asked[name];
    const panels = panelsOf(name, value);
    if (value === undefined || value === LETS_ALL_THROUGH[name] || panels.includes(panel)) return [];
    const what = name === 'level' || name === 'as' ? `${name} ${value}` : name;
    return [`${what} is for panel ${panels.join(', ').replace(/, (\w+)$/, ' or $1')}`];
  });
  if (others.length > 0)
    throw invalidArguments(
      `get_devtools: ${others.join('; ')}, not ${panel}.`,
      'Leave it out, or name another panel.',
    );
}

function panelsOf(name: keyof typeof TAKEN_BY, value: unknown): readonly string[] {
  // Of network, those that failed; the entries of errors all are.
  if (name === 'level' && value === 'error') return [...LIST_PANELS, 'timeline'];
  return name === 'as' && value === 'curl' ? ['network'] : TAKEN_BY[name];
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
