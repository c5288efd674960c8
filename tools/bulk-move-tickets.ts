import { columnId, ticketIds } from '../src/tool-kit/arguments/parameters.ts';
import { defineTool } from '../src/tool-kit/definition/define-tool.ts';
import { bulkSchema, inChunks } from '../src/tool-kit/writes/bulk.ts';

export const bulkMoveTickets = defineTool({
  name: 'bulk_move_tickets',
  title: 'Move tickets',
  scope: 'tickets:write',
  effect: 'update',
  description: 'Moves tickets to one column; each may fail alone.',
  input: { ticket_ids: ticketIds, target_column_id: columnId },
  output: bulkSchema,
  run: (call) => {
    const { ticket_ids, target_column_id } = call.input;
    return inChunks(
      call,
      ticket_ids,
      (chunk) => call.api.bulkMoveTickets({ ticket_ids: chunk, target_column_id }),
      { isDone: (ticket) => ticket.column_id === target_column_id, asked: { column_id: target_column_id } },
    );
  },
});
