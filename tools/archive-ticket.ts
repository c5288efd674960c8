import { defineTool } from '../src/catalogue/define-tool.ts';
import { ticketIs } from '../src/catalogue/looks.ts';
import { ticketId } from '../src/catalogue/parameters.ts';
import { ticketWritten, writtenSchema } from '../src/views/ticket.ts';

const did = 'Archived.';

export const archiveTicket = defineTool({
  name: 'archive_ticket',
  title: 'Archive a ticket',
  scope: 'tickets:write',
  effect: 'remove',
  description: 'Takes a ticket off the board. restore_ticket brings it back.',
  input: { ticket_id: ticketId },
  output: writtenSchema,
  run: async ({ api, input, session }) => ticketWritten(await api.archiveTicket(input), session, did),
  look: ticketIs((ticket) => ticket.status === 'archived', did),
});
