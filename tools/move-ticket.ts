import * as z from 'zod';
import { columnId, ticketId } from '../src/tool-kit/arguments/parameters.ts';
import { defineTool } from '../src/tool-kit/definition/define-tool.ts';
import { confirmMove } from '../src/tool-kit/unconfirmed-writes/confirm-write.ts';
import { ticketWrite } from '../src/tool-kit/writes/ticket-write.ts';
import { writtenSchema } from '../src/views/ticket.ts';

const tells = ['project_id', 'column_id'] as const;

const OTHER_PLACE = 'The position that Toado shows is not the one that was asked for: see position.';

const write = ticketWrite<{ ticket_id: string; target_column_id: string; position?: number | undefined }>(
  {
    did: 'Moved.',
    tells,
    isAsAsked: ({ column_id }, { target_column_id }) =>
      column_id ? column_id === target_column_id : undefined,
    // In none, as it says.
    isUnclear: ({ column_id }) => column_id === null || column_id === '',
    yes: 'It is in that column now.',
    no: 'It is not in that column now.',
    remark: ({ position }, { position: shown }) =>
      position !== undefined && typeof shown === 'number' && shown !== position ? OTHER_PLACE : undefined,
    confirm: (call, sent, ticket) => confirmMove(call, sent, ticket, { tells }),
  },
  ({ api, input }) => api.moveTicket(input),
);

export const moveTicket = defineTool({
  name: 'move_ticket',
  title: 'Move a ticket',
  scope: 'tickets:write',
  effect: 'update',
  description: 'Moves a ticket to a column; by the column’s id also to another project of its company.',
  input: {
    ticket_id: ticketId,
    target_column_id: columnId,
    position: z.int().min(0, 'must be 0 or more').optional().describe('0 is the top; the bottom if absent'),
  },
  output: writtenSchema,
  ...write,
});
