import { companyId, cursor, limit, projectId, searchText } from '../src/tool-kit/arguments/parameters.ts';
import { notOperators } from '../src/tool-kit/arguments/search-operators.ts';
import { defineTool } from '../src/tool-kit/definition/define-tool.ts';
import { fetchPage } from '../src/tool-kit/lists/paging.ts';
import { ticketList, ticketListAnswer } from '../src/tool-kit/lists/ticket-list.ts';

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
  output: ticketList,
  run: async ({ api, session, input: { limit, cursor, ...list } }) => {
    const page = await fetchPage(list, { limit, cursor }, (paging) =>
      api.searchTickets({ ...list, ...paging }),
    );
    return ticketListAnswer(page, session, notOperators(list.query, [ARCHIVED]), nothingFound(list.query));
  },
});

function nothingFound(query: string): string {
  const isWide = query.toLowerCase().split(/\s+/).includes(ARCHIVED);
  return `No ${isWide ? '' : 'active '}ticket has all these words. Try fewer${isWide ? '' : `, or ${ARCHIVED} as well`}.`;
}
