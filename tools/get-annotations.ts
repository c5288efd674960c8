import * as z from 'zod';
import { defineTool } from '../src/catalogue/define-tool.ts';
import { ticketId } from '../src/catalogue/parameters.ts';

export const getAnnotations = defineTool({
  name: 'get_annotations',
  title: 'Get annotations of a screenshot',
  scope: 'read',
  effect: 'read',
  description:
    'What the reporter drew on the screenshot, in its pixels: strokes, circles, arrows, texts, redactions.',
  input: { ticket_id: ticketId },
  output: z.object({ annotations: z.array(z.object({ type: z.string().optional() })) }),
  run: async ({ api, input }) => ({ data: { annotations: await api.getAnnotations(input) } }),
});
