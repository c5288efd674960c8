/** What leaves of the catalogue in tools/list: the one place where names, schemas and hints become wire objects. */
import * as z from 'zod';
import type { Tool } from '../catalogue/define-tool.ts';
import { type Annotations, annotationsOf } from '../catalogue/effect.ts';
import { type WireSchema, wireSchema } from '../catalogue/wire-schema.ts';

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
  return {
    name: tool.name,
    title: tool.title,
    description: tool.description,
    inputSchema: wireSchema(z.object(tool.input), 'input', fixed),
    outputSchema: wireSchema(tool.output, 'output'),
    annotations: annotationsOf(tool.effect),
  };
}
