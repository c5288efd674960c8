/**
 * What an API explains of a failure, in whichever common form: `{error: {code, message, details}}`, `{error: "text"}`,
 * `{message}`, `{errors: […]}`, `{errors: {field: […]}}`, problem details (RFC 9457), plain text. Its words are kept
 * apart from ours, because they may repeat what somebody wrote.
 */
import { isJsonObject, type JsonObject } from '../../base/json-object.ts';
import type { HttpResponse } from '../http/http.ts';
import { parseJson, parsePart } from '../json/parse-json.ts';
import { bareFieldErrors, fieldErrors, issuesIn } from './field-errors.ts';

export interface ErrorBody {
  /** As the API spells it. */
  code?: string | undefined;
  /** Its message, and what is wrong with which field, one a line. */
  message?: string | undefined;
  requiredScope?: string | undefined;
  retryAfter?: number | undefined;
  requestId?: string | undefined;
  /** The status that stands in the body, where the answer's own is a success. */
  status?: number | undefined;
}

/** It stands outside the fence. */
const A_SCOPE = /^[a-z][a-z:._]{0,39}$/;
const A_REQUEST_ID = /^[\w.:+/=-]{4,128}$/;
/** More of them read like a sentence, and the id is said outside the fence. Hexadecimal is no word. */
const MAX_WORDS = 2;

/** Undefined where the body explains nothing: none, or no form of an error. */
export function errorBodyOf(answer: HttpResponse): ErrorBody | undefined {
  const { text } = answer;
  if (text.trim() === '' || isPage(answer)) return undefined;
  let json: unknown;
  try {
    json = parseJson(text);
  } catch {
    // Where it broke off, its beginning may be enough.
    json = parsePart(text);
    if (!isJsonObject(json) || Object.keys(json).length === 0) {
      // What broke off may end in half a secret, which nothing recognises: the last word goes. Cut is only what is redacted.
      return { message: answer.isCut ? text.replace(/\S+$/, '…') : text };
    }
  }
  if (typeof json === 'string') return { message: json };
  return isJsonObject(json)
    ? readErrorBody(json)
    : Array.isArray(json)
      ? readErrorBody({ errors: json })
      : undefined;
}

/** A web page: what something in between answers, or a route of a web application's. */
export function isPage({ headers, text }: HttpResponse): boolean {
  return /html|xml/i.test(String(headers['content-type'] ?? ''))
    ? !/^\s*[{[]/.test(text)
    : /^\s*</.test(text);
}

const INNER = ['error', 'fault', 'problem', 'failure', 'err', 'json', 'problemDetails'];
/** Names of what is said in words. */
export const MESSAGES = [
  ...['message', 'detail', 'title', 'error_description', 'errorDescription', 'msg', 'reason'],
  ...['description', 'errorMessage', 'error_message', 'errmsg', 'err_msg', 'faultstring', 'userMessage'],
  ...['hydra:description', 'localizedMessage'],
];
const SCOPES = [
  ...['required_scope', 'requiredScope', 'required_scopes', 'requiredScopes', 'missing_scope'],
  ...['missingScope', 'needed', 'needed_scope', 'scope'],
];
const WAITS = [
  ...['retry_after', 'retryAfter', 'retry_after_seconds', 'retryAfterSeconds', 'retry_in', 'retryIn'],
];

export function readErrorBody(given: JsonObject): ErrorBody {
  const body = inCamelCase(given);
  // Where the error stands in a field of its own, what stands around it says more.
  const inner = innermost(body);
  const places = inner ? [inner, body] : [body];
  const first = firstError(places);
  const details = places.map(({ details }) => details).find(isJsonObject);
  const meta = isJsonObject(body.meta) ? body.meta : {};
  const look = (names: readonly string[], within: readonly JsonObject[]): unknown => {
    for (const place of within)
      for (const name of names) if (place[name] !== undefined && place[name] !== null) return place[name];
    return undefined;
  };
  const around = details ? [...places, details] : places;
  const code = codeIn(body, inner, first);
  const scopes = look(SCOPES, around);
  const scope = Array.isArray(scopes) ? scopes[0] : scopes;
  const wait = look(WAITS, [...around, meta]);
  const seconds = typeof wait === 'string' && /^\d+(\.\d+)?$/.test(wait) ? Number(wait) : wait;
  const id = look(
    ['request_id', 'requestId', 'trace_id', 'traceId', 'correlationId', 'debug_id'],
    [...around, meta],
  );
  const status = Number(
    look(['status', 'status_code', 'statusCode', 'code', 'httpStatus'], [...places, first]),
  );
  return {
    code,
    message: wordsIn(body, places, code) || undefined,
    requiredScope: typeof scope === 'string' && A_SCOPE.test(scope) ? scope : undefined,
    retryAfter:
      typeof seconds === 'number' && seconds >= 0 && seconds <= 86_400 ? Math.ceil(seconds) : undefined,
    requestId: cleanId(id),
    status: status >= 400 && status < 600 ? status : undefined,
  };
}

/** Its message, and what is wrong with which field, one a line. */
function wordsIn(body: JsonObject, places: readonly JsonObject[], code: string | undefined): string {
  const { error, errors, data, status } = body;
  const message =
    textIn(places, MESSAGES) ?? (typeof error === 'string' && error !== code ? error : undefined);
  const lines = fieldErrors(places);
  // JSend's failure has its fields under data.
  if (lines.length === 0 && isJsonObject(data) && (status === 'fail' || status === 'error'))
    lines.push(...fieldErrors([{ errors: data }]));
  if (message === undefined && lines.length === 0) lines.push(...bareFieldErrors(body));
  const issues = message === undefined ? [] : issuesIn(message);
  if (issues.length > 0) return [...issues, ...lines].join('\n');
  const alone = message === undefined && typeof errors === 'string' ? errors : message;
  // The field that the message is about, where it doesn't name it.
  const about = [places[0]?.param, places[0]?.field].find((one) => typeof one === 'string' && one !== '');
  const first =
    alone !== undefined && typeof about === 'string' && !alone.includes(about) ? `${about}: ${alone}` : alone;
  return [first, ...lines.filter((line) => !alone?.includes(line))]
    .filter((line) => line !== undefined)
    .join('\n');
}

/** .NET writes `Message`, `ModelState`; others `STATUS`. */
export function inCamelCase(body: JsonObject): JsonObject {
  if (!Object.keys(body).some((name) => /^[A-Z]/.test(name))) return body;
  const lower = (name: string) => {
    if (/^[A-Z][A-Z_]+$/.test(name)) return name.toLowerCase();
    return /^[A-Z][a-z]/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
  };
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [lower(name), value]));
}

