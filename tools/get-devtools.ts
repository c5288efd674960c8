import * as z from 'zod';
import { invalidArguments } from '../src/base/failure.ts';
import { isJsonObject } from '../src/base/json-object.ts';
import type { Slices } from '../src/base/time-slices.ts';
import type { Answer } from '../src/respond/answer.ts';
import { type Devtools, hasPanels, type Ticket } from '../src/toado-api/schemas/index.ts';
import { cursor, limit, searchText, textFrom, ticketId } from '../src/tool-kit/arguments/parameters.ts';
import { quoted } from '../src/tool-kit/arguments/read-arguments.ts';
import { fileAnswer, folderNeeded } from '../src/tool-kit/definition/as-file.ts';
import { defineTool, type ToolCall } from '../src/tool-kit/definition/define-tool.ts';
import { slicePage } from '../src/tool-kit/lists/paging.ts';
import {
  type Entry,
  entryView,
  healthNote,
  isFailed,
  LEVELS,
  type ListPanel,
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
  DEFAULT_WINDOW_S,
  filtered,
  linesOf,
  refuseOfOtherPanels,
  timelineRows,
} from '../src/views/devtools-filter.ts';
import { KINDS, type Moment, momentOf, numbersOf, relative } from '../src/views/devtools-moment.ts';
import { grouped, groupView, sortByLikelihood } from '../src/views/devtools-noise.ts';

/** Bodies are long: what comes first is what was asked for. */
const WITH_BODIES = 10;
const UNREADABLE =
  'There is a recording, in a form that this version cannot read: get_ticket shows it as it came.';

const input = {
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
    .meta({ description: 'Seconds before and after', default: DEFAULT_WINDOW_S }),
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
};

export const getDevtools = defineTool({
  name: 'get_devtools',
  title: 'Get DevTools entries',
  scope: 'read',
  effect: 'read',
  asFile: 'the whole panel, in a folder of this machine',
  description:
    'One panel of a ticket’s recording, or timeline: console, network and errors around the error. Repeats are shown once. For a failed request: panel network, min_status 400, bodies true.',
  input,
  output: z.object({
    ticket_id: z.string(),
    panel: z.string(),
    items: z.array(z.object({})),
    next_cursor: z.string().optional(),
  }),
  run: (call) => readPanel(call),
});

type Call = ToolCall<z.infer<z.ZodObject<typeof input>>>;

/** What every answer is made of; the notes are added to on the way. */
interface Asked {
  call: Call;
  capture: Ticket['capture'];
  notes: string[];
}

interface Recording extends Asked {
  devtools: Devtools;
}

/** A panel of entries, and those of them that were asked for. */
interface PanelEntries extends Recording {
  panel: ListPanel;
  all: readonly Entry[];
  numbers: ReadonlyMap<Entry, number>;
  found: Entry[];
}

async function readPanel(call: Call): Promise<Answer> {
  const { ticket_id, panel, entry, as, order } = call.input;
  refuseOfOtherPanels(call.input);
  if (as === 'file' && !call.saveFile) throw folderNeeded('get_devtools');
  const ticket = await call.api.getTicket({ ticket_id, include: ['capture', 'devtools'] });
  const { devtools, capture } = ticket;
  const notes = [healthNote(capture)].filter((note) => note !== undefined);
  const asked = { call, capture, notes };
  if (!devtools) {
    const isUnread = isJsonObject(ticket.other) && 'devtools' in ticket.other;
    notes.push(isUnread ? UNREADABLE : 'This ticket has no DevTools recording.');
    return answerOf(asked, []);
  }
  if (!hasPanels(devtools) && Object.keys(devtools).length > 0) notes.push(UNREADABLE);
  const recording = { ...asked, devtools };
  if (panel === 'performance') return as === 'file' ? performanceFile(recording) : performance(recording);
  const moment = await near(devtools, call.input, capture?.url, call.slices);
  if (panel === 'timeline') return timelineOf(recording, moment!);
  const all = recorded(devtools, panel);
  if (entry !== undefined && !as) {
    const one = entryOf(panel, all, entry);
    return answerOf(asked, [{ n: entry, ...entryView(panel, one, { bodies: true }) }]);
  }
  const found = await filtered(panel, all, call.input, moment, call.slices);
  const entries = { ...recording, panel, all, numbers: numbersOf(all), found };
  if (as === 'curl') return asCurl(entries);
  if (order === 'newest') found.reverse();
  return as === 'file' ? panelFile(entries) : asLines(entries, moment);
}

function answerOf({ call, capture, notes }: Asked, items: unknown[], more: Partial<Answer> = {}): Answer {
  const { ticket_id, panel, text_from = 0 } = call.input;
  const health = capture?.health?.length ? capture.health : undefined;
  return {
    ...more,
    omitFromText: ['ticket_id', 'panel', ...(more.omitFromText ?? [])],
    // What the page recorded has names of its own.
    data: Object.assign({ ticket_id, panel, health }, more.data, { ticket_id, panel, health, items }),
    textFrom: text_from,
    notes,
  };
}

