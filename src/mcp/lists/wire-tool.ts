/** What leaves of the catalogue in tools/list: the one place where names, schemas and hints become wire objects. */

import { type Annotations, annotationsOf } from '../../base/effect.ts';
import type { CatalogueEntry, ObjectSchema } from '../../catalogue/index.ts';
import { announcedSchema } from '../../respond/result-options.ts';
import { withoutProperties } from '../../tool-kit/arguments/pinned-arguments.ts';
import { withAsFile } from '../../tool-kit/definition/as-file.ts';

export type WireTool = {
  name: string;
  title: string;
  description: string;
  inputSchema: ObjectSchema;
  outputSchema?: ObjectSchema;
  annotations: Annotations;
  _meta?: Record<string, unknown>;
};

export interface ListForm {
  /** Names of arguments that are pinned, and so not the caller's to give. */
  fixed?: readonly string[];
  /** Whether answers carry `structuredContent`. */
  structured?: boolean;
  /** Whether hosts are asked to load the tools that workflows begin with at once. */
  alwaysLoad?: boolean;
  /** Whether a folder for files is named. */
  files?: boolean;
}

/** Every workflow begins with these. */
const FIRST: readonly string[] = ['get_ticket', 'list_comments', 'list_tickets', 'search_tickets'];

export function wireTool(
  tool: CatalogueEntry,
  { fixed = [], structured = false, alwaysLoad = false, files = false }: ListForm = {},
): WireTool {
  return {
    name: tool.name,
    title: tool.title,
    description: tool.description,
    inputSchema: withoutProperties(withAsFile(tool, files), fixed),
    ...announcedSchema(tool.outputSchema, { structured }),
    annotations: annotationsOf(tool.effect),
    // Claude Code's: it defers tools and finds them by search.
    ...(alwaysLoad && FIRST.includes(tool.name) ? { _meta: { 'anthropic/alwaysLoad': true } } : {}),
  };
}
