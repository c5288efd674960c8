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
  _meta?: Record<string, unknown>;
};

export interface ListForm {
  /** Names of arguments that are pinned, and so not the caller's to give. */
  fixed?: readonly string[];
  /** Whether answers carry `structuredContent`. */
  structured?: boolean;
  /** Whether hosts are asked to load the tools that workflows begin with at once. */
  alwaysLoad?: boolean;
}

/** Every workflow begins with these. */
const FIRST: readonly string[] = ['get_ticket', 'list_comments', 'list_tickets', 'search_tickets'];

export function wireTool(
  tool: Tool,
  { fixed = [], structured = false, alwaysLoad = false }: ListForm = {},
): WireTool {
  const { input, output } = wiredSchemas(tool);
  return {
    name: tool.name,
    title: tool.title,
    description: tool.description,
    inputSchema: withoutProperties(input, fixed),
    ...announced(output, { structured }),
    annotations: annotationsOf(tool.effect),
    // Claude Code's: it defers tools and finds them by search.
    ...(alwaysLoad && FIRST.includes(tool.name) ? { _meta: { 'anthropic/alwaysLoad': true } } : {}),
  };
}
