import * as z from 'zod';
import { defineTool } from '../src/tool-kit/define-tool.ts';
import { fetchPage } from '../src/tool-kit/paging.ts';
import { companyId, cursor, limit, projectId, searchText } from '../src/tool-kit/parameters.ts';
import { rowSchema, ticketRow } from '../src/views/ticket.ts';

export const searchTickets = defineTool({
  name: 'search_tickets',
  title: 'Search tickets',
  scope: 'read',
  effect: 'read',
  description:
    'Rows by text, best match first, in all projects. is:archived in the query brings archived ones in.',
  input: {
    query: searchText.describe('Words'),
    company_id: companyId.optional(),
    project_id: projectId.optional(),
    limit: limit.optional(),
    cursor: cursor.optional(),
  },
  output: z.object({ items: z.array(rowSchema), next_cursor: z.string().optional() }),
  run: async ({ api, input: { limit, cursor, ...list } }) => {
    const { items, rest, unknown } = await fetchPage(list, { limit, cursor }, (paging) =>
      api.searchTickets({ ...list, ...paging }),
    );
    return { data: { items: items.map(ticketRow), ...unknown }, lists: { items: rest } };
  },
});
