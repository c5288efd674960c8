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
    did: 'Archived.',
    tells: ['status'],
    isAsAsked: isArchived,
    isUnclear: hasOtherStatus,
    remark: otherStatusNote,
    yes: 'It is archived now.',
    no: 'It is not archived now.',
  },
  ({ api, input }) => api.archiveTicket(input),
);

export const archiveTicket = defineTool({
  name: 'archive_ticket',
  title: 'Archive a ticket',
  scope: 'tickets:write',
  effect: 'update',
  description: 'Takes a ticket off the board. restore_ticket brings it back.',
  input: { ticket_id: ticketId },
  output: writtenSchema,
  ...write,
});
