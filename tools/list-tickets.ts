import * as z from 'zod';
import { defineTool } from '../src/tool-kit/define-tool.ts';
import { fetchPage } from '../src/tool-kit/paging.ts';
import { columnId, cursor, limit, projectId, searchText } from '../src/tool-kit/parameters.ts';
import { rowSchema, ticketRow } from '../src/views/ticket.ts';

export const listTickets = defineTool({
  name: 'list_tickets',
  title: 'List tickets',
  scope: 'read',
  effect: 'read',
  description: 'Rows in board order, without drafts. Narrow with column_id first.',
  input: {
    project_id: projectId,
    column_id: columnId.optional(),
    status: z.enum(['active', 'archived', 'all']).optional().describe('active by default'),
    query: searchText.optional().describe('Text in it'),
    limit: limit.optional(),
    cursor: cursor.optional(),
  },
  output: z.object({ items: z.array(rowSchema), next_cursor: z.string().optional() }),
  run: async ({ api, input: { limit, cursor, ...list } }) => {
    const { items, rest, unknown } = await fetchPage(list, { limit, cursor }, (paging) =>
      api.listTickets({ ...list, ...paging }),
    );
    return { data: { items: items.map(ticketRow), ...unknown }, lists: { items: rest } };
  },
});