/** The object that explains the failure, where it is not the body itself. */
function innermost(body: JsonObject): JsonObject | undefined {
  let found: JsonObject | undefined;
  for (let place = body, depth = 0; depth < 3; depth++) {
    const next = INNER.map((name) => place[name]).find(isJsonObject);
    if (!next) break;
    place = inCamelCase(next);
    found = place;
  }
  return found;
}

/** The first of a list of errors, with what it says of itself further in. */
function firstError(places: readonly JsonObject[]): JsonObject {
  const first: unknown = places
    .map(({ errors }) => (Array.isArray(errors) ? errors[0] : undefined))
    .find(isJsonObject);
  if (!isJsonObject(first)) return {};
  return isJsonObject(first.extensions) ? { ...first.extensions, ...first } : first;
}

/** The id under which Toado's support finds the request. */
export function requestIdOf({ headers }: HttpResponse): string | undefined {
  return cleanId(headers['x-request-id'] ?? headers['request-id'] ?? headers['x-correlation-id']);
}

function cleanId(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || !A_REQUEST_ID.test(text)) return undefined;
  const words = text.split(/[^a-z0-9]+/i).filter((one) => /^[a-z]*[g-z][a-z]+$/i.test(one));
  return words.length > MAX_WORDS ? undefined : text;
}

/** `insufficient_scope` in the header that HTTP has for it: `WWW-Authenticate: Bearer error="…", scope="…"`. */
export function challengeOf({ headers }: HttpResponse): {
  code?: string | undefined;
  scope?: string | undefined;
} {
  const text = String(headers['www-authenticate'] ?? '');
  const scope = /\bscope="([^"]*)"/.exec(text)?.[1]?.split(' ')[0];
  return {
    code: /\berror="([^"]*)"/.exec(text)?.[1],
    scope: scope && A_SCOPE.test(scope) ? scope : undefined,
  };
}

function codeIn(body: JsonObject, inner: JsonObject | undefined, first: JsonObject): string | undefined {
  const { error } = body;
  const data = isJsonObject(inner?.data) ? inner.data : {};
  for (const code of [
    ...[inner?.code, body.code, body.error_code, body.errorCode, inner?.errorcode, data.code, inner?.status],
    ...[inner?.type, isWord(error) && error, first.code, body.category, body.reason],
  ]) {
    if (isWord(code)) return code;
  }
  // A problem's type is an address whose end names it.
  const type = typeof body.type === 'string' ? body.type.split(/[/#:]/).at(-1) : undefined;
  return type !== undefined &&
    /^[a-z]+([_-][a-z]+)*$/i.test(type) &&
    !/^(blank|about|error|list)$/i.test(type)
    ? type
    : undefined;
}

function isWord(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 60 && /^[A-Za-z]\w*([.-]\w+)*$/.test(value);
}

function textIn(places: readonly JsonObject[], names: readonly string[]): string | undefined {
  for (const place of places)
    for (const name of names) {
      const value = place[name];
      if (typeof value === 'string' && value.trim() !== '') return value;
      if (
        /^(message|detail|msg)$/.test(name) &&
        Array.isArray(value) &&
        value.length > 0 &&
        value.every((one) => typeof one === 'string')
      )
        return value.join('\n');
    }
  return undefined;
}
