/** `experiments schema`: what files hold, as JSON Schema. */
import * as z from 'zod';
import { printJson } from '../../base/output.ts';
import { resultsSchema } from '../run/results.ts';
import { scenarioSchema } from '../scenario/schema.ts';

export const SCHEMAS = { scenario: scenarioSchema, results: resultsSchema };

export async function schema(name: keyof typeof SCHEMAS): Promise<void> {
  await printJson(z.toJSONSchema(SCHEMAS[name], { io: 'input' }));
}
