import { invalidArguments } from '../base/failure.ts';
import { readTicketId } from '../tool-kit/parameters.ts';
import { commentView, untoldOfComments } from '../views/comment.ts';
import { healthNote } from '../views/devtools.ts';
import { ticketDetail, untoldOfDetail } from '../views/ticket.ts';
import { defineResource } from './define-resource.ts';

const COMMENTS = 100;

export const ticketResource = defineResource({
  name: 'ticket',
  title: 'A ticket',
  description: 'One ticket with its comments.',
  template: 'toado://tickets/{id}',
  kind: 'ticket',
  uses: ['get_ticket', 'list_comments'],
  read: async (id, api, around) => {
    const ticket_id = readTicketId(id);
    if (!ticket_id)
      throw invalidArguments(
        'The address does not hold a ticket id ("t-" and six letters or digits, case-sensitive).',
        'Find the id with search_tickets, or let the client complete it.',
      );
    const [ticket, comments] = await Promise.all([
      api.getTicket({ ticket_id, include: ['capture'] }),
      api.listComments({ ticket_id, limit: COMMENTS }),
    ]);
    const total = Math.max(ticket.comment_count ?? 0, comments.items.length);
    const note = healthNote(ticket.capture);
    return {
      data: { ...ticketDetail(ticket, around), comments: comments.items.map(commentView) },
      untold: [...untoldOfDetail(ticket), ...untoldOfComments('comments')],
      lists: { comments: { total, more: 'list_comments' } },
      notes: note ? [note] : [],
    };
  },
});
