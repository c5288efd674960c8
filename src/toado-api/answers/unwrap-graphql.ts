import { isJsonObject } from '../../base/json-object.ts';
import { looksLikeId } from '../vocabulary/ids.ts';

/** Two words, as names of operations have: `ticketUpdate`, `update_tickets`. */
const AN_OPERATION = /^_?[a-z]+(_[a-z]+|[A-Z][a-z]+)+$/;

/**
 * `{data: {ticketUpdate: {success: true, ticket: {...}}}}`, as GraphQL answers a write: what the operation says stands
 * under `data` itself.
 */
export function unwrapGraphql(json: unknown): unknown {
  if (!isJsonObject(json) || !isJsonObject(json.data)) return json;
  const [name, ...others] = Object.keys(json.data);
  if (name === undefined || others.length > 0 || !AN_OPERATION.test(name)) return json;
  const said = json.data[name];
  if (!isJsonObject(said) || 'id' in said || Object.keys(said).some((key) => looksLikeId(key))) return json;
  return { ...json, data: said };
}
