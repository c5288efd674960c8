import * as z from 'zod';
import { invalidArguments } from '../src/base/failure.ts';
import { isJsonObject } from '../src/base/json-object.ts';
import type { Slices } from '../src/base/slices.ts';
import type { Answer } from '../src/respond/answer.ts';
import { type Devtools, hasPanels } from '../src/toado-api/schemas/index.ts';
import { cursor, limit, searchText, textFrom, ticketId } from '../src/tool-kit/arguments/parameters.ts';
import { quoted } from '../src/tool-kit/arguments/read-arguments.ts';
import { fileAnswer, folderNeeded } from '../src/tool-kit/definition/as-file.ts';
import { defineTool } from '../src/tool-kit/definition/define-tool.ts';
import { slicePage } from '../src/tool-kit/lists/paging.ts';
import {
  type Entry,
  entryView,
  fieldOfEntry,
  healthNote,
  isFailed,
  LEVELS,
  type ListPanel,
  matching,
  millisecondsOf,
  PANELS,
  performanceOf,
  recorded,
} from '../src/views/devtools.ts';
import { curlOf } from '../src/views/devtools-curl.ts';
import {
  contentsOf,
  FILE_EXTENSIONS,
  FROM_THE_PAGE,
  performanceContents,
  writePanel,
  writePerformance,
} from '../src/views/devtools-file.ts';
import {
  entriesAround,
  KINDS,
  kindOf,
  LIST_PANELS,
  type Moment,
  momentOf,
  numbersOf,
  relative,
  timelineRow,
} from '../src/views/devtools-moment.ts';
import { type Group, grouped, groupView, sortByLikelihood } from '../src/views/devtools-noise.ts';

/** Bodies are long: what comes first is what was asked for. */
const WITH_BODIES = 10;
const WINDOW_S = 5;
const UNREADABLE =
  'There is a recording, in a form that this version cannot read: get_ticket shows it as it came.';

