import * as z from 'zod';
import { invalidArguments } from '../src/base/failure.ts';
import type { Answer } from '../src/respond/answer.ts';
import type { StartedWork } from '../src/toado-api/schemas/index.ts';
import { branchName, ticketIds } from '../src/tool-kit/arguments/parameters.ts';
import { defineTool } from '../src/tool-kit/definition/define-tool.ts';
import { hasNewBranch, NOT_KNOWN } from '../src/tool-kit/unconfirmed-writes/confirm-write.ts';
import { readAfter } from '../src/tool-kit/unconfirmed-writes/read-back.ts';
import { shownAs } from '../src/views/attribution.ts';

const did = 'Recorded. Nothing was moved, and no branch was made: do both yourself.';

const NONE_NAMED =
  'Toado named none of the tickets, so no branch is confirmed. get_ticket shows each one’s; look before doing it again.';

export const startWorkOnTicket = defineTool({
  name: 'start_work_on_ticket',
  title: 'Record a git branch',
  scope: 'tickets:write',
  effect: 'update',
  description: 'Records the git branch that tickets are worked on. Moves nothing.',
  input: {
    ticket_ids: ticketIds,
    branch_name: branchName.optional().describe('Toado makes one up for a single ticket'),
  },
  output: z.object({
    branch_name: z.string().optional(),
    ticket_ids: z.array(z.string()).optional(),
    shown_as: z.string().optional(),
  }),
  run: async ({ api, input, session }): Promise<Answer> => {
    if (input.ticket_ids.length > 1 && !input.branch_name)
      throw invalidArguments(
        'start_work_on_ticket needs branch_name for more than one ticket.',
        'Give the branch, or one ticket.',
      );
    const started = await api.startWork(input);
    const { branch_name, ticket_ids } = started;
    const isOther =
      input.branch_name !== undefined && (branch_name ?? input.branch_name) !== input.branch_name;
    const named = ticket_ids && input.ticket_ids.filter((id) => ticket_ids.includes(id)).length;
    // Some named as failed, none as done: then nothing is claimed.
    if (named === 0) return recorded(started, session.shownAs, NONE_NAMED);
    const isUnsaid = input.branch_name !== undefined && branch_name === null;
    const notes = [
      ...(isUnsaid ? ['Toado did not say which name it recorded; get_ticket shows it.'] : []),
      ...(isOther ? ['Toado recorded another name than the one that was asked for.'] : []),
      ...(named === undefined || named === input.ticket_ids.length
        ? []
        : [`Toado named ${named} of the ${input.ticket_ids.length} tickets; get_ticket shows the others.`]),
    ];
    const answer = recorded(started, session.shownAs);
    if (notes.length === 0) return answer;
    return { ...answer, notes: [...(answer.notes ?? []), ...notes], omitFromText: [] };
  },
  row: async ({ api, input, session }, accepted) => {
    const { ticket_ids } = input;
    const ticket = await api.getTicket({ ticket_id: ticket_ids[0]!, include: ['capture'] });
    const { branch_name, updated } = ticket;
    if (!branch_name) return undefined;
    return {
      data: { branch_name, ticket_ids, shown_as: (updated && shownAs(updated)) ?? session.shownAs },
      notes: [readAfter(accepted, 'the branch of the first'), did],
    };
  },
  confirmWrite: async (call, sent) => {
    const { api, session } = call;
    const { ticket_ids, branch_name } = call.input;
    const [ticket_id, ...others] = ticket_ids;
    if (others.length > 0) return undefined;
    const ticket = await api.getTicket({ ticket_id: ticket_id!, include: ['capture'] });
    if (ticket.branch_name === undefined || (ticket.id && ticket.id !== ticket_id))
      return { seen: 'A look afterwards did not tell.' };
    const isRecorded = branch_name ? ticket.branch_name === branch_name : hasNewBranch(ticket, call, sent);
    if (!isRecorded) return { seen: 'Another branch or none is recorded now.' };
    const seen = 'That branch is recorded now.';
    const started = { branch_name: ticket.branch_name!, ticket_ids };
    return { seen, answer: recorded(started, session.shownAs, `${seen} ${NOT_KNOWN}`) };
  },
});

function recorded(started: StartedWork, shown_as: string | undefined, words: string = did): Answer {
  return { data: { ...started, shown_as }, notes: [words], omitFromText: ['ticket_ids'] };
}
