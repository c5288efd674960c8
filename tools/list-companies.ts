import * as z from 'zod';
import { defineTool } from '../src/tool-kit/definition/define-tool.ts';
import { listNotes, wholePage } from '../src/tool-kit/lists/paging.ts';

export const listCompanies = defineTool({
  name: 'list_companies',
  title: 'List companies',
  scope: 'read',
  effect: 'read',
  description: 'Companies the token can see, and its owner’s role.',
  input: {},
  output: z.object({
    companies: z.array(
      z.object({ id: z.string().optional(), name: z.string().optional(), role: z.string().optional() }),
    ),
  }),
  run: async ({ api }) => {
    const { items: companies, rest, unknown } = wholePage(await api.listCompanies({}));
    return {
      data: { companies, ...unknown },
      lists: { companies: rest },
      notes: listNotes({ unknown, rest }, companies.length === 0 && 'No company that this token can see.'),
    };
  },
});
