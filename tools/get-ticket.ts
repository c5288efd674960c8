import * as z from 'zod';
import type { Answer } from '../src/respond/answer.ts';
import { textFrom, ticketId } from '../src/tool-kit/arguments/parameters.ts';
import { defineTool } from '../src/tool-kit/definition/define-tool.ts';
import { healthNote } from '../src/views/devtools.ts';
import { devtoolsOverview } from '../src/views/devtools-overview.ts';
import { omittedFromDetail, rowSchema, ticketDetail } from '../src/views/ticket.ts';

const PARTS = ['capture', 'attachments', 'annotations', 'devtools'] as const;

export const getTicket = defineTool({
  name: 'get_ticket',
  title: 'Get a ticket',
  scope: 'read',
  effect: 'read',
  description:
    'Description, state, author, and its capture’s page, browser and gaps. include adds parts; devtools is a summary with the likeliest failed request.',
  input: {
    ticket_id: ticketId,
    include: z.array(z.enum(PARTS)).optional().describe('Parts to add'),
    text_from: textFrom.optional(),
  },
  output: rowSchema.extend({ description: z.string().optional() }),
  run: async ({ api, session, slices, input: { ticket_id, include = [], text_from = 0 } }) => {
    // The capture block comes along always: its health says what the other parts can be trusted for.
    const parts = PARTS.filter((part) => part === 'capture' || include.includes(part));
    const ticket = await api.getTicket({ ticket_id, include: parts });
    const isOther = typeof ticket.id === 'string' && ticket.id !== ticket_id;
    ticket.id ??= ticket_id;
    const answer: Answer & { notes: string[] } = {
      data: ticketDetail(ticket, session),
      omitFromText: omittedFromDetail(ticket),
      textFrom: text_from,
      notes: isOther ? [OTHER_ID] : [],
    };
    const health = healthNote(ticket.capture);
    if (health) answer.notes.push(health);
    if (include.includes('devtools') && ticket.devtools) {
      const { devtools, totals } = await devtoolsOverview(ticket.devtools, ticket.capture?.url, slices);
      answer.data.devtools = devtools;
      answer.lists = Object.fromEntries(
        Object.entries(totals).map(([list, total]) => [`devtools.${list}`, { total, more: MORE[list] }]),
      );
    }
    answer.notes.push(...nextCalls(ticket, session.isOffered));
    return answer;
  },
});

const OTHER_ID = 'Toado answered with another id than was asked for: this may be another ticket.';

const MORE: Record<string, string> = {
  first_errors: 'get_devtools, panel errors',
  first_console_errors: 'get_devtools, panel console, level error',
  failed_requests: 'get_devtools, panel network, level error',
  longest_tasks: 'get_devtools, panel performance',
  latest_network: 'get_devtools, panel network, order newest',
  latest_console: 'get_devtools, panel console, order newest',
};

/** The calls that get what is not here, as far as there is something to get. */
function nextCalls(
  ticket: { id?: string | null; comment_count?: number | null; has_capture?: boolean | null },
  isOffered: (tool: string) => boolean,
): string[] {
  const more: Record<string, boolean> = {
    list_comments: !!ticket.comment_count,
    get_devtools: !!ticket.has_capture,
    get_capture_asset: !!ticket.has_capture,
  };
  const calls = Object.keys(more).filter((tool) => more[tool] && isOffered(tool));
  return calls.length > 0 ? [`More: ${calls.join(', ')}.`] : [];
}
