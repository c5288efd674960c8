import { ticketId } from '../src/tool-kit/arguments/parameters.ts';
import { defineTool } from '../src/tool-kit/definition/define-tool.ts';
import {
  hasOtherStatus,
  isArchived,
  otherStatusNote,
  ticketWrite,
} from '../src/tool-kit/writes/ticket-write.ts';
import { writtenSchema } from '../src/views/ticket.ts';

const write = ticketWrite<{ ticket_id: string }>(
  {
    did: 'Restored.',
    tells: ['column_id'],
    isAsAsked: (ticket) => {
      const is = isArchived(ticket);
      return is === undefined ? undefined : !is;
    },
    isUnclear: hasOtherStatus,
    remark: otherStatusNote,
    yes: 'It is on its board now.',
    no: 'It is archived still.',
  },
  ({ api, input }) => api.restoreTicket(input),
);

export const restoreTicket = defineTool({
  name: 'restore_ticket',
  title: 'Restore a ticket',
  scope: 'tickets:write',
  effect: 'update',
  description: 'Puts an archived ticket back into its column.',
  input: { ticket_id: ticketId },
  output: writtenSchema,
  ...write,
});
