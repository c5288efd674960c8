/** What leaves of the catalogue in tools/list: the one place where names, schemas and hints become wire objects. */
import type { Tool } from '../catalogue/define-tool.ts';
import { type Annotations, annotationsOf } from '../catalogue/effect.ts';
import { withoutProperties } from '../catalogue/narrow-schema.ts';
import type { WireSchema } from '../catalogue/wire-schema.ts';
import { wiredSchemas } from '../catalogue/wired.ts';

export type WireTool = {
  name: string;
  title: string;
  description: string;
  inputSchema: WireSchema & { type: 'object' };
  outputSchema: WireSchema & { type: 'object' };
  annotations: Annotations;
};

/** @param fixed names of arguments that are pinned, and so not the caller's to give. */
export function wireTool(tool: Tool, fixed: readonly string[] = []): WireTool {
  const { input, output } = wiredSchemas(tool);
  return {
    name: tool.name,
    title: tool.title,
    description: tool.description,
    inputSchema: withoutProperties(input, fixed),
    outputSchema: output,
    annotations: annotationsOf(tool.effect),
  };
}
