import * as z from 'zod';
import { defineTool } from '../src/catalogue/define-tool.ts';
import { textFrom, ticketId } from '../src/catalogue/parameters.ts';
import type { Answer } from '../src/respond/answer.ts';
import { devtoolsOverview, healthNote } from '../src/views/devtools.ts';
import { rowSchema, ticketDetail } from '../src/views/ticket.ts';

const PARTS = ['capture', 'attachments', 'annotations', 'devtools'] as const;

export const getTicket = defineTool({
  name: 'get_ticket',
  title: 'Get a ticket',
  scope: 'read',
  effect: 'read',
  description:
    'One ticket: description, state, who made it, what was captured (page, browser, health). Small by default; include adds parts. devtools gives a summary, get_devtools the entries.',
  input: {
    ticket_id: ticketId,
    include: z.array(z.enum(PARTS)).optional().describe('Parts to add; capture alone by default'),
    text_from: textFrom.optional(),
  },
  output: rowSchema.extend({ description: z.string().optional() }),
  run: async ({ api, input: { ticket_id, include = [], text_from = 0 } }) => {
    // The capture block comes along always: its health says what the other parts can be trusted for.
    const parts = PARTS.filter((part) => part === 'capture' || include.includes(part));
    const ticket = await api.getTicket({ ticket_id, include: parts });
    const answer: Answer & { notes: string[] } = {
      data: ticketDetail(ticket),
      textFrom: text_from,
      notes: [],
    };
    const ill = healthNote(ticket.capture);
    if (ill) answer.notes.push(ill);
    if (include.includes('devtools') && ticket.devtools) {
      const { devtools, totals } = devtoolsOverview(ticket.devtools);
      answer.data.devtools = devtools;
      answer.lists = Object.fromEntries(
        (['console', 'network', 'errors'] as const).map((panel) => [
          `devtools.${panel}`,
          { total: totals[panel], more: `get_devtools with panel ${panel}` },
        ]),
      );
    }
    answer.notes.push(...nextCalls(ticket, include));
    return answer;
  },
});

/** The calls that get what is not here, as far as there is something to get. */
function nextCalls(
  ticket: { id: string; comment_count?: number | null; has_capture?: boolean | null },
  include: readonly string[],
): string[] {
  const calls = [];
  if (ticket.comment_count) calls.push(`list_comments for its ${ticket.comment_count} comments`);
  if (ticket.has_capture) {
    if (!include.includes('devtools')) calls.push('get_devtools for console, network, errors, performance');
    calls.push('get_capture_asset for the screenshot');
  }
  return calls.length > 0 ? [`More: ${calls.join('; ')}.`] : [];
}
