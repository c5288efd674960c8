import * as z from 'zod';
import { defineTool } from '../src/tool-kit/definition/define-tool.ts';

export const whoami = defineTool({
  name: 'whoami',
  title: 'Who am I',
  effect: 'read',
  description:
    'Whom the token acts as, its limits, which tools it lacks and why. Call it when a tool is missing or refused.',
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
