import * as z from 'zod';
import { Failure } from '../src/base/failure.ts';
import type { ToadoApi } from '../src/toado-api/routes/calls.ts';
import type { Comment } from '../src/toado-api/schemas/index.ts';
import { cursor, limit, textFrom, ticketId } from '../src/tool-kit/arguments/parameters.ts';
import { defineTool } from '../src/tool-kit/definition/define-tool.ts';
import { fetchPage, listNotes } from '../src/tool-kit/lists/paging.ts';
import { commentSchema, commentView, omittedFromComments } from '../src/views/comment.ts';

export const listComments = defineTool({
  name: 'list_comments',
  title: 'List comments',
  scope: 'read',
  effect: 'read',
  description: 'Comments and their authors, oldest first. Read them before you act.',
  input: {
    ticket_id: ticketId,
    limit: limit.optional(),
    cursor: cursor.optional(),
    text_from: textFrom.optional(),
  },
  output: z.object({ items: z.array(commentSchema), next_cursor: z.string().optional() }),
  run: async ({ api, input: { ticket_id, limit, cursor, text_from = 0 } }) => {
    const { items, rest, unknown, isListEmpty } = await fetchPage(
      { comments: ticket_id },
      { limit, cursor },
      (paging) =>
        api.listComments({ ticket_id, ...paging }).catch((error) => insideTicket(api, ticket_id, error)),
    );
    return {
      data: { items: items.map(commentView), ...unknown },
      omitFromText: omittedFromComments('items'),
      lists: { items: rest },
      textFrom: text_from,
      notes: listNotes({ unknown, rest }, isListEmpty && 'No comments yet.'),
    };
  },
});

/** Where Toado has no list of its own for them, they may stand in the ticket. */
async function insideTicket(api: ToadoApi, ticket_id: string, error: unknown): Promise<{ items: Comment[] }> {
  if (!(error instanceof Failure) || !isRouteMissing(error)) throw error;
  const { comments } = await api
    .getTicket({ ticket_id, include: ['attachments'] })
    .catch(() => ({ comments: null }));
  if (!comments) throw error;
  return { items: comments };
}

/** A ticket that isn't there is told by its code, or in more words than these. */
function isRouteMissing({ code, details: { status = 0, apiMessage = '' } }: Failure): boolean {
  if (![404, 405, 501].includes(status)) return false;
  return code === 'bad_answer' || /^\s*not found\.?\s*$/i.test(apiMessage);
}
