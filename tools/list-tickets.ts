import * as z from 'zod';
import { columnId, cursor, limit, projectId, searchText } from '../src/tool-kit/arguments/parameters.ts';
import { notOperators } from '../src/tool-kit/arguments/search-operators.ts';
import { defineTool } from '../src/tool-kit/definition/define-tool.ts';
import { fetchPage } from '../src/tool-kit/lists/paging.ts';
import { ticketList, ticketListAnswer } from '../src/tool-kit/lists/ticket-list.ts';

export const listTickets = defineTool({
  name: 'list_tickets',
  title: 'List tickets',
  scope: 'read',
  effect: 'read',
  description: 'A project’s tickets in board order, without drafts. Narrow with column_id first.',
  input: {
    project_id: projectId,
    column_id: columnId.optional(),
    status: z
      .enum(['active', 'archived', 'all'])
      .optional()
      .meta({ description: 'Which ones', default: 'active' }),
    query: searchText.optional().describe('Words in the ticket'),
    limit: limit.optional(),
    cursor: cursor.optional(),
  },
  output: ticketList,
  run: async ({ api, session, input: { limit, cursor, ...list } }) => {
    const page = await fetchPage(list, { limit, cursor }, (paging) =>
      api.listTickets({ ...list, ...paging }),
    );
    const note = list.query ? notOperators(list.query) : undefined;
    return ticketListAnswer(page, session, note, nothingThere(list));
  },
});

function nothingThere({ column_id, query, status = 'active' }: Record<string, string | undefined>): string {
  const which = status === 'all' ? '' : `${status} `;
  const where = `${column_id ? 'this column' : 'this project'}${query ? ' with these words' : ''}`;
  return `No ${which}ticket in ${where}.${status === 'all' ? '' : ' status "all" looks at all of them.'}`;
}
