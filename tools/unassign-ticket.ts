import { ticketIs } from '../src/tool-kit/confirm-write.ts';
import { defineTool } from '../src/tool-kit/define-tool.ts';
import { ticketId, userId } from '../src/tool-kit/parameters.ts';
import { ticketWritten, writtenSchema } from '../src/views/ticket.ts';

const did = { did: 'Unassigned.', tells: ['assignees'] } as const;

export const unassignTicket = defineTool({
  name: 'unassign_ticket',
  title: 'Unassign a ticket',
  scope: 'tickets:assign',
  effect: 'update',
  description: 'Removes one assignee; the others stay.',
  input: { ticket_id: ticketId, user_id: userId },
  output: writtenSchema,
  run: async ({ api, input, session }) => ticketWritten(await api.unassignTicket(input), session, did),
  confirmWrite: ticketIs(
    (ticket, { user_id }) => !ticket.assignees?.some(({ id }) => id === user_id),
    did,
    'That person is not assigned now.',
    'That person is assigned still.',
  ),
});
