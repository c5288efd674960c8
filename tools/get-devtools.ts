import * as z from 'zod';
import type { Answer } from '../src/respond/answer.ts';
import { defineTool } from '../src/tool-kit/define-tool.ts';
import { slicePage } from '../src/tool-kit/paging.ts';
import { cursor, limit, searchText, textFrom, ticketId } from '../src/tool-kit/parameters.ts';
import {
  entryView,
  healthNote,
  LEVELS,
  matching,
  PANELS,
  performanceOf,
  recorded,
} from '../src/views/devtools.ts';
import { type Group, grouped, groupView, likeliestFirst } from '../src/views/devtools-noise.ts';

/** Bodies are long: what comes first is what was asked for. */
const WITH_BODIES = 10;

export const getDevtools = defineTool({
  name: 'get_devtools',
  title: 'Get DevTools entries',
  scope: 'read',
  effect: 'read',
  description:
    'One panel of a ticket’s capture, filtered and paged; like entries once, with times. A failed request: panel network, min_status 400, bodies true.',
  input: {
    ticket_id: ticketId,
    panel: z.enum(PANELS).describe('Which'),
    level: z.enum(LEVELS).optional().describe('Console; for network, error is failed or unanswered'),
    min_status: z.int().min(0).max(999).optional().describe('Network: at least'),
    query: searchText.optional().describe('Words in text, method, URL, bodies'),
    order: z
      .enum(['oldest', 'newest'])
      .optional()
      .describe('Default oldest; failed requests: likeliest cause'),
    bodies: z.boolean().optional().describe('Network: with headers and bodies'),
    repeats: z.boolean().optional().describe('Like entries each'),
    limit: limit.optional().describe('1-100; 50, with bodies 10'),
    cursor: cursor.optional(),
    text_from: textFrom.optional(),
  },
  output: z.object({
    ticket_id: z.string(),
    panel: z.string(),
    items: z.array(z.object({})),
    next_cursor: z.string().optional(),
  }),
  run: async ({ api, slices, input: { ticket_id, limit, cursor, text_from = 0, ...filter } }) => {
    const { panel, order, bodies, repeats } = filter;
    const { devtools, capture } = await api.getTicket({ ticket_id, include: ['capture', 'devtools'] });
    const notes = [healthNote(capture)].filter((note) => note !== undefined);
    const health = capture?.health?.length ? capture.health : undefined;
    const answer = (items: unknown[], more: Partial<Answer> = {}): Answer => ({
      ...more,
      untold: ['ticket_id', 'panel'],
      data: { ticket_id, panel, health, ...more.data, items },
      textFrom: text_from,
      notes,
    });
    const paging = { limit: limit ?? (bodies ? WITH_BODIES : undefined), cursor };
    const list = { ticket_id, ...filter };
    if (!devtools) {
      notes.push('This ticket has no DevTools recording.');
      return answer([]);
    }
    if (panel === 'performance') {
      const { metrics, tasks } = performanceOf(devtools);
      const { items, rest } = slicePage(list, paging, order === 'newest' ? tasks.reverse() : tasks);
      notes.push('The items are long tasks.');
      return answer(items, { data: metrics, lists: { items: rest } });
    }
    const all = recorded(devtools, panel);
    const minStatus = filter.min_status;
    const found = await matching(panel, all, { ...filter, minStatus }, slices);
    if (order === 'newest') found.reverse();
    const lines: Group[] = repeats
      ? found.map((entry) => ({ entry, times: 1 }))
      : await grouped(panel, found, slices);
    const isFailures = panel === 'network' && (filter.level === 'error' || (minStatus ?? 0) >= 400);
    const sorted = isFailures && !order ? await likeliestFirst(lines, devtools, capture?.url, slices) : lines;
    const { items, rest } = slicePage(list, paging, sorted);
    if (found.length < all.length) notes.push(`${found.length} of the panel's ${all.length} entries match.`);
    if (lines.length < found.length)
      notes.push(`Like ones are shown once: ${lines.length} lines. repeats: true shows each.`);
    return answer(
      items.map((group) => groupView(panel, entryView(panel, group.entry, { bodies }), group)),
      { lists: { items: rest } },
    );
  },
});
