/**
 * A tool's two schemas as they leave the process, made once. The build works them out beforehand and puts the
 * result in this module's place (build/bundle.ts), so that a start does not pay for it.
 */
import type { Tool } from './define-tool.ts';
import { type WireSchema, wireSchema } from './wire-schema.ts';

export interface Wired {
  input: WireSchema & { type: 'object' };
  output: WireSchema & { type: 'object' };
}

const made = new WeakMap<Tool, Wired>();

export function wiredSchemas(tool: Tool): Wired {
  let wired = made.get(tool);
  if (!wired) {
    wired = { input: wireSchema(tool.parser, 'input'), output: wireSchema(tool.output, 'output') };
    made.set(tool, wired);
  }
  return wired;
}
