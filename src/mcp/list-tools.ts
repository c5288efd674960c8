/** What leaves of the catalogue in tools/list: the one place where names, schemas and hints become wire objects. */

import { type Annotations, annotationsOf } from '../base/effect.ts';
import type { CatalogueEntry, ObjectSchema } from '../catalogue/index.ts';
import { withoutProperties } from '../tool-kit/pinned-arguments.ts';

export type WireTool = {
  name: string;
  title: string;
  description: string;
  inputSchema: ObjectSchema;
  outputSchema: ObjectSchema;
  annotations: Annotations;
};

/** @param fixed names of arguments that are pinned, and so not the caller's to give. */
export function wireTool(tool: CatalogueEntry, fixed: readonly string[] = []): WireTool {
  return {
    name: tool.name,
    title: tool.title,
    description: tool.description,
    inputSchema: withoutProperties(tool.inputSchema, fixed),
    outputSchema: tool.outputSchema,
    annotations: annotationsOf(tool.effect),
  };
}
