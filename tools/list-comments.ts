import * as z from 'zod';
import { defineTool } from '../src/tool-kit/define-tool.ts';
import { fetchPage } from '../src/tool-kit/paging.ts';
import { cursor, limit, textFrom, ticketId } from '../src/tool-kit/parameters.ts';
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
    const { items, rest, unknown } = await fetchPage({ comments: ticket_id }, { limit, cursor }, (paging) =>
      api.listComments({ ticket_id, ...paging }),
    );
    return {
      data: { items: items.map(commentView), ...unknown },
      omitFromText: omittedFromComments('items'),
      lists: { items: rest },
      textFrom: text_from,
      notes: items.length === 0 && !cursor ? ['No comments yet.'] : [],
    };
  },
});
