/**
 * What an API explains of a failure, in whichever common form: `{error: {code, message, details}}`, `{error: "text"}`,
 * `{message}`, `{errors: […]}`, `{errors: {field: […]}}`, problem details (RFC 9457), plain text. Its words are kept
 * apart from ours, because they may repeat what somebody wrote.
 */
import type { HttpResponse } from './http.ts';
import { parseJson, parsePart } from './parse-json.ts';

type Data = Record<string, unknown>;

export interface ErrorBody {
  /** As the API spells it. */
  code?: string | undefined;
  /** Its message, and what is wrong with which field, one a line. */
  message?: string | undefined;
  /** Whether it said anything about single fields. */
  requiredScope?: string | undefined;
  retryAfter?: number | undefined;
  requestId?: string | undefined;
  /** The status that stands in the body, where the answer's own is a success. */
  status?: number | undefined;
}

const MAX_LINES = 20;
/** It stands outside the fence. */
const A_SCOPE = /^[a-z][a-z:._]{0,39}$/;
const A_REQUEST_ID = /^[\w.:+/=-]{4,128}$/;

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
    if (!isData(json) || Object.keys(json).length === 0) return { message: text.slice(0, 2_000) };
  }
  if (typeof json === 'string') return { message: json };
  return isData(json)
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

export function readErrorBody(body: Data): ErrorBody {
  const { error } = body;
  // Where the error stands in a field of its own, what stands around it says more.
  const inner = isData(error) ? error : undefined;
  const places = inner ? [inner, body] : [body];
  const details = places.map(({ details }) => details).find(isData);
  const look = (...names: string[]): unknown => {
    for (const place of details ? [...places, details] : places)
      for (const name of names) if (place[name] !== undefined && place[name] !== null) return place[name];
    return undefined;
  };
  const code = codeIn(body, inner);
  const words = textIn(places, ['message', 'detail', 'title', 'error_description', 'msg', 'reason']);
  const message = words ?? (typeof error === 'string' && error !== code ? error : undefined);
  const lines = fieldLines(places);
  // Fields alone, with what is wrong with each.
  if (message === undefined && lines.length === 0)
    linesOf(Object.fromEntries(Object.entries(body).filter(([, value]) => Array.isArray(value))), (line) =>
      lines.push(line),
    );
  const alone = message === undefined && typeof body.errors === 'string' ? body.errors : message;
  const all = [alone, ...lines.filter((line) => line !== alone)]
    .filter((line) => line !== undefined)
    .join('\n');
  const scopes = look(
    'required_scope',
    'requiredScope',
    'required_scopes',
    'requiredScopes',
    'missing_scope',
    'scope',
  );
  const scope = Array.isArray(scopes) ? scopes[0] : scopes;
  const meta = isData(body.meta) ? body.meta : {};
  const wait =
    look('retry_after', 'retryAfter', 'retry_after_seconds', 'retryAfterSeconds') ??
    meta.retry_after_seconds ??
    meta.retryAfterSeconds ??
    meta.retry_after;
  const seconds = typeof wait === 'string' && /^\d+(\.\d+)?$/.test(wait) ? Number(wait) : wait;
  const id = look('request_id', 'requestId', 'trace_id', 'traceId') ?? meta.request_id ?? meta.requestId;
  const status = look('status', 'status_code', 'statusCode');
  return {
    code,
    message: all || undefined,
    requiredScope: typeof scope === 'string' && A_SCOPE.test(scope) ? scope : undefined,
    retryAfter:
      typeof seconds === 'number' && seconds >= 0 && seconds <= 86_400 ? Math.ceil(seconds) : undefined,
    requestId: cleanId(id),
    status: typeof status === 'number' && status >= 400 && status < 600 ? status : undefined,
  };
}

/** The id under which Toado's support finds the request. */
export function requestIdOf({ headers }: HttpResponse): string | undefined {
  return cleanId(headers['x-request-id'] ?? headers['request-id'] ?? headers['x-correlation-id']);
}