function pageOf<Item>({ input }: Call, all: Item[]) {
  const { limit, cursor, text_from: _from, entry: _entry, as: _as, ...list } = input;
  return slicePage(list, { limit: limit ?? (input.bodies ? WITH_BODIES : undefined), cursor }, all);
}

function performance(recording: Recording): Answer {
  const { call, devtools, notes } = recording;
  const { metrics, tasks } = performanceOf(devtools);
  const { items, rest } = pageOf(call, call.input.order === 'newest' ? tasks.reverse() : tasks);
  notes.push('The items are long tasks.');
  return answerOf(recording, items, { data: metrics, lists: { items: rest } });
}

async function performanceFile({ call, devtools, notes }: Recording): Promise<Answer> {
  const { ticket_id, panel } = call.input;
  const kind = { what: panel, extension: FILE_EXTENSIONS.performance };
  const saved = await call.saveFile!(kind, (sink) => writePerformance(devtools, sink, call.slices));
  const { says, counts } = performanceContents(devtools);
  return fileAnswer(saved, says, { ticket_id, panel, ...counts, items: [] }, [...notes, FROM_THE_PAGE]);
}

async function timelineOf(recording: Recording, moment: Moment): Promise<Answer> {
  const { call, devtools, notes } = recording;
  const { order } = call.input;
  const rows = await timelineRows(devtools, moment, call.input, call.slices);
  const { items, rest } = pageOf(call, order === 'newest' ? rows.reverse() : rows);
  notes.push(`t counts from ${moment.is}. To see one whole: its panel and entry number.`);
  return answerOf(recording, items, { lists: { items: rest } });
}

async function asCurl(entries: PanelEntries): Promise<Answer> {
  const { call, devtools, capture, panel, all, numbers, found, notes } = entries;
  const { entry } = call.input;
  const failed = await grouped(panel, await call.slices.filter(found, isFailed), call.slices);
  const [first] = await sortByLikelihood(failed, devtools, capture?.url, call.slices);
  const likeliest = first?.entry ?? found[0];
  const one = entry === undefined && likeliest ? likeliest : entryOf(panel, all, entry ?? 1);
  notes.push('Nothing was run. What stands in <…> is left for you to fill in.');
  return answerOf(entries, [{ n: numbers.get(one), curl: curlOf(one) }]);
}

async function panelFile({
  call,
  capture,
  panel,
  all,
  numbers,
  found,
  notes,
}: PanelEntries): Promise<Answer> {
  const { ticket_id, entry } = call.input;
  const entries = entry === undefined ? found : [entryOf(panel, all, entry)];
  const kind = { what: panel, extension: FILE_EXTENSIONS[panel] };
  const saved = await call.saveFile!(kind, (sink) =>
    writePanel({ panel, entries, numbers, capture }, sink, call.slices),
  );
  const { says, counts } = await contentsOf(panel, entries, call.slices);
  if (entries.length < all.length)
    notes.push(`Only ${entries.length} of the panel's ${all.length} entries match.`);
  notes.push(`${panel === 'network' ? '_entry' : 'n'} is each entry's number.`, FROM_THE_PAGE);
  return fileAnswer(saved, says, { ticket_id, panel, ...counts, items: [] }, notes);
}

async function asLines(entries: PanelEntries, moment: Moment | undefined): Promise<Answer> {
  const { call, devtools, capture, panel, all, numbers, found, notes } = entries;
  const { level, min_status = 0, order, bodies, repeats } = call.input;
  const lines = await linesOf(panel, found, repeats, call.slices);
  const isFailures = panel === 'network' && (level === 'error' || min_status >= 400);
  const sorted =
    isFailures && !order ? await sortByLikelihood(lines, devtools, capture?.url, call.slices) : lines;
  const { items, rest } = pageOf(call, sorted);
  if (found.length === 0 && all.length > 0)
    notes.push(`None of the panel's ${all.length} entries match; leave a filter out.`);
  else if (found.length < all.length)
    notes.push(`${found.length} of the panel's ${all.length} entries match.`);
  if (lines.length < found.length)
    notes.push(`Repeats are shown once (${lines.length} lines); repeats: true shows each.`);
  if (moment) notes.push(`t counts from ${moment.is}.`);
  return answerOf(
    entries,
    items.map((group) => ({
      n: numbers.get(group.entry),
      t: moment && relative(millisecondsOf(panel, group.entry), moment),
      ...groupView(panel, entryView(panel, group.entry, { bodies }), group),
    })),
    { lists: { items: rest }, omitFromText: moment ? ['items.at', 'items.started_at'] : [] },
  );
}

/** The moment that was asked for; a time line has one always. */
async function near(
  devtools: Devtools,
  { panel, around, window }: Call['input'],
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

/** @throws Failure where there is none of that number. */
function entryOf(panel: ListPanel, all: readonly Entry[], number: number): Entry {
  const entry = all[number - 1];
  if (entry) return entry;
  throw invalidArguments(
    `get_devtools: ${panel} has ${all.length} entries, and none of number ${number}.`,
    'Call it without entry: each line begins with its number.',
  );
}
