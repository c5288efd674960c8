import { bulkSchema, inChunks } from '../src/tool-kit/bulk.ts';
import { defineTool } from '../src/tool-kit/define-tool.ts';
import { ticketIds, userId } from '../src/tool-kit/parameters.ts';

export const bulkAssignTickets = defineTool({
  name: 'bulk_assign_tickets',
  title: 'Assign tickets',
  scope: 'tickets:assign',
  effect: 'update',
  description: 'Adds one assignee to tickets; each may fail alone.',
  input: { ticket_ids: ticketIds, user_id: userId },
  output: bulkSchema,
  run: (call) =>
    inChunks(call, call.input.ticket_ids, (ticket_ids) =>
      call.api.bulkAssignTickets({ ...call.input, ticket_ids }),
    ),
});
