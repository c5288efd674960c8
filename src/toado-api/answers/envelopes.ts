import { isJsonObject, type JsonObject } from '../../base/json-object.ts';
import { WRAPPERS } from '../vocabulary/envelope-names.ts';

const AROUND = [...WRAPPERS, 'meta', '_meta'];
const MAX_ENVELOPES = 5;

/** What an answer is wrapped in, and may say something of itself in: its top, and envelopes in envelopes. */
export function envelopesOf(json: unknown): JsonObject[] {
  const envelopes = isJsonObject(json) ? [json] : [];
  for (let at = 0; at < envelopes.length && envelopes.length < MAX_ENVELOPES; at++) {
    for (const name of AROUND) {
      const inner = envelopes[at]![name];
      if (isJsonObject(inner)) envelopes.push(inner);
    }
  }
  return envelopes;
}