export const getDevtools = defineTool({
  name: 'get_devtools',
  title: 'Get DevTools entries',
  scope: 'read',
  effect: 'read',
  asFile: 'the whole panel, in a folder of this machine',
  description:
    'One panel of a ticket’s recording, or timeline: console, network and errors around the error. Repeats are shown once. For a failed request: panel network, min_status 400, bodies true.',
  input: {
    ticket_id: ticketId,
    panel: z.enum([...PANELS, 'timeline']).describe('What to read'),
    level: z.enum(LEVELS).optional().describe('Console level; in network, error means failed'),
    min_status: z.int().min(0).max(999).optional().describe('Network: lowest status'),
    method: z.string().trim().max(20).optional().describe('Network: GET, POST …'),
    kind: z.enum(KINDS).optional().describe('Network: kind of resource'),
    query: searchText.optional().describe('Words in text, URL, bodies'),
    around: z
      .string()
      .trim()
      .max(60)
      .optional()
      .describe('error, an entry’s number (network 412) or a time: only what is near it'),
    window: z
      .number()
      .min(0)
      .max(3600)
      .optional()
      .meta({ description: 'Seconds before and after', default: WINDOW_S }),
    entry: z.int().min(1).optional().describe('An entry’s number (n): shows it whole'),
    as: z.enum(['curl', 'file']).optional().describe('curl: the request as a command, without secrets'),
    order: z
      .enum(['oldest', 'newest'])
      .optional()
      .describe('Default: oldest; of failed requests, likeliest cause first'),
    bodies: z.boolean().optional().describe('Network: with headers and bodies'),
    repeats: z.boolean().optional().describe('Show repeats one by one'),
    limit: limit.optional().meta({ description: 'Entries at once; with bodies 10', default: 50 }),
    cursor: cursor.optional(),
    text_from: textFrom.optional(),
  },
  output: z.object({
    ticket_id: z.string(),
    panel: z.string(),
    items: z.array(z.object({})),
    next_cursor: z.string().optional(),
  }),
  run: async (call) => {
    const { api, slices, saveFile, input } = call;
    const { ticket_id, limit, cursor, text_from = 0, entry, as, ...filter } = input;
    if (as === 'file' && !saveFile) throw folderNeeded('get_devtools');
    const { panel, order, bodies } = filter;
    const ticket = await api.getTicket({ ticket_id, include: ['capture', 'devtools'] });
    const { devtools, capture } = ticket;
    const notes = [healthNote(capture)].filter((note) => note !== undefined);
    const health = capture?.health?.length ? capture.health : undefined;
    const answer = (items: unknown[], more: Partial<Answer> = {}): Answer => ({
      ...more,
      omitFromText: ['ticket_id', 'panel', ...(more.omitFromText ?? [])],
      // What the page recorded has names of its own.
      data: Object.assign({ ticket_id, panel, health }, more.data, { ticket_id, panel, health, items }),
      textFrom: text_from,
      notes,
    });
    const paging = { limit: limit ?? (bodies ? WITH_BODIES : undefined), cursor };
    const list = { ticket_id, ...filter };
    if (!devtools) {
      const isUnread = isJsonObject(ticket.other) && 'devtools' in ticket.other;
      notes.push(isUnread ? UNREADABLE : 'This ticket has no DevTools recording.');
      return answer([]);
    }
    if (!hasPanels(devtools) && Object.keys(devtools).length > 0) notes.push(UNREADABLE);
    if (panel === 'performance') {
      if (as === 'file') {
        const kind = { what: panel, extension: FILE_EXTENSIONS[panel] };
        const saved = await saveFile!(kind, (sink) => writePerformance(devtools, sink, slices));
        const { says, counts } = performanceContents(devtools);
        return fileAnswer(saved, says, { ticket_id, panel, ...counts, items: [] }, [...notes, FROM_THE_PAGE]);
      }
      const { metrics, tasks } = performanceOf(devtools);
      const { items, rest } = slicePage(list, paging, order === 'newest' ? tasks.reverse() : tasks);
      notes.push('The items are long tasks.');
      return answer(items, { data: metrics, lists: { items: rest } });
    }
    const moment = await near(devtools, filter, capture?.url, slices);
    if (panel === 'timeline') {
      if (entry !== undefined || as) throw needsPanel();
      const rows = await timeline(devtools, moment!, filter, slices);
      const { items, rest } = slicePage(list, paging, order === 'newest' ? rows.reverse() : rows);
      notes.push(`t counts from ${moment!.is}. To see one whole: its panel and entry number.`);
      return answer(items, { lists: { items: rest } });
    }
    const all = recorded(devtools, panel);
    const numbers = numbersOf(all);
    if (entry !== undefined && !as) {
      const one = all[entry - 1];
      if (!one) throw noEntry(panel, entry, all.length);
      return answer([{ n: entry, ...entryView(panel, one, { bodies: true }) }]);
    }
    const found = await chosen(panel, all, filter, moment, slices);
    if (as === 'curl') {
      if (panel !== 'network') throw needsPanel();
      const failed = await grouped(panel, await slices.filter(found, isFailed), slices);
      const [first] = await sortByLikelihood(failed, devtools, capture?.url, slices);
      const one = entry === undefined ? (first?.entry ?? found[0]) : all[entry - 1];
      if (!one) throw noEntry(panel, entry ?? 1, all.length);
      notes.push('Nothing was run. What stands in <…> is left for you to fill in.');
      return answer([{ n: numbers.get(one), curl: curlOf(one) }]);
    }
    if (order === 'newest') found.reverse();
    if (as === 'file') {
      const one = entry === undefined ? undefined : all[entry - 1];
      if (entry !== undefined && !one) throw noEntry(panel, entry, all.length);
      const entries = one ? [one] : found;
      const kind = { what: panel, extension: FILE_EXTENSIONS[panel] };
      const saved = await saveFile!(kind, (sink) =>
        writePanel({ panel, entries, numbers, capture }, sink, slices),
      );
      const { says, counts } = await contentsOf(panel, entries, slices);
      if (entries.length < all.length)
        notes.push(`Only ${entries.length} of the panel's ${all.length} entries match.`);
      notes.push(`${panel === 'network' ? '_entry' : 'n'} is each entry's number.`, FROM_THE_PAGE);
      return fileAnswer(saved, says, { ticket_id, panel, ...counts, items: [] }, notes);
    }
    const lines: Group[] = filter.repeats
      ? found.map((one) => ({ entry: one, times: 1 }))
      : await grouped(panel, found, slices);
    const isFailures = panel === 'network' && (filter.level === 'error' || (filter.min_status ?? 0) >= 400);
    const sorted =
      isFailures && !order ? await sortByLikelihood(lines, devtools, capture?.url, slices) : lines;
    const { items, rest } = slicePage(list, paging, sorted);
    if (found.length === 0 && all.length > 0)
      notes.push(`None of the panel's ${all.length} entries match; leave a filter out.`);
    else if (found.length < all.length)
      notes.push(`${found.length} of the panel's ${all.length} entries match.`);
    if (lines.length < found.length)
      notes.push(`Repeats are shown once (${lines.length} lines); repeats: true shows each.`);
    if (moment) notes.push(`t counts from ${moment.is}.`);
    return answer(
      items.map((group) => ({
        n: numbers.get(group.entry),
        t: moment && relative(millisecondsOf(panel, group.entry), moment),
        ...groupView(panel, entryView(panel, group.entry, { bodies }), group),
      })),
      { lists: { items: rest }, omitFromText: moment ? ['items.at', 'items.started_at'] : [] },
    );
  },
});

