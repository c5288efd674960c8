/**
 * Styles in which a thing's fields stand one level down: JSON:API and Strapi (`attributes`, `relationships`), Relay
 * (`edges` of `node`s), Elasticsearch (`hits` of `_source`s). They are flattened, in place, before
 * anything is read.
 */
import { isJsonObject, type JsonObject } from '../../base/json-object.ts';
import type { Reading } from '../schema-kit/reading.ts';

/** What an answer brings along for its references, by type and id. */
interface Included {
  things: Map<string, JsonObject>;
  /** How many more references are shown as what they lead to: things that refer to each other multiply. */
  left: number;
}

const MAX_SHOWN = 50_000;

/** References of references are shown by their ids. */
const DEEPEST = 3;
/** Envelopes in envelopes. */
const AROUND = 3;

/** @param isList a single thing's own fields are left as they are: what a page recorded may look like anything. */
export function flattenNestedFields(json: unknown, isList: boolean, reading: Reading): unknown {
  if (!isJsonObject(json)) return Array.isArray(json) && isResource(json[0]) ? lifted(json, reading) : json;
  if (isResource(json)) return lifted(json, reading);
  const { data } = json;
  if (isResource(data) || (Array.isArray(data) && isResource(data[0]))) {
    json.data = lifted(data, reading, includedIn(json));
    delete json.included;
    return json;
  }
  if (isList) unrolled(json, AROUND, reading);
  return json;
}

function lifted(
  value: unknown,
  reading: Reading,
  included: Included = { things: new Map(), left: 0 },
): unknown {
  reading.note('', 'fields under attributes');
  return related(value, included, 0);
}

function includedIn({ included }: JsonObject): Included {
  const all = (Array.isArray(included) ? included : []).filter(isJsonObject);
  return { things: new Map(all.map((one) => [keyOf(one), one])), left: MAX_SHOWN };
}

function keyOf({ type, id }: JsonObject): string {
  return `${type} ${id}`;
}

/** What a reference leads to: a thing, several, or no more than an id. */
function related(value: unknown, included: Included, depth: number): unknown {
  if (Array.isArray(value)) return value.map((one) => related(one, included, depth));
  if (!isJsonObject(value)) return value;
  const whole = isResource(value) ? value : thingOf(value, included);
  if (!whole || depth > DEEPEST) return value.id === undefined ? value : { id: value.id };
  const fields: JsonObject = { id: whole.id, ...(whole.attributes as JsonObject | undefined) };
  for (const [name, one] of Object.entries(fields))
    if (isReference(one)) fields[name] = related(one.data, included, depth + 1);
  const relationships = isJsonObject(whole.relationships) ? whole.relationships : {};
  for (const [name, one] of Object.entries(relationships))
    if (isReference(one) && fields[name] === undefined) fields[name] = related(one.data, included, depth + 1);
  return fields;
}

function thingOf(reference: JsonObject, included: Included): JsonObject | undefined {
  const thing = included.things.get(keyOf(reference));
  return thing && included.left-- > 0 ? thing : undefined;
}

function isResource(value: unknown): value is JsonObject & { attributes: JsonObject } {
  return isJsonObject(value) && isJsonObject(value.attributes) && value.id !== undefined;
}

/** `{data: {type, id}}`, `{data: [{…}]}`, `{data: null}`, with nothing beside it but links. */
function isReference(value: unknown): value is { data: unknown } {
  if (!isJsonObject(value) || !('data' in value)) return false;
  if (!Object.keys(value).every((name) => name === 'data' || name === 'links' || name === 'meta'))
    return false;
  const { data } = value;
  return (
    data === null ||
    (isJsonObject(data) && data.id !== undefined) ||
    (Array.isArray(data) && data.every(isJsonObject))
  );
}

function unrolled(place: JsonObject, depth: number, reading: Reading): void {
  for (const [name, key] of [
    ['edges', 'node'],
    ['hits', '_source'],
  ] as const) {
    const list = place[name];
    if (!Array.isArray(list) || !list.every((one) => isJsonObject(one) && isJsonObject(one[key]))) continue;
    delete place[name];
    place.items = list.map((one: JsonObject) =>
      key === 'node'
        ? one.node
        : { ...(one._id === undefined ? {} : { id: one._id }), ...(one._source as JsonObject) },
    );
    reading.note('', `rows under ${name}.${key}`);
    return;
  }
  if (depth === 0) return;
  for (const inner of Object.values(place)) {
    if (!isJsonObject(inner)) continue;
    unrolled(inner, depth - 1, reading);
  }
}
