import * as z from 'zod';
import { defineTool } from '../src/tool-kit/define-tool.ts';
import { fetchPage } from '../src/tool-kit/paging.ts';
import { companyId, cursor, limit, projectId, searchText } from '../src/tool-kit/parameters.ts';
import { notOperators } from '../src/tool-kit/search-words.ts';
import { rowSchema, ticketRows } from '../src/views/ticket.ts';

const ARCHIVED = 'is:archived';

export const searchTickets = defineTool({
  name: 'search_tickets',
  title: 'Search tickets',
  scope: 'read',
  effect: 'read',
  description:
    'Finds tickets by their text in all projects, best match first. is:archived in the query adds archived ones.',
  input: {
    query: searchText.describe('All of these words'),
    company_id: companyId.optional(),
    project_id: projectId.optional(),
    limit: limit.optional(),
    cursor: cursor.optional(),
  },
  output: z.object({ items: z.array(rowSchema), next_cursor: z.string().optional() }),
  run: async ({ api, session, input: { limit, cursor, ...list } }) => {
    const { items, rest, unknown, isListEmpty } = await fetchPage(list, { limit, cursor }, (paging) =>
      api.searchTickets({ ...list, ...paging }),
    );
    const rows = ticketRows(items, session);
    return {
      data: { items: rows.items, ...unknown },
      omitFromText: rows.omitFromText,
      lists: { items: rest },
      notes: [
        notOperators(list.query, [ARCHIVED]),
        isListEmpty ? nothingFound(list.query) : undefined,
      ].filter((note) => note !== undefined),
    };
  },
});

function nothingFound(query: string): string {
  const isWide = query.toLowerCase().split(/\s+/).includes(ARCHIVED);
  return `No ${isWide ? '' : 'active '}ticket has all these words. Try fewer${isWide ? '' : `, or ${ARCHIVED} as well`}.`;
}
