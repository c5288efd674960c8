import * as z from 'zod';
import { defineTool } from '../src/catalogue/define-tool.ts';
import { slicePage } from '../src/catalogue/paging.ts';
import { cursor, limit, searchText, textFrom, ticketId } from '../src/catalogue/parameters.ts';
import type { Answer } from '../src/respond/answer.ts';
import { entriesOf, healthNote, LEVELS, PANELS } from '../src/views/devtools.ts';

export const getDevtools = defineTool({
  name: 'get_devtools',
  title: 'Get DevTools entries of a capture',
  scope: 'read',
  effect: 'read',
  description:
    'One DevTools panel of a ticket’s capture, filtered and paged. For a failed request: panel network, min_status 400, bodies true.',
  input: {
    ticket_id: ticketId,
    panel: z.enum(PANELS).describe('Panel'),
    level: z.enum(LEVELS).optional().describe('Console: this level; network, error: failed or unanswered'),
    min_status: z.int().min(0).max(999).optional().describe('Network: lowest status'),
    query: searchText.optional().describe('Words in it: text, method, URL, body'),
    order: z.enum(['oldest', 'newest']).optional().describe('First shown; oldest by default'),
    bodies: z.boolean().optional().describe('Network: headers and bodies too'),
    limit: limit.optional(),
    cursor: cursor.optional(),
    text_from: textFrom.optional(),
  },
  output: z.object({
    ticket_id: z.string(),
    panel: z.string(),
    items: z.array(z.object({})),
    next_cursor: z.string().optional(),
  }),
  run: async ({ api, input: { ticket_id, limit, cursor, text_from = 0, ...filter } }) => {
    const { panel, order = 'oldest', min_status: minStatus } = filter;
    const { devtools, capture } = await api.getTicket({ ticket_id, include: ['capture', 'devtools'] });
    const notes = [healthNote(capture)].filter((note) => note !== undefined);
    const answer = (
      items: unknown[],
      more: Partial<Answer> & { data?: Record<string, unknown> } = {},
    ): Answer => ({
      ...more,
      data: { ticket_id, panel, ...more.data, items },
      textFrom: text_from,
      notes,
    });
    if (!devtools) {
      notes.push('This ticket has no DevTools recording.');
      return answer([]);
    }
    if (panel === 'performance') {
      const { long_tasks: tasks, ...metrics } = (devtools.performance ?? {}) as Record<string, unknown>;
      const { items, rest } = slicePage(
        { ticket_id, ...filter },
        { limit, cursor },
        Array.isArray(tasks) ? tasks : [],
      );
      notes.push('The items are long tasks.');
      return answer(items, { data: metrics, lists: { items: rest } });
    }
    const entries = entriesOf(panel, devtools, { ...filter, minStatus });
    if (order === 'newest') entries.reverse();
    const { items, rest } = slicePage({ ticket_id, ...filter }, { limit, cursor }, entries);
    const all = devtools[panel]?.length ?? 0;
    if (entries.length < all) notes.push(`${entries.length} of the panel's ${all} entries match.`);
    return answer(items, { lists: { items: rest } });
  },
});
