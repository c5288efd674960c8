import { ticketIs } from '../src/tool-kit/confirm-write.ts';
import { defineTool } from '../src/tool-kit/define-tool.ts';
import { ticketId, userId } from '../src/tool-kit/parameters.ts';
import { ticketWritten, writtenSchema } from '../src/views/ticket.ts';

const did = { did: 'Assigned.', tells: ['assignees'] } as const;

export const assignTicket = defineTool({
  name: 'assign_ticket',
  title: 'Assign a ticket',
  scope: 'tickets:assign',
  effect: 'update',
  description: 'Adds an assignee; the others stay.',
  input: { ticket_id: ticketId, user_id: userId },
  output: writtenSchema,
  run: async ({ api, input, session }) => ticketWritten(await api.assignTicket(input), session, did),
  confirmWrite: ticketIs(
    (ticket, { user_id }) => !!ticket.assignees?.some(({ id }) => id === user_id),
    did,
    'That person is assigned now.',
    'That person is not assigned now.',
  ),
});
