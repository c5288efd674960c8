import * as z from 'zod';
import { defineTool } from '../src/catalogue/define-tool.ts';
import { projectId } from '../src/catalogue/parameters.ts';

export const listMembers = defineTool({
  name: 'list_members',
  title: 'List members of a project',
  scope: 'read',
  effect: 'read',
  description: 'People who can see a project: whom its tickets can be assigned to.',
  input: { project_id: projectId },
  output: z.object({
    members: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        email: z.string().optional(),
        role: z.string().optional(),
      }),
    ),
  }),
  run: async ({ api, input }) => ({ data: { members: await api.listMembers(input) } }),
});
