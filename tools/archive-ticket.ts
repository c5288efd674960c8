import { ticketIs } from '../src/tool-kit/confirm-write.ts';
import { defineTool } from '../src/tool-kit/define-tool.ts';
import { ticketId } from '../src/tool-kit/parameters.ts';
import { ticketWritten, writtenSchema } from '../src/views/ticket.ts';

const did = { did: 'Archived.', tells: ['status'] } as const;

export const archiveTicket = defineTool({
  name: 'archive_ticket',
  title: 'Archive a ticket',
  scope: 'tickets:write',
  effect: 'update',
  description: 'Takes a ticket off the board. restore_ticket brings it back.',
  input: { ticket_id: ticketId },
  output: writtenSchema,
  run: async ({ api, input, session }) => ticketWritten(await api.archiveTicket(input), session, did),
  confirmWrite: ticketIs(
    (ticket) => ticket.status === 'archived',
    did,
    'It is archived now.',
    'It is not archived now.',
  ),
});
