import * as z from 'zod';
import { defineTool } from '../src/tool-kit/define-tool.ts';
import { wholeList } from '../src/tool-kit/paging.ts';

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
    const companies = await api.listCompanies({});
    const notes = companies.length === 0 ? ['No company that this token can see.'] : [];
    return { data: { companies }, lists: { companies: wholeList(companies) }, notes };
  },
});