interface Filter {
  panel: string;
  level?: string | undefined;
  min_status?: number | undefined;
  method?: string | undefined;
  kind?: string | undefined;
  query?: string | undefined;
  around?: string | undefined;
  window?: number | undefined;
  repeats?: boolean | undefined;
}

/** The moment that was asked for; a time line has one always. */
async function near(
  devtools: Devtools,
  { panel, around, window }: Filter,
  url: string | null | undefined,
  slices: Slices,
): Promise<Moment | undefined> {
  if (around === undefined && window === undefined && panel !== 'timeline') return undefined;
  const asked = around ?? 'error';
  const its = panel === 'timeline' ? undefined : (panel as ListPanel);
  const found = await momentOf(devtools, its, asked, url, slices);
  if (found) return found;
  throw invalidArguments(
    asked.toLowerCase() === 'error'
      ? 'get_devtools: this recording has no error to look around.'
      : `get_devtools: around: ${quoted(asked)} is no moment of this recording.`,
    'Give an entry’s number as the panel shows it (network 412), or a time within the recording (06:21:24).',
  );
}

async function chosen(
  panel: ListPanel,
  all: readonly Entry[],
  filter: Filter,
  moment: Moment | undefined,
  slices: Slices,
): Promise<Entry[]> {
  const { level, query, min_status: minStatus, method, kind, window = WINDOW_S } = filter;
  const matched = await matching(panel, all, { level, query, minStatus }, slices);
  const isAsked = (entry: Entry) =>
    (!method ||
      String(fieldOfEntry(panel, entry, 'method') ?? 'GET').toUpperCase() === method.toUpperCase()) &&
    (!kind || kindOf(entry) === kind);
  const found = panel === 'network' && (method || kind) ? await slices.filter(matched, isAsked) : matched;
  return moment ? entriesAround(panel, found, moment, window, slices) : found;
}

/** All three panels in one order. What only one panel has (a status, a method) leaves the others out. */
async function timeline(
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
    const found = await chosen(panel, all, filter, moment, slices);
    const lines = filter.repeats
      ? found.map((entry) => ({ entry, times: 1 }))
      : await grouped(panel, found, slices);
    for (const group of lines) {
      if (slices.due) await slices.pause();
      rows.push({
        at: millisecondsOf(panel, group.entry),
        row: timelineRow(panel, group, numbers.get(group.entry)!, moment),
      });
    }
  }
  return rows.sort((a, b) => a.at - b.at).map(({ row }) => row);
}

function noEntry(panel: string, entry: number, count: number) {
  return invalidArguments(
    `get_devtools: ${panel} has ${count} entries, and none of number ${entry}.`,
    'Call it without entry: each line begins with its number.',
  );
}

function needsPanel() {
  return invalidArguments(
    'get_devtools: entry and as belong to one panel, and as curl to panel network.',
    'Name the panel of the entry.',
  );
}
