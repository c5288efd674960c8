import { invalidArguments } from '../base/failure.ts';
import type { Answer } from '../respond/answer.ts';
import type { ReadApi } from '../toado-api/routes/calls.ts';
import { readTicketId } from '../tool-kit/arguments/parameters.ts';
import { listNotes } from '../tool-kit/lists/paging.ts';
import { commentView, omittedFromComments } from '../views/comment.ts';
import { healthNote } from '../views/devtools.ts';
import { omittedFromDetail, ticketDetail, type ViewContext } from '../views/ticket.ts';
import { withUnknown } from '../views/unknown-fields.ts';

const COMMENTS = 100;

export async function readTicket(id: string, api: ReadApi, context: ViewContext): Promise<Answer> {
  const ticket_id = readTicketId(id);
  if (!ticket_id)
    throw invalidArguments(
      'The address does not hold a ticket id ("t-" and six letters or digits, case-sensitive).',
      'Find the id with search_tickets, or let the client complete it.',
    );
  const [ticket, { items: comments, cursor: _cursor, endUnknown: _end, ...said }] = await Promise.all([
    api.getTicket({ ticket_id, include: ['capture'] }),
    api.listComments({ ticket_id, limit: COMMENTS }),
  ]);
  const total = Math.max(ticket.comment_count ?? 0, comments.length);
  const note = healthNote(ticket.capture);
  return {
    data: withUnknown({ ...ticketDetail(ticket, context), comments: comments.map(commentView) }, said),
    omitFromText: [...omittedFromDetail(ticket), ...omittedFromComments('comments')],
    lists: { comments: { total, more: 'list_comments' } },
    notes: [...(note ? [note] : []), ...listNotes({ unknown: said })],
  };
}
