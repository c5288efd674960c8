import * as z from 'zod';
import { projectsOf } from '../src/tool-kit/arguments/named-lists.ts';
import { companyId, cursor } from '../src/tool-kit/arguments/parameters.ts';
import { defineTool } from '../src/tool-kit/definition/define-tool.ts';
import { listNotes, slicePage, WHOLE_LIST } from '../src/tool-kit/lists/paging.ts';

const NOT_SAID = 'Toado does not say of each which company it is in: some may be of others.';

export const listProjects = defineTool({
  name: 'list_projects',
  title: 'List projects',
  scope: 'read',
  effect: 'read',
  description: 'Projects the token can see, and the pages they are about.',
  input: { company_id: companyId.optional(), cursor: cursor.optional() },
  output: z.object({
    projects: z.array(
      z.object({
        id: z.string().optional(),
        name: z.string().optional(),
        company_id: z.string().optional().optional(),
        url_patterns: z.array(z.string()).optional(),
      }),
    ),
    next_cursor: z.string().optional(),
  }),
  run: async ({ api, input: { cursor, ...list } }) => {
    const all = await projectsOf(list.company_id, api);
    const { items, rest, unknown } = slicePage(list, { limit: WHOLE_LIST, cursor }, all);
    return {
      data: { projects: items, ...unknown },
      lists: { projects: rest },
      notes: [
        ...listNotes(
          { unknown, rest },
          items.length === 0 && !cursor && 'No project that this token can see.',
        ),
        ...(list.company_id && items.some((one) => !one.company_id) ? [NOT_SAID] : []),
      ],
    };
  },
});
