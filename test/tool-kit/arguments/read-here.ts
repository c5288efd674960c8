import { Failure } from '../../../src/base/failure.ts';
import { readArguments } from '../../../src/tool-kit/arguments/read-arguments.ts';
import { jsonSchema } from '../../../src/tool-kit/definition/json-schema.ts';
import { tools } from '../../../tools/index.ts';

export const A = 't-7Kq2Mx';
export const B = 't-3dGhZa';
export type Args = Record<string, unknown>;

export function read(name: string, given: Args, fixed: Args = {}): Args {
  const tool = tools.find((one) => one.name === name)!;
  return readArguments(name, tool.parser, jsonSchema(tool.parser, 'input'), given, fixed);
}

export function refusal(name: string, given: Args, fixed?: Args): string {
  try {
    return `accepted: ${JSON.stringify(read(name, given, fixed))}`;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return `${error.sentence} Next: ${error.next}`;
  }
}

export const panel = { ticket_id: 't-abc123', panel: 'network' };
export const board = { project_id: 'Storefront' };
