import * as z from 'zod';
import { defineTool } from '../src/tool-kit/define-tool.ts';
import { wholeList } from '../src/tool-kit/paging.ts';
import { projectId } from '../src/tool-kit/parameters.ts';

export const listColumns = defineTool({
  name: 'list_columns',
  title: 'List columns',
  scope: 'read',
  effect: 'read',
  description: 'Columns of a board, left to right.',
  input: { project_id: projectId },
  output: z.object({
    columns: z.array(
      z.object({ id: z.string().optional(), name: z.string().optional(), order: z.number().optional() }),
    ),
  }),
  run: async ({ api, input }) => {
    const columns = await api.listColumns(input);
    const notes = columns.length === 0 ? ['This project has no columns.'] : [];
    return { data: { columns }, lists: { columns: wholeList(columns) }, notes };
  },
});
