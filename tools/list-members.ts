import * as z from 'zod';
import { cursor, projectId } from '../src/tool-kit/arguments/parameters.ts';
import { defineTool } from '../src/tool-kit/definition/define-tool.ts';
import { listNotes, slicePage, WHOLE_LIST } from '../src/tool-kit/lists/paging.ts';

export const listMembers = defineTool({
  name: 'list_members',
  title: 'List members',
  scope: 'read',
  effect: 'read',
  description: 'People who can see a project and be assigned.',
  input: { project_id: projectId, cursor: cursor.optional() },
  output: z.object({
    members: z.array(
      z.object({
        id: z.string().optional(),
        name: z.string().optional(),
        email: z.string().optional(),
        role: z.string().optional(),
      }),
    ),
    next_cursor: z.string().optional(),
  }),
  run: async ({ api, input: { cursor, ...list } }) => {
    const { items, rest, unknown } = slicePage(
      list,
      { limit: WHOLE_LIST, cursor },
      await api.listMembers(list),
    );
    return {
      data: { members: items, ...unknown },
      lists: { members: rest },
      notes: listNotes(
        { unknown, rest },
        items.length === 0 && !cursor && 'No member is listed for this project.',
      ),
    };
  },
});
