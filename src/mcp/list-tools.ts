/** What leaves of the catalogue in tools/list: the one place where names, schemas and hints become wire objects. */

import { type Annotations, annotationsOf } from '../base/effect.ts';
import { announced } from '../respond/respond.ts';
import type { Tool } from '../tool-kit/define-tool.ts';
import { withoutProperties } from '../tool-kit/pinned-arguments.ts';
import type { WireSchema } from '../tool-kit/wire-schema.ts';
import { wiredSchemas } from '../tool-kit/wired.ts';

export type WireTool = {
  name: string;
  title: string;
  description: string;
  inputSchema: WireSchema & { type: 'object' };
  outputSchema?: WireSchema & { type: 'object' };
  annotations: Annotations;
};

/**
 * @param fixed names of arguments that are pinned, and so not the caller's to give.
 * @param structured whether answers carry `structuredContent`.
 */
export function wireTool(tool: Tool, fixed: readonly string[] = [], structured = false): WireTool {
  const { input, output } = wiredSchemas(tool);
  return {
    name: tool.name,
    title: tool.title,
    description: tool.description,
    inputSchema: withoutProperties(input, fixed),
    ...announced(output, { structured }),
    annotations: annotationsOf(tool.effect),
  };
}
