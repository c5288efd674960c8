import { ticketId, userId } from '../src/tool-kit/arguments/parameters.ts';
import { defineTool } from '../src/tool-kit/definition/define-tool.ts';
import { isAssigned, ticketWrite } from '../src/tool-kit/writes/ticket-write.ts';
import { writtenSchema } from '../src/views/ticket.ts';

const write = ticketWrite<{ ticket_id: string; user_id: string }>(
  {
    did: 'Unassigned.',
    tells: ['assignees'],
    isAsAsked: (ticket, { user_id }) => {
      const is = isAssigned(ticket, user_id);
      return is === undefined ? undefined : !is;
    },
    yes: 'That person is not assigned now.',
    no: 'That person is assigned still.',
  },
  ({ api, input }) => api.unassignTicket(input),
);

export const unassignTicket = defineTool({
  name: 'unassign_ticket',
  title: 'Unassign a ticket',
  scope: 'tickets:assign',
  effect: 'update',
  description: 'Removes one assignee; the others stay.',
  input: { ticket_id: ticketId, user_id: userId },
  output: writtenSchema,
  ...write,
});
