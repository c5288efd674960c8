import { ticketIds, userId } from '../src/tool-kit/arguments/parameters.ts';
import { defineTool } from '../src/tool-kit/definition/define-tool.ts';
import { bulkSchema, inChunks } from '../src/tool-kit/writes/bulk.ts';

export const bulkAssignTickets = defineTool({
  name: 'bulk_assign_tickets',
  title: 'Assign tickets',
  scope: 'tickets:assign',
  effect: 'update',
  description: 'Adds one assignee to tickets; each may fail alone.',
  input: { ticket_ids: ticketIds, user_id: userId },
  output: bulkSchema,
  run: (call) => {
    const { ticket_ids, user_id } = call.input;
    return inChunks(call, ticket_ids, (chunk) => call.api.bulkAssignTickets({ ticket_ids: chunk, user_id }), {
      isDone: ({ assignees }) => !!assignees?.some(({ id }) => id === user_id),
      asked: { user_id, isAssigned: true },
    });
  },
});
