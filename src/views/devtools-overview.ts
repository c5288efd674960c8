/**
 * A capture's DevTools in a ticket: the summary first, then the latest entries, of which `respond` keeps what fits. `n` is
 * the number by which `get_devtools` shows an entry whole, and what is near it.
 */
import { isJsonObject } from '../base/json-object.ts';
import type { Slices } from '../base/time-slices.ts';
import type { Devtools } from '../toado-api/schemas/index.ts';
import {
  durationOf,
  type Entry,
  entryView,
  isFailed,
  type ListPanel,
  matching,
  performanceOf,
  recorded,
} from './devtools.ts';
import { type Group, grouped, groupView, sortByLikelihood } from './devtools-noise.ts';

const FIRST_ERRORS = 5;
const FAILED_REQUESTS = 10;
const MAX_TASKS = 5;
/** More than any budget shows; the rest is counted without being looked at. */
const LATEST = 40;
const WITH_BODIES = 1;

export interface DevtoolsOverview {
  devtools: Record<string, unknown>;
  /** How many there are in all, by the name of each list in `devtools`. */
  totals: Record<string, number>;
}

export async function devtoolsOverview(
  devtools: Devtools,
  pageUrl: string | null | undefined,
  slices: Slices,
): Promise<DevtoolsOverview> {
  const { console: _console, network: _network, errors: _errors, performance, ...unknown } = devtools;
  const all = {
    console: recorded(devtools, 'console'),
    network: recorded(devtools, 'network'),
    errors: recorded(devtools, 'errors'),
  };
  const consoleErrors = await matching('console', all.console, { level: 'error' }, slices);
  const failed = await slices.filter(all.network, isFailed);
  const groups = await grouped('network', failed, slices);
  const failures = await sortByLikelihood(groups, devtools, pageUrl, slices);
  const errors = await grouped('errors', all.errors, slices);
  const errorLines = await grouped('console', consoleErrors, slices);
  const { metrics, tasks: longTasks } = performanceOf(devtools);
  // Few are shown: a table of all numbers, as a timeline needs, would take longer than looking for these.
  const numberOf = (panel: ListPanel, entry: Entry) => all[panel].indexOf(entry) + 1;
  const shown = (panel: ListPanel, groups: readonly Group[]): Entry[] =>
    groups.map((group) => ({
      n: numberOf(panel, group.entry),
      ...groupView(panel, entryView(panel, group.entry), group),
    }));
  return {
    totals: {
      first_errors: errors.length,
      first_console_errors: errorLines.length,
      failed_requests: failures.length,
      longest_tasks: longTasks.length,
      latest_network: all.network.length,
      latest_console: all.console.length,
    },
    devtools: {
      counts: {
        console: all.console.length,
        console_errors: consoleErrors.length,
        network: all.network.length,
        network_failed: failed.length,
        errors: all.errors.length,
        long_tasks: longTasks.length,
      },
      first_errors: shown('errors', errors.slice(0, FIRST_ERRORS)),
      first_console_errors: shown('console', errorLines.slice(0, FIRST_ERRORS)),
      likeliest_failure: failures.slice(0, WITH_BODIES).map(({ entry }) => ({
        n: numberOf('network', entry),
        ...bodiesOf(entryView('network', entry, { bodies: true })),
      }))[0],
      failed_requests: shown('network', failures.slice(0, FAILED_REQUESTS)),
      performance: isJsonObject(performance) ? metrics : (performance ?? undefined),
      longest_tasks: await longest(longTasks, slices),
      latest_network: shown('network', await latest('network', all.network, slices)),
      latest_console: shown('console', await latest('console', all.console, slices)),
      ...unknown,
    },
  };
}

/** What a person reported happened last: the newest entries, newest first. */
function latest(panel: ListPanel, entries: readonly Entry[], slices: Slices): Promise<Group[]> {
  return grouped(panel, entries.slice(-LATEST).reverse(), slices);
}

/** The longest first. */
async function longest(tasks: readonly unknown[], slices: Slices): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const task of tasks) {
    if (slices.due) await slices.pause();
    const at = found.findIndex((one) => taskDuration(one) < taskDuration(task));
    if (at >= 0) found.splice(at, 0, task);
    else if (found.length < MAX_TASKS) found.push(task);
    found.length = Math.min(found.length, MAX_TASKS);
  }
  return found;
}

/** What the failed request and its answer said; its headers are one more call away. */
function bodiesOf({ request_headers: _sent, response_headers: _got, ...entry }: Entry): Entry {
  return entry;
}

function taskDuration(task: unknown): number {
  return isJsonObject(task) ? durationOf(task) : 0;
}
