import { ticketId, userId } from '../src/tool-kit/arguments/parameters.ts';
import { defineTool } from '../src/tool-kit/definition/define-tool.ts';
import { isAssigned, ticketWrite } from '../src/tool-kit/writes/ticket-write.ts';
import { writtenSchema } from '../src/views/ticket.ts';

const write = ticketWrite<{ ticket_id: string; user_id: string }>(
  {
    did: 'Assigned.',
    tells: ['assignees'],
    isAsAsked: (ticket, { user_id }) => isAssigned(ticket, user_id),
    yes: 'That person is assigned now.',
    no: 'That person is not assigned now.',
  },
  ({ api, input }) => api.assignTicket(input),
);

export const assignTicket = defineTool({
  name: 'assign_ticket',
  title: 'Assign a ticket',
  scope: 'tickets:assign',
  effect: 'update',
  description: 'Adds an assignee; the others stay.',
  input: { ticket_id: ticketId, user_id: userId },
  output: writtenSchema,
  ...write,
});
