import * as z from 'zod';
import type { Answer } from '../src/respond/answer.ts';
import type { Ticket } from '../src/toado-api/schemas/index.ts';
import { columnId, description, projectId, title } from '../src/tool-kit/arguments/parameters.ts';
import { defineTool, type ToolSession } from '../src/tool-kit/definition/define-tool.ts';
import { hasErrorBeside, isDeniedBeside } from '../src/tool-kit/unconfirmed-writes/contradicted-success.ts';
import { findCreatedTicket, madeByAnother } from '../src/tool-kit/unconfirmed-writes/find-created-row.ts';
import { saidToBeOld } from '../src/tool-kit/unconfirmed-writes/old-rows.ts';
import {
  inOtherWords,
  newTicket,
  otherRow,
  withRemarks,
} from '../src/tool-kit/unconfirmed-writes/read-back.ts';
import { isSameText } from '../src/tool-kit/unconfirmed-writes/same-text.ts';
import { creationNotes } from '../src/tool-kit/writes/differences-from-sent.ts';
import { ticketWritten, writtenSchema } from '../src/views/ticket.ts';

const did = { did: 'Created.', tells: ['column_id'] } as const;

export const createTicket = defineTool({
  name: 'create_ticket',
  title: 'Create a ticket',
  scope: 'tickets:write',
  effect: 'add',
  description: 'Files a ticket, without a capture. Search first: it may exist.',
  input: {
    project_id: projectId,
    title: title.describe('One line'),
    description: description.optional().describe('Markdown'),
    column_id: columnId.optional().describe('Id or name; the first if absent'),
    source_url: z.string().max(4096, 'is longer than any address').optional().describe('Page it is about'),
  },
  output: writtenSchema,
  run: async ({ api, input, session }) => {
    const ticket = await api.createTicket(input);
    // By its time, an older one is known.
    const made = ticket.created_at ?? ticket.created?.at;
    if (made) ticket.created_at = made;
    const told = saidToBeOld(ticket);
    if (told) throw told;
    // What has neither is no ticket.
    if (!ticket.id && !ticket.title) throw otherRow(ticket);
    // Under another title it may be some other row, and its id another one's.
    if (ticket.title && !isSameText(ticket.title, input.title)) throw inOtherWords(ticket);
    if (hasErrorBeside(ticket) || isDeniedBeside(ticket)) throw otherRow(ticket, ticket.id);
    return withRemarks(created(ticket, session, input), ticket);
  },
  row: async (call, accepted, sent) => {
    const found = await newTicket(call, accepted, sent);
    return found && created(found.row, call.session, call.input, found.seen);
  },
  confirmWrite: async (call, sent) => {
    const { row, ...confirmation } = await findCreatedTicket(call, sent);
    return row
      ? { ...confirmation, answer: ticketWritten(row, call.session, { ...did, did: confirmation.seen }) }
      : confirmation;
  },
});

/** The new ticket; and where it isn't all as it was asked for, which nobody would look for, what isn't. */
function created(
  ticket: Ticket,
  session: ToolSession,
  input: Parameters<typeof creationNotes>[0],
  seen: string = madeByAnother('ticket', ticket.created, session) ?? did.did,
): Answer {
  const answer = ticketWritten(ticket, session, { ...did, did: seen });
  const notes = creationNotes(input, ticket);
  return notes.length > 0
    ? { ...answer, notes: [...(answer.notes ?? []), ...notes], omitFromText: [] }
    : answer;
}
