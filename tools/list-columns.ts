import * as z from 'zod';
import { projectId } from '../src/tool-kit/arguments/parameters.ts';
import { defineTool } from '../src/tool-kit/definition/define-tool.ts';
import { listNotes, wholePage } from '../src/tool-kit/lists/paging.ts';

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
    const { items: columns, rest, unknown } = wholePage(await api.listColumns(input));
    return {
      data: { columns, ...unknown },
      lists: { columns: rest },
      notes: listNotes({ unknown, rest }, columns.length === 0 && 'This project has no columns.'),
    };
  },
});
