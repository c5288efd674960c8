import * as z from 'zod';
import { defineTool } from '../src/catalogue/define-tool.ts';
import { companyId } from '../src/catalogue/parameters.ts';

export const listProjects = defineTool({
  name: 'list_projects',
  title: 'List projects',
  scope: 'read',
  effect: 'read',
  description:
    'Projects this token can see, with the page addresses each covers. Start here to find a project id.',
  input: { company_id: companyId.optional() },
  output: z.object({
    projects: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        company_id: z.string().optional(),
        url_patterns: z.array(z.string()).optional(),
      }),
    ),
  }),
  run: async ({ api, input }) => ({
    data: { projects: await api.listProjects(input) },
    lists: { projects: { more: 'list_projects with company_id' } },
  }),
});
