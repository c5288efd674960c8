import * as z from 'zod';
import { defineTool } from '../src/catalogue/define-tool.ts';
import { fetchPage } from '../src/catalogue/paging.ts';
import { columnId, cursor, limit, projectId, searchText } from '../src/catalogue/parameters.ts';
import { rowSchema, ticketRow } from '../src/views/ticket.ts';

export const listTickets = defineTool({
  name: 'list_tickets',
  title: 'List tickets of a project',
  scope: 'read',
  effect: 'read',
  description:
    'A project’s tickets in board order, one row each; drafts are left out. Narrow with column_id first.',
  input: {
    project_id: projectId,
    column_id: columnId.optional(),
    status: z.enum(['active', 'archived', 'all']).optional().describe('active by default'),
    query: searchText.optional().describe('Text that the ticket contains'),
    limit: limit.optional(),
    cursor: cursor.optional(),
  },
  output: z.object({ items: z.array(rowSchema), next_cursor: z.string().optional() }),
  run: async ({ api, input: { limit, cursor, ...list } }) => {
    const { items, rest } = await fetchPage(list, { limit, cursor }, (paging) =>
      api.listTickets({ ...list, ...paging }),
    );
    return { data: { items: items.map(ticketRow) }, lists: { items: rest } };
  },
});
