/** What an API says is wrong with which field, one a line, in whichever form it lists that. */
import { isJsonObject, type JsonObject } from '../../base/json-object.ts';

const MAX_LINES = 20;
const MAX_DEPTH = 4;

const LISTS = [
  ...['errors', 'fieldErrors', 'field_errors', 'formErrors', 'fields', 'issues', 'violations'],
  ...['invalid_params', 'invalidParams', 'invalid-params', 'details', 'detail', 'fieldViolations'],
  ...['field_violations', 'messages', 'validationErrors', 'validation_errors', 'errorMessages'],
  ...['error_messages', 'errorDetails', 'error_details', 'modelState', 'properties', 'validation'],
  ...['causes', 'failures', 'invalid'],
];
const ABOUT_FIELD = [
  ...['field', 'path', 'param', 'parameter', 'name', 'property', 'propertyPath', 'property_path', 'loc'],
  ...['pointer', 'attribute', 'target', 'instancePath', 'dataPath', 'key', 'location', 'fieldName'],
  'field_name',
];
const ABOUT_WRONG = [
  ...['message', 'defaultMessage', 'detail', 'msg', 'reason', 'error', 'title', 'description', 'text'],
  ...['issue', 'errorMessage', 'error_message', 'userMessage', 'localizedMessage', 'summary'],
];
/** Details that don't speak of a field. */
const NO_FIELD = /scope|retry|request_?id|trace_?id|status|doc|url|help|^code$|^type$|^source$|^keys$/i;

type Add = (line: string) => void;

/** @param places where the lists may stand, the innermost first. */
export function fieldErrors(places: readonly JsonObject[]): string[] {
  const lines: string[] = [];
  const add: Add = (line) => {
    if (lines.length < MAX_LINES && line && !lines.includes(line)) lines.push(line);
  };
  for (const place of places) {
    for (const name of LISTS) {
      const value = place[name];
      if (isJsonObject(value) && LISTS.some((list) => value[list] !== undefined)) {
        for (const list of LISTS) if (value[list] !== undefined) collect(value[list], add, 0);
      } else collect(value, add, 0);
    }
  }
  return lines;
}

/** Fields alone, with what is wrong with each, and nothing around them. */
export function bareFieldErrors(body: JsonObject): string[] {
  const lists = Object.entries(body).filter(([, value]) => Array.isArray(value));
  return fieldErrors([{ errors: Object.fromEntries(lists) }]);
}

/** A message that is itself a list of issues, as text: what it lists. */
export function issuesIn(message: string): string[] {
  if (!/^\s*\[\s*\{/.test(message)) return [];
  try {
    return fieldErrors([{ errors: JSON.parse(message) as unknown }]);
  } catch {
    return [];
  }
}

function collect(value: unknown, add: Add, depth: number): void {
  if (depth > MAX_DEPTH) return;
  if (Array.isArray(value)) {
    for (const one of value.slice(0, MAX_LINES)) {
      if (typeof one === 'string') add(one);
      else if (isJsonObject(one)) {
        add(lineOf(one));
        for (const list of LISTS) if (Array.isArray(one[list])) collect(one[list], add, depth + 1);
      }
    }
    return;
  }
  if (!isJsonObject(value)) return;
  for (const [field, wrong] of Object.entries(value).slice(0, MAX_LINES)) {
    if (NO_FIELD.test(field)) continue;
    const words = wordsOf(wrong, depth);
    if (words.length > 0) add(`${field}: ${words.join('; ')}`);
  }
}

/** What is wrong with one field: a text, several, or objects that hold them. */
function wordsOf(wrong: unknown, depth: number): string[] {
  return (Array.isArray(wrong) ? wrong : [wrong]).flatMap((one): string[] => {
    if (typeof one === 'string') return [one];
    if (!isJsonObject(one)) return [];
    const line = lineOf(one);
    if (line) return [line];
    const inner: string[] = [];
    for (const list of LISTS) collect(one[list], (text) => inner.push(text), depth + 1);
    return inner;
  });
}

/** `title: is too long` */
function lineOf(one: JsonObject): string {
  const source = isJsonObject(one.source) ? one.source : {};
  const where = ABOUT_FIELD.map((name) => one[name] ?? source[name]).find(
    (value) => typeof value === 'string' || Array.isArray(value),
  );
  const wrong = ABOUT_WRONG.map((name) => one[name]).find((value) => typeof value === 'string') ?? one.code;
  const field = Array.isArray(where) ? where.join('.') : where;
  return [field, wrong].filter((part) => typeof part === 'string' && part !== '').join(': ');
}
