import * as z from 'zod';
import { ticketIsAt } from '../src/tool-kit/confirm-write.ts';
import { defineTool } from '../src/tool-kit/define-tool.ts';
import { columnId, ticketId } from '../src/tool-kit/parameters.ts';
import { ticketWritten, writtenSchema } from '../src/views/ticket.ts';

const did = { did: 'Moved.', tells: ['project_id', 'column_id'] } as const;

export const moveTicket = defineTool({
  name: 'move_ticket',
  title: 'Move a ticket',
  scope: 'tickets:write',
  effect: 'update',
  description:
    'Moves a ticket to a column of its project, or by the column’s id to another project of its company.',
  input: {
    ticket_id: ticketId,
    target_column_id: columnId,
    position: z.int().min(0, 'must be 0 or more').optional().describe('0 is the top; the bottom if absent'),
  },
  output: writtenSchema,
  run: async ({ api, input, session }) => ticketWritten(await api.moveTicket(input), session, did),
  confirmWrite: ticketIsAt(did),
});
