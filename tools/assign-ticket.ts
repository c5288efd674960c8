import { defineTool } from '../src/catalogue/define-tool.ts';
import { ticketIs } from '../src/catalogue/looks.ts';
import { ticketId, userId } from '../src/catalogue/parameters.ts';
import { ticketWritten, writtenSchema } from '../src/views/ticket.ts';

const did = 'Assigned.';

export const assignTicket = defineTool({
  name: 'assign_ticket',
  title: 'Assign a ticket',
  scope: 'tickets:assign',
  effect: 'update',
  description: 'Adds an assignee; the others stay.',
  input: { ticket_id: ticketId, user_id: userId },
  output: writtenSchema,
  run: async ({ api, input, session }) => ticketWritten(await api.assignTicket(input), session, did),
  look: ticketIs((ticket, { user_id }) => !!ticket.assignees?.some(({ id }) => id === user_id), did),
});
