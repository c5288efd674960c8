import * as z from 'zod';
import { Failure, invalidArguments } from '../src/base/failure.ts';
import type { Answer } from '../src/respond/answer.ts';
import type { StartedWork } from '../src/toado-api/schemas/index.ts';
import { branchName, ticketIds } from '../src/tool-kit/arguments/parameters.ts';
import { defineTool } from '../src/tool-kit/definition/define-tool.ts';
import { hasNewBranch, NOT_KNOWN } from '../src/tool-kit/unconfirmed-writes/confirm-write.ts';
import { otherRow, readAfter, withRemarks } from '../src/tool-kit/unconfirmed-writes/read-back.ts';
import { branchesNow, toldOf } from '../src/tool-kit/writes/started-work.ts';
import { isArchived } from '../src/tool-kit/writes/ticket-write.ts';
import { shownAs } from '../src/views/attribution.ts';

const UP_TO_YOU = 'Nothing was moved and no branch was made; that is left to you.';
const did = `Recorded. ${UP_TO_YOU}`;

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
    const started = await api.startWork(input).catch((error: unknown) => {
      throw forNone(error, input.ticket_ids);
    });
    const { recorded, others, archived, isDoubtful } = toldOf(started, input);
    const row: object = started;
    if (isDoubtful) throw otherRow(row);
    // Some named as failed, none as done: then nothing is claimed.
    if (recorded.length === 0) return answered(started, session.shownAs, [NONE_NAMED]);
    const asked = input.branch_name;
    const { branch_name = asked } = started;
    const notes = [
      others.length > 0
        ? `Recorded for ${recorded.length} of the ${input.ticket_ids.length} tickets. Not confirmed for ${listed(others)}: get_ticket shows each one’s branch. ${UP_TO_YOU}`
        : did,
      ...(asked !== undefined && branch_name === null
        ? ['Toado did not say which name it recorded; get_ticket shows it.']
        : []),
      ...(asked !== undefined && branch_name !== null && branch_name !== asked
        ? ['Toado recorded another name than the one that was asked for.']
        : []),
      ...archivedNotes(archived, input.ticket_ids),
    ];
    return withRemarks(answered(started, session.shownAs, notes), row);
  },
  row: async ({ api, input, session }, accepted) => {
    const { tickets, yes, no } = await branchesNow(api, input);
    const [first] = tickets;
    const archived = tickets.filter(isArchived).map(({ id }) => id);
    if (!first) return undefined;
    const { branch_name, updated } = first;
    const shown_as = (updated && shownAs(updated)) ?? session.shownAs;
    if (no.length > 0) {
      const shown = tickets.map(({ id, branch_name: its }) => ({ id, branch_name: its }));
      const recorded = yes.length > 0 ? `${listed(yes)} shows it. ` : '';
      return {
        data: { tickets: shown, shown_as },
        notes: [
          `${NOT_SHOWN} ${recorded}Another branch or none: ${listed(no)}.`,
          ...archivedNotes(archived, input.ticket_ids),
        ],
      };
    }
    const isAll = yes.length === input.ticket_ids.length;
    const what = isAll ? 'the branch' : `the branch of the first${yes.length > 1 ? ` ${yes.length}` : ''}`;
    return {
      data: { branch_name: branch_name!, ticket_ids: input.ticket_ids, shown_as },
      notes: [
        readAfter(accepted, what),
        accepted.status === undefined ? UP_TO_YOU : did,
        ...archivedNotes(archived, input.ticket_ids),
      ],
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
    return { seen, answer: answered(started, session.shownAs, [`${seen} ${NOT_KNOWN}`]) };
  },
});

const NOT_SHOWN =
  'Toado answered as if this was done, but not all of the tickets show the branch. It may take a moment: look before doing it again.';

/** They are on no board, whatever branch they have. */
function archivedNotes(ids: readonly unknown[], asked: readonly string[]): string[] {
  const archived = asked.filter((id) => ids.includes(id));
  return archived.length > 0 ? [`Archived: ${listed(archived)}.`] : [];
}

/** One that isn't there has the whole call refused: then it is said of all that were given. */
function forNone(error: unknown, ids: readonly string[]): unknown {
  if (!(error instanceof Failure) || ids.length === 1) return error;
  const { code, outcome, sentence, details } = error;
  const isMissing = code === 'ticket_not_found' || (code === 'refused' && details.status === 404);
  if (outcome !== 'rejected' || !isMissing) return error;
  return new Failure(
    code,
    sentence,
    'get_ticket shows which of them is not there; call again with the others.',
    { ...details, besides: `The branch was recorded for none of ${listed(ids)}.` },
  );
}

/** Ids as the caller gave them. */
const MAX_LISTED = 10;

function listed(ids: readonly string[]): string {
  const more = ids.length - MAX_LISTED;
  return ids.slice(0, MAX_LISTED).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function answered(started: StartedWork, shown_as: string | undefined, notes: string[]): Answer {
  const isPlain = notes.length === 1 && notes[0] === did;
  return { data: { ...started, shown_as }, notes, omitFromText: isPlain ? ['ticket_ids'] : [] };
}
