/**
 * A success whose body says that it was none: a flag, a status word or number, an error where the thing should be. An
 * error beside the thing is a remark, unless it has a code of Toado's; a bulk call's rows say more than the flag above
 * them.
 */
import { isJsonObject, type JsonObject } from '../../base/json-object.ts';
import { inCamelCase } from '../errors/error-body.ts';
import { contractCode } from '../errors/error-sentences.ts';
import { LISTS, WRAPPERS } from '../fields/envelope-names.ts';
import {
  deniesInWords,
  FLAGS,
  failureCodeIn,
  isError,
  isFilled,
  NEGATIVE_WORD,
  saysNo,
  saysYes,
} from '../fields/outcome-words.ts';
import type { Form } from '../routes/answer-forms.ts';
import { hasKnownFields } from './read-answer.ts';
import { hasBulkRows } from './read-bulk.ts';

/** @returns the object that says so, with what stood around it; undefined where nothing does. */
export function refusalIn(form: Form, json: unknown): JsonObject | undefined {
  const given = Array.isArray(json) && json.length === 1 && form.kind !== 'list' ? json[0] : json;
  const body = isJsonObject(given) ? inCamelCase(given) : given;
  if (body === false || (typeof body === 'string' && NEGATIVE_WORD.test(body.trim())))
    return typeof body === 'string' ? { message: body } : {};
  if (!isJsonObject(body)) return undefined;
  if (form.kind === 'bulk' && hasRows(form, body)) return undefined;
  const isThere = isThingThere(form, body);
  if (isRefusal(body, isThere)) return body;
  // Around the row, a word is no field of the row's own.
  if (isThere && form.kind === 'one' && !isThing(form, body) && deniesInWords(body)) return body;
  if (isThere && form.kind === 'one' && !isThing(form, body) && hasKnownCode(body.error)) return body;
  for (const name of WRAPPERS) {
    const inner = body[name];
    // What the inner object doesn't say, the error around it may.
    if (!isJsonObject(inner)) continue;
    if (isRefusal(inner, isThere)) return { ...body, ...inner };
    for (const deeper of WRAPPERS) {
      const innermost = inner[deeper];
      if (isJsonObject(innermost) && isRefusal(innermost, isThere))
        return { ...body, ...inner, ...innermost };
    }
  }
  return undefined;
}

function isRefusal(body: JsonObject, isThere: boolean): boolean {
  if (FLAGS.some((name) => saysNo(body[name]))) return true;
  if (isThere) return false;
  if (deniesInWords(body)) return true;
  if (FLAGS.some((name) => body[name] === true)) return false;
  const { error, errors } = body;
  if (
    isError(error) ||
    (isFilled(errors) && Object.keys(body).every((name) => name === 'errors' || !isFilledList(body[name])))
  )
    return true;
  return hasErrorCode(body) || failureCodeIn(body) !== undefined;
}

/** A code and a sentence, and no thing. */
function hasErrorCode({ code, message, detail, msg }: JsonObject): boolean {
  if (typeof code !== 'string' || saysYes(code)) return false;
  return contractCode(code) !== undefined || [message, detail, msg].some((one) => typeof one === 'string');
}

/** `{error: {code: 'forbidden'}}`, `{error: 'forbidden'}`. */
function hasKnownCode(error: unknown): boolean {
  const code = isJsonObject(error) ? error.code : error;
  return typeof code === 'string' && contractCode(code) !== undefined;
}

/** The thing that the route promises: its id and something of it, or what it can't be read without. */
function isThingThere(form: Form, body: JsonObject): boolean {
  if (form.kind !== 'one') return hasRows(form, body);
  if (isThing(form, body)) return true;
  const names = [...WRAPPERS, ...form.own];
  const places = names.map((name) => body[name]).filter(isJsonObject);
  for (const place of [...places])
    for (const name of names) if (isJsonObject(place[name])) places.push(place[name]);
  return places.some((place) => isThing(form, place));
}

function isThing(form: Form, place: JsonObject): boolean {
  const { fields, neededFields, fieldOf } = form.schema;
  if (neededFields.length > 0) return neededFields.some((field) => fieldOf(place, field) !== undefined);
  if ('id' in fields) return fieldOf(place, 'id') !== undefined && hasKnownFields(form, place, 2);
  return hasKnownFields(form, place, 1) && !isError(place.error);
}

function hasRows(form: Form, body: JsonObject): boolean {
  if (form.kind === 'bulk') return hasBulkRows(form, body);
  const names = [...form.own, ...LISTS];
  const inside = [...WRAPPERS, ...names].map((name) => body[name]).filter(isJsonObject);
  return [body, ...inside].some((place) => names.some((name) => isFilledList(place[name])));
}

function isFilledList(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}
