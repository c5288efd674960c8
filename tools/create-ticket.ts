import * as z from 'zod';
import { columnId, description, projectId, title } from '../src/tool-kit/arguments/parameters.ts';
import { defineTool } from '../src/tool-kit/definition/define-tool.ts';
import { oldByTime, saidToBeOld } from '../src/tool-kit/unconfirmed-writes/old-rows.ts';
import { ownTicket } from '../src/tool-kit/unconfirmed-writes/own-rows.ts';
import {
  hasErrorBeside,
  newTicket,
  otherRow,
  withRemarks,
} from '../src/tool-kit/unconfirmed-writes/read-back.ts';
import { isSameText } from '../src/tool-kit/unconfirmed-writes/same-text.ts';
import { ticketWritten, writtenSchema } from '../src/views/ticket.ts';

const did = { did: 'Created.', tells: ['column_id'] } as const;

const OTHER_PROJECT = 'Toado put it into another project than the one that was asked for (project_id).';

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
  run: async ({ api, input, session }, sent) => {
    const ticket = await api.createTicket(input);
    const told = saidToBeOld(ticket);
    if (told) throw told;
    // Under another title it is some other row, and its id another one's.
    if (ticket.title && !isSameText(ticket.title, input.title)) throw otherRow(ticket);
    const old = oldByTime(ticket, sent);
    if (old) throw old;
    if (hasErrorBeside(ticket)) throw otherRow(ticket, ticket.id);
    const answer = withRemarks(ticketWritten(ticket, session, did), ticket);
    // Whoever has several projects must hear that it stands in another one.
    if (!ticket.project_id || ticket.project_id === input.project_id) return answer;
    return { ...answer, notes: [...(answer.notes ?? []), OTHER_PROJECT], omitFromText: [] };
  },
  row: async (call, accepted, sent) => {
    const found = await newTicket(call, accepted, sent);
    return found && ticketWritten(found.row, call.session, { ...did, did: found.seen ?? did.did });
  },
  confirmWrite: async (call, sent) => {
    const { row, ...confirmation } = await ownTicket(call, sent);
    return row
      ? { ...confirmation, answer: ticketWritten(row, call.session, { ...did, did: confirmation.seen }) }
      : confirmation;
  },
});
