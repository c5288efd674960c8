import * as z from 'zod';
import { invalidArguments } from '../src/base/failure.ts';
import { description, ticketId, title } from '../src/tool-kit/arguments/parameters.ts';
import { defineTool } from '../src/tool-kit/definition/define-tool.ts';
import { isFarLonger, isSameText } from '../src/tool-kit/unconfirmed-writes/same-text.ts';
import { descriptionNote } from '../src/tool-kit/writes/differences-from-sent.ts';
import { ticketWrite } from '../src/tool-kit/writes/ticket-write.ts';
import { writtenSchema } from '../src/views/ticket.ts';

const LEFT =
  'The description was left as it is: an empty one beside other changes is taken for none. To clear it, give it alone.';

interface Changes {
  ticket_id: string;
  title?: string | undefined;
  description?: string | undefined;
  resolved?: boolean | undefined;
}

/** Hosts fill in an empty text for what the model left out. */
function isFilledIn({ title, description, resolved }: Changes): boolean {
  return description === '' && (title !== undefined || resolved !== undefined);
}

const write = ticketWrite<Changes>(
  {
    did: 'Updated.',
    tells: ['resolved'],
    isAsAsked: (ticket, input) => {
      const sent = isFilledIn(input) ? { ...input, description: undefined } : input;
      return every([
        isSame(sent.title, ticket.title),
        isSame(sent.description, ticket.description),
        isSame(sent.resolved, ticket.resolved),
      ]);
    },
    // Toado may keep a description in a form of its own.
    isOpposite: (ticket, { title, resolved }) =>
      isSame(title, ticket.title) === false || isSame(resolved, ticket.resolved) === false,
    yes: 'It is as asked now.',
    no: 'It is not as asked now.',
    remark: (input, { description }) =>
      isFilledIn(input) ? LEFT : descriptionNote(input.description, description),
  },
  ({ api, input }) => {
    const { ticket_id: _id, ...changes } = input;
    if (Object.values(changes).every((value) => value === undefined))
      throw invalidArguments(
        'update_ticket needs at least one of title, description, resolved.',
        'Give what to change.',
      );
    return api.updateTicket(isFilledIn(input) ? { ...input, description: undefined } : input);
  },
);

/** Whether a field is as it was sent; undefined where the row doesn't show it. Toado may trim texts. */
function isSame<Value>(sent: Value | undefined, shown: Value | null | undefined): boolean | undefined {
  if (sent === undefined) return true;
  if (shown === undefined) return undefined;
  if (typeof shown === 'string' && isFarLonger(shown, String(sent))) return false;
  const oneSpaced = (value: unknown) => String(value ?? '').replace(/\s+/g, ' ');
  return isSameText(oneSpaced(sent), oneSpaced(shown));
}

/** False where one is false; otherwise undefined where one is not known. */
function every(all: (boolean | undefined)[]): boolean | undefined {
  if (all.includes(false)) return false;
  return all.includes(undefined) ? undefined : true;
}

export const updateTicket = defineTool({
  name: 'update_ticket',
  title: 'Edit a ticket',
  scope: 'tickets:write',
  effect: 'overwrite',
  description: 'Sets title, description or resolved. A new description replaces the whole old one for good.',
  input: {
    ticket_id: ticketId,
    title: title.optional().describe('One line'),
    description: description.optional().describe('Markdown; empty clears it'),
    resolved: z.boolean().optional().describe('true once the fix is verified'),
  },
  output: writtenSchema.extend({ resolved: z.boolean().optional() }),
  ...write,
});
