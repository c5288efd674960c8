import * as z from 'zod';
import { cursor, ticketId } from '../src/tool-kit/arguments/parameters.ts';
import { defineTool } from '../src/tool-kit/definition/define-tool.ts';
import { listNotes, slicePage, WHOLE_LIST } from '../src/tool-kit/lists/paging.ts';

export const getAnnotations = defineTool({
  name: 'get_annotations',
  title: 'Get annotations',
  scope: 'read',
  effect: 'read',
  description: 'What the reporter drew on the screenshot, in its pixels.',
  input: { ticket_id: ticketId, cursor: cursor.optional() },
  output: z.object({
    annotations: z.array(z.object({ type: z.string().optional() })),
    next_cursor: z.string().optional(),
  }),
  run: async ({ api, input: { cursor, ...list } }) => {
    const { items, rest, unknown } = slicePage(
      list,
      { limit: WHOLE_LIST, cursor },
      await api.getAnnotations(list),
    );
    return {
      data: { annotations: items, ...unknown },
      lists: { annotations: rest },
      notes: listNotes(
        { unknown, rest },
        items.length === 0 && !cursor && 'Nothing is drawn on this ticket’s screenshot.',
      ),
    };
  },
});
