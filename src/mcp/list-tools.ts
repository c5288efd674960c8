/** What leaves of the catalogue in tools/list: the one place where names, schemas and hints become wire objects. */

import { type Annotations, annotationsOf } from '../base/effect.ts';
import type { CatalogueEntry, ObjectSchema } from '../catalogue/index.ts';
import { announced } from '../respond/respond.ts';
import { withoutProperties } from '../tool-kit/pinned-arguments.ts';

export type WireTool = {
  name: string;
  title: string;
  description: string;
  inputSchema: ObjectSchema;
  outputSchema?: ObjectSchema;
  annotations: Annotations;
};

/**
 * @param fixed names of arguments that are pinned, and so not the caller's to give.
 * @param structured whether answers carry `structuredContent`.
 */
export function wireTool(tool: CatalogueEntry, fixed: readonly string[] = [], structured = false): WireTool {
  return {
    name: tool.name,
    title: tool.title,
    description: tool.description,
    inputSchema: withoutProperties(tool.inputSchema, fixed),
    ...announced(tool.outputSchema, { structured }),
    annotations: annotationsOf(tool.effect),
  };
}
