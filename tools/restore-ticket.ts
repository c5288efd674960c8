import { ticketIs } from '../src/tool-kit/confirm-write.ts';
import { defineTool } from '../src/tool-kit/define-tool.ts';
import { ticketId } from '../src/tool-kit/parameters.ts';
import { ticketWritten, writtenSchema } from '../src/views/ticket.ts';

const did = { did: 'Restored.', tells: ['column_id'] } as const;

export const restoreTicket = defineTool({
  name: 'restore_ticket',
  title: 'Restore a ticket',
  scope: 'tickets:write',
  effect: 'update',
  description: 'Puts an archived ticket back into its column.',
  input: { ticket_id: ticketId },
  output: writtenSchema,
  run: async ({ api, input, session }) => ticketWritten(await api.restoreTicket(input), session, did),
  confirmWrite: ticketIs(
    (ticket) => ticket.status === 'active',
    did,
    'It is on its board now.',
    'It is archived still.',
  ),
});