function cleanId(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && A_REQUEST_ID.test(text) ? text : undefined;
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

function codeIn(body: Data, inner: Data | undefined): string | undefined {
  const { error, errors } = body;
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  for (const code of [
    inner?.code,
    body.code,
    body.error_code,
    body.errorCode,
    inner?.status,
    inner?.type,
    isWord(error) && error,
    isData(first) && first.code,
  ]) {
    if (isWord(code)) return code;
  }
  // A problem's type is an address whose end names it.
  const type = typeof body.type === 'string' ? body.type.split(/[/#:]/).at(-1) : undefined;
  return isWord(type) && type !== 'blank' && type !== 'about' ? type : undefined;
}

function isWord(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 60 && /^[A-Za-z]\w*([.-]\w+)*$/.test(value);
}

function textIn(places: readonly Data[], names: readonly string[]): string | undefined {
  for (const place of places)
    for (const name of names) {
      const value = place[name];
      if (typeof value === 'string' && value.trim() !== '') return value;
      if (
        name !== 'title' &&
        Array.isArray(value) &&
        value.length > 0 &&
        value.every((one) => typeof one === 'string')
      )
        return value.join('\n');
    }
  return undefined;
}

const FIELD_LISTS = [
  'errors',
  'fieldErrors',
  'field_errors',
  'fields',
  'issues',
  'violations',
  'invalid_params',
  'invalidParams',
  'invalid-params',
  'details',
  'detail',
  'fieldViolations',
  'field_violations',
  'validationErrors',
  'validation_errors',
];

/** What is wrong with which field, one a line. */
function fieldLines(places: readonly Data[]): string[] {
  const lines: string[] = [];
  const add = (line: string) => {
    if (lines.length < MAX_LINES && line && !lines.includes(line)) lines.push(line);
  };
  for (const place of places) {
    for (const name of FIELD_LISTS) {
      const value = place[name];
      if (name === 'details' && isData(value)) {
        for (const list of FIELD_LISTS) if (value[list] !== undefined) linesOf(value[list], add);
        if (!FIELD_LISTS.some((list) => value[list] !== undefined)) linesOf(value, add);
      } else {
        linesOf(value, add);
      }
    }
  }
  return lines;
}

const ABOUT_FIELD = [
  'field',
  'path',
  'param',
  'parameter',
  'name',
  'property',
  'loc',
  'pointer',
  'attribute',
];
const ABOUT_WRONG = ['message', 'defaultMessage', 'detail', 'msg', 'reason', 'error', 'title', 'description'];
/** Details that don't speak of a field. */
const NO_FIELD = /scope|retry|request_?id|trace_?id|status|doc|url|help/i;

function linesOf(value: unknown, add: (line: string) => void): void {
  if (Array.isArray(value)) {
    for (const one of value.slice(0, MAX_LINES)) {
      if (typeof one === 'string') add(one);
      else if (isData(one)) {
        add(lineOf(one));
        for (const list of FIELD_LISTS) if (Array.isArray(one[list])) linesOf(one[list], add);
      }
    }
    return;
  }
  if (!isData(value)) return;
  for (const [field, wrong] of Object.entries(value).slice(0, MAX_LINES)) {
    if (NO_FIELD.test(field)) continue;
    const words = (Array.isArray(wrong) ? wrong : [wrong]).flatMap((one) =>
      typeof one === 'string' ? one : isData(one) ? lineOf(one) : [],
    );
    if (words.length > 0) add(`${field}: ${words.join('; ')}`);
  }
}

function lineOf(one: Data): string {
  const source = isData(one.source) ? one.source : {};
  const where = ABOUT_FIELD.map((name) => one[name] ?? source[name]).find(
    (value) => typeof value === 'string' || Array.isArray(value),
  );
  const wrong = ABOUT_WRONG.map((name) => one[name]).find((value) => typeof value === 'string') ?? one.code;
  const field = Array.isArray(where) ? where.join('.') : where;
  return [field, wrong].filter((part) => typeof part === 'string' && part !== '').join(': ');
}

function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
