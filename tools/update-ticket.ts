import * as z from 'zod';
import { invalidArguments } from '../src/base/failure.ts';
import { ticketIs } from '../src/tool-kit/confirm-write.ts';
import { defineTool } from '../src/tool-kit/define-tool.ts';
import { description, ticketId, title } from '../src/tool-kit/parameters.ts';
import { ticketWritten, writtenSchema } from '../src/views/ticket.ts';

const did = { did: 'Updated.', tells: ['resolved'] } as const;

const LEFT =
  'The description was left as it is: an empty one beside other changes is taken for none. To clear it, give it alone.';

export const updateTicket = defineTool({
  name: 'update_ticket',
  title: 'Edit a ticket',
  scope: 'tickets:write',
  effect: 'overwrite',
  description:
    'Sets title, description or resolved; the rest stays. A new description replaces the old one whole, for good.',
  input: {
    ticket_id: ticketId,
    title: title.optional().describe('One line'),
    description: description.optional().describe('Markdown; empty clears it'),
    resolved: z.boolean().optional().describe('true once the fix is verified'),
  },
  output: writtenSchema.extend({ resolved: z.boolean().optional() }),
  run: async ({ api, input, session }) => {
    const { ticket_id, ...changes } = input;
    const others = [input.title, input.resolved].some((value) => value !== undefined);
    // Hosts fill in an empty text for what the model left out.
    if (input.description === '' && others) {
      const updated = ticketWritten(
        await api.updateTicket({ ...input, description: undefined }),
        session,
        did,
      );
      return { ...updated, notes: [...(updated.notes ?? []), LEFT] };
    }
    if (Object.values(changes).every((value) => value === undefined))
      throw invalidArguments(
        'update_ticket needs at least one of title, description, resolved.',
        'Give what to change.',
      );
    return ticketWritten(await api.updateTicket(input), session, did);
  },
  confirmWrite: ticketIs(
    (ticket, { title, description, resolved }) =>
      (title === undefined || ticket.title === title) &&
      (description === undefined ||
        (description === '' && (title !== undefined || resolved !== undefined)) ||
        (ticket.description ?? '') === description) &&
      (resolved === undefined || (ticket.resolved ?? false) === resolved),
    did,
    'It is as asked now.',
    'It is not as asked now.',
  ),
});
