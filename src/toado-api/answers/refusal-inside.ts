/**
 * A success whose body says that it was none: a flag, a status word or number, an error where the thing should be. An
 * error beside the thing is a remark, unless it has a code of Toado's; a bulk call's rows say more than the flag above
 * them.
 */
import { isJsonObject, type JsonObject } from '../../base/json-object.ts';
import { inCamelCase } from '../errors/error-body.ts';
import { contractCode } from '../errors/error-codes.ts';
import type { Form } from '../routes/answer-forms.ts';
import { rowsById } from '../schema-kit/rows-by-id.ts';
import { LISTS, WRAPPERS } from '../vocabulary/envelope-names.ts';
import { isTicketId } from '../vocabulary/ids.ts';
import {
  deniesInWords,
  FLAGS,
  failureCodeIn,
  holdsError,
  isError,
  isFailureCode,
  NEGATIVE_WORD,
  STATUS_WORDS,
  saysNo,
  saysYes,
} from '../vocabulary/outcome-words.ts';
import { hasBulkRows } from './find-bulk-rows.ts';
import { hasKnownFields } from './read-answer.ts';

/** Where an answer may say of itself how it fared. */
const AROUND = [...WRAPPERS, 'meta', ...STATUS_WORDS];

/**
 * @param isRead what came is shown, whatever else is said inside of it.
 * @returns the object that says so, with what stood around it; undefined where nothing does.
 */
export function refusalIn(form: Form, json: unknown, isRead = false): JsonObject | undefined {
  const given = Array.isArray(json) && json.length === 1 && form.kind !== 'list' ? json[0] : json;
  const body = isJsonObject(given) ? inCamelCase(given) : given;
  if (body === false || (typeof body === 'string' && NEGATIVE_WORD.test(body.trim())))
    return typeof body === 'string' ? { message: body } : {};
  if (!isJsonObject(body)) return undefined;
  if (form.kind === 'bulk' && (hasRows(form, body) || hasErrorsByPlace(body))) return undefined;
  /** The body is the thing itself: a word or an error in it may be a field of its own. */
  const isBare = form.kind === 'one' && isThing(form, body);
  const isThere = isBare || isThingThere(form, body);
  /** Beside a yes, an error of a write contradicts it: only a look tells. */
  const isYes = (...places: JsonObject[]) => !isRead && [body, ...places].some(saysYesItself);
  if (isRefusal(body, isThere, isYes())) return body;
  if (isThere && form.kind === 'one') {
    if (!isBare && deniesInWords(body)) return body;
    const readable = isBare ? [] : [body];
    const place = (isRead ? readable : placesOfThing(form, body)).find(hasKnownError);
    if (place) return place === body ? body : { ...body, ...place };
  }
  for (const name of AROUND) {
    const inner = body[name];
    if (inner === false && !isThere) return body;
    // What the inner object doesn't say, the error around it may.
    if (!isJsonObject(inner)) continue;
    const isAround = name === 'meta';
    if (isRefusal(inner, isThere, isYes(inner)) || (isAround && !isRead && deniesInWords(inner)))
      return { ...body, ...inner };
    for (const deeper of WRAPPERS) {
      const innermost = inner[deeper];
      if (isJsonObject(innermost) && isRefusal(innermost, isThere, isYes(inner, innermost)))
        return { ...body, ...inner, ...innermost };
    }
  }
  return undefined;
}

/** `{errors: [{index: 1, message: "locked"}]}`, `{errors: {1: "locked"}}`, `[null, "locked"]`: of some of the tickets. */
function hasErrorsByPlace({ errors }: JsonObject): boolean {
  if (isJsonObject(errors)) {
    const names = Object.keys(errors);
    return names.length > 0 && names.every((name) => /^\d+$/.test(name) || isTicketId(name));
  }
  return (
    Array.isArray(errors) &&
    errors.some(
      (one) =>
        one === null ||
        (isJsonObject(one) && [one.index, one.row, one.position].some((at) => at !== undefined)),
    )
  );
}

/** A flag, or a word for how it went. */
function saysYesItself(place: JsonObject): boolean {
  const isYes = (value: unknown) =>
    value === true || (typeof value === 'string' && value !== '' && saysYes(value));
  return [...FLAGS, ...STATUS_WORDS].some((name) => isYes(place[name]));
}

function isRefusal(body: JsonObject, isThere: boolean, isYes: boolean): boolean {
  if (FLAGS.some((name) => saysNo(body[name]))) return true;
  if (isThere) return false;
  if (deniesInWords(body)) return true;
  // How many succeeded is a yes, too.
  if (FLAGS.some((name) => body[name] === true || Number(body[name]) > 0)) return false;
  const { error, errors } = body;
  const isAlone = () => Object.keys(body).every((name) => name === 'errors' || !isFilledList(body[name]));
  if (!isYes && (isError(error) || (holdsError(errors) && isAlone()))) return true;
  return hasErrorCode(body) || failureCodeIn(body) !== undefined;
}

/** A code and a sentence, and no thing. Numbers begin at 0 or 1 where all is well. */
function hasErrorCode({ code, message, detail, msg }: JsonObject): boolean {
  const texts = [message, detail, msg].filter((one) => typeof one === 'string');
  if (typeof code === 'number')
    return isFailureCode(code) && code !== 1 && texts.some((one) => !saysYes(one));
  if (typeof code !== 'string' || saysYes(code)) return false;
  return contractCode(code) !== undefined || texts.length > 0;
}

/** `{error: {code: 'forbidden'}}`, `{error: 'forbidden'}`, `{errors: [{code: 'forbidden'}]}`. */
function hasKnownError({ error, errors }: JsonObject): boolean {
  return [error, ...(Array.isArray(errors) ? errors : [])].some((one: unknown) => {
    const code = isJsonObject(one) ? one.code : one;
    return typeof code === 'string' && contractCode(code) !== undefined;
  });
}

/** What the route promises, somewhere in the body: the thing, or rows. */
function isThingThere(form: Form, body: JsonObject): boolean {
  if (form.kind !== 'one') return hasRows(form, body);
  return placesOfThing(form, body).some((place) => isThing(form, place));
}

/** Where the thing may stand: at the top, under one of its names, one level further in. */
function placesOfThing(form: Form, body: JsonObject): JsonObject[] {
  const names = [...WRAPPERS, ...form.own];
  const inside = (place: JsonObject) => names.map((name) => place[name]).filter(isJsonObject);
  const places = inside(body);
  return [body, ...places, ...places.flatMap(inside)];
}

/** The thing that the route promises: its id and something of it, or what it can't be read without. */
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
  return [body, ...inside].some((place) =>
    names.some(
      (name) =>
        isFilledList(place[name]) || rowsById(place[name], form.schema, { isNamed: true }) !== undefined,
    ),
  );
}

function isFilledList(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}
