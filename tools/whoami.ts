import * as z from 'zod';
import { defineTool } from '../src/catalogue/define-tool.ts';

export const whoami = defineTool({
  name: 'whoami',
  title: 'What this token may do',
  effect: 'read',
  description:
    'Who the Toado token acts as, its scopes, restrictions and limits, which tools it leaves out and why. Call it first when a tool is missing or refused.',
  input: {},
  output: z.object({
    state: z.string(),
    api: z.string(),
    label: z.string().optional(),
    scopes: z.array(z.string()).optional(),
    withheld: z.array(z.object({ tool: z.string(), reason: z.string() })).optional(),
  }),
  run: ({ session, signal }) => session.describe(signal),
});
