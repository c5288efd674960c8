/**
 * Turns an answer that isn't a success into a failure: the contract's code, a sentence of our own and a next step.
 * The API's own message is kept apart (`apiMessage`), because it may repeat what somebody wrote.
 */
import { Failure, type Outcome } from '../../base/failure.ts';
import { isJsonObject, type JsonObject } from '../../base/json-object.ts';
import type { HttpResponse } from '../http/http.ts';
import { parseJson } from '../json/parse-json.ts';
import { FLAGS } from '../vocabulary/outcome-words.ts';
import {
  challengeOf,
  type ErrorBody,
  errorBodyOf,
  isPage,
  MESSAGES,
  readErrorBody,
  requestIdOf,
} from './error-body.ts';
import {
  codeOfStatus,
  contractCode,
  ERROR_WORDS,
  isNotFoundCode,
  NO_STATUS,
  type SentenceAndNext,
} from './error-codes.ts';
import { rateLimited, resetIn, secondsAnnounced } from './rate-limit.ts';

/** What is known of the request that failed. */
export interface RequestInfo {
  route: { method: string; path: string; isRead: boolean };
  /** Of the API. */
  host: string;
  /** What a person does where Toado doesn't accept the token any more. */
  renewal?: string | undefined;
  /** Of a list, and not its first. */
  isNextPage?: boolean;
}

const A_DAY_S = 86_400;

/** How long a `Retry-After` asks to wait, in whole seconds. It is either a number or a date. */
function retryAfterOf({ headers }: HttpResponse): number | undefined {
  const value = headers['retry-after'];
  if (typeof value !== 'string') return undefined;
  const seconds = /^\d+$/.test(value)
    ? secondsAnnounced(Number(value))
    : (Date.parse(value) - Date.now()) / 1000;
  // Longer than any budget is renewed in, it says nothing.
  return seconds <= A_DAY_S ? Math.max(0, Math.ceil(seconds)) : undefined;
}

/** A read that fails has changed nothing; a write that meets a 5xx or a redirect may have happened. */
export function failureOf(answer: HttpResponse, request: RequestInfo): Failure {
  const { status } = answer;
  const { isRead } = request.route;
  const unsure: Outcome = isRead ? 'no_answer' : 'outcome_unknown';
  if (status < 400) return redirected(status, unsure);
  if (isFromBetween(answer)) return fromBetween(answer, request, unsure);
  return refused(answer, request, errorBodyOf(answer) ?? {});
}

/** A success whose body says that it was none: an error envelope, or `ok: false`. */
export function failureInside(
  body: Record<string, unknown>,
  answer: HttpResponse,
  request: RequestInfo,
): Failure {
  const explained = readErrorBody(body);
  const status = explained.status ?? statusOf(explained.code);
  return refused({ ...answer, status }, request, explained);
}

function statusOf(code: string | undefined): number {
  if (code === undefined) return NO_STATUS;
  return isNotFoundCode(code) ? 404 : contractCode(code) ? 400 : NO_STATUS;
}

/** Of 4xx, those that say that nobody waited for the end: a request's time ran out, its client was gone (nginx, AWS). */
const GIVEN_UP = new Set([408, 444, 460, 499]);

function refused(answer: HttpResponse, { route, renewal }: RequestInfo, explained: ErrorBody): Failure {
  const { status } = answer;
  const unsure: Outcome = route.isRead ? 'no_answer' : 'outcome_unknown';
  const retryAfter = retryAfterOf(answer) ?? explained.retryAfter;
  const requestId = requestIdOf(answer) ?? explained.requestId;
  const challenge = challengeOf(answer);
  const given = explained.code ?? challenge.code;
  const known = given === undefined ? undefined : contractCode(given);
  const isHeld = known === undefined && retryAfter !== undefined;
  if (status === 429 || known === 'rate_limited' || (status === 403 && (isHeld || saysRateLimit(explained))))
    return rateLimited(retryAfter ?? resetIn(answer) ?? 60, undefined, {
      apiMessage: explained.message,
      requestId,
    });
  const isMissing = given !== undefined && isNotFoundCode(given) && status >= 400 && status < 500;
  const isThere = isMissing || isRouteThere(answer, explained);
  const code =
    known ?? (isMissing ? codeOfStatus(404, route.path) : codeOf(answer, route, explained, isThere));
  const [sentence, usual] = wordsFor(code, status) ?? unknownAnswer(status, route, isThere);
  const next = (code === 'unauthorized' ? renewal : undefined) ?? usual;
  // A code that isn't the contract's may read like a sentence: its words are the API's own.
  const named = known === undefined && !isMissing && given !== undefined ? `code: ${given}` : undefined;
  // What it clashes with may be named there.
  const isTold = code !== 'conflict' && (given !== undefined || explained.message !== undefined);
  const words = [named, explained.message, isTold ? undefined : unreadWords(answer)].filter(
    (one) => one !== undefined,
  );
  return new Failure(code, sentence, retryAfter ? `Wait ${retryAfter} s, then call again.` : next, {
    outcome: status >= 500 || GIVEN_UP.has(status) ? unsure : 'rejected',
    status,
    retryAfter,
    requiredScope: explained.requiredScope ?? challenge.scope,
    apiMessage: words.length > 0 ? words.join('\n') : undefined,
    requestId,
  });
}

/** An explanation is shorter. */
const MAX_UNREAD = 10_000;
/** What says no more than that it was a failure, or is read by its name. */
const READ = new Set([
  ...[...FLAGS, ...MESSAGES, 'status', 'statusCode', 'status_code', 'code', 'type', 'instance', 'errors'],
  ...['request_id', 'requestId', 'trace_id', 'traceId', 'timestamp', 'path', 'method'],
]);

/** What stands in an error's body under names that nobody foresaw, as it stands there. */
function unreadWords({ text, isCut }: HttpResponse): string | undefined {
  if (isCut || text.length > MAX_UNREAD || !/^\s*\{/.test(text)) return undefined;
  try {
    const { error, ...around } = parseJson(text) as JsonObject;
    const said = Object.entries({ ...around, ...(isJsonObject(error) && error) }).filter(
      ([name, value]) => !READ.has(name) && value !== null && value !== '' && typeof value !== 'boolean',
    );
    return said.length > 0 ? JSON.stringify(Object.fromEntries(said)) : undefined;
  } catch {
    return undefined;
  }
}

/** Of a request that somebody could have sent twice, before its connection was whole. */
const TOO_EARLY = 425;

function wordsFor(code: string, status: number): SentenceAndNext | undefined {
  if (status === TOO_EARLY)
    return ['Toado did not begin with this, which came too early (HTTP 425).', 'Call again in a moment.'];
  if (code === 'refused' && status !== NO_STATUS)
    return [`Toado refused this (HTTP ${status}).`, 'See what it says, then decide.'];
  if (code === 'internal_error' && status === 503)
    return ['Toado is not available at the moment (HTTP 503).', 'Call again in a moment.'];
  return ERROR_WORDS[code];
}

/** By the status; where that says nothing to us but Toado says something, what it says counts. */
function codeOf(
  { status }: HttpResponse,
  { path }: RequestInfo['route'],
  { message }: ErrorBody,
  isThere: boolean,
): string {
  if (!isThere) return 'bad_answer';
  const code = codeOfStatus(status, path);
  return code === 'bad_answer' && message !== undefined ? 'refused' : code;
}

/** Some say with 403 that the budget is used up. */
function saysRateLimit({ message = '' }: ErrorBody): boolean {
  return /\brate limit/i.test(message);
}

function isRouteThere({ status, headers }: HttpResponse, { message, code }: ErrorBody): boolean {
  if (status === 405 || status === 501) return false;
  if (status !== 404) return true;
  if (/html/i.test(String(headers['content-type'] ?? ''))) return false;
  return (
    !/^(cannot (get|post|put|patch|delete)\b|.{0,40}\b(route|endpoint|path|url)\b)/i.test(
      `${message ?? ''}`,
    ) && !/route|endpoint/i.test(code ?? '')
  );
}

function unknownAnswer(status: number, { method, path }: RequestInfo['route'], isThere: boolean) {
  if (!isThere)
    return [
      `This Toado has no ${method} ${path} (HTTP ${status}).`,
      'A person can find what it has with `toado-mcp doctor --probe`, and say it with --api-map; check TOADO_API_URL, too.',
    ] as const;
  return [
    `The API answered HTTP ${status}, without an explanation that this version understands.`,
    'Check TOADO_API_URL; `toado-mcp doctor` tests the connection.',
  ] as const;
}

function redirected(status: number, outcome: Outcome): Failure {
  if (status === 304)
    return new Failure(
      'bad_answer',
      'The API answered that nothing has changed (HTTP 304), though it was not asked whether.',
      'A cache in between may be broken: `toado-mcp doctor` tests the connection.',
      { outcome, status },
    );
  return new Failure(
    'bad_answer',
    `The API answered with a redirect (HTTP ${status}). Redirects are never followed, so that the token goes nowhere else.`,
    'Set TOADO_API_URL to the API’s own address.',
    { outcome, status },
  );
}

/** Headers that firewalls and proxies sign their refusals with. */
const SIGNED = [
  ...['cf-mitigated', 'x-squid-error', 'x-amzn-waf-action', 'x-sucuri-block', 'proxy-status'],
  'proxy-authenticate',
];

/** A gateway's own words, where it doesn't answer with a page. */
const GATEWAY_WORDS =
  /^\s*(upstream (connect|request)|no healthy upstream|bad gateway|gateway time-?out|service unavailable\s*$|error code: \d+|default backend|no server is available)/i;

/** A page, or what bears a gateway's signature, where an API would say 401, 403, 429 or 5xx in its own form. */
function isFromBetween(answer: HttpResponse): boolean {
  const { status, text } = answer;
  if (status !== 401 && status !== 403 && status !== 407 && status !== 429 && status < 500) return false;
  if (isPage(answer) || status === 407 || isSigned(answer)) return true;
  if ((status === 502 || status === 504) && text.trim() === '') return true;
  return status >= 500 && GATEWAY_WORDS.test(text);
}

function isSigned({ headers }: HttpResponse): boolean {
  return SIGNED.some((name) => headers[name] !== undefined);
}

/** A page with a status that gateways give for what lies behind them; with another one, it may be Toado's own. */
const OF_GATEWAYS = [502, 503, 504];

function fromBetween(answer: HttpResponse, { host }: RequestInfo, unsure: Outcome): Failure {
  const { status } = answer;
  const retryAfter = retryAfterOf(answer);
  const isLasting = status < 500 && status !== 429;
  const mayBeToado = isPage(answer) && status >= 500 && !OF_GATEWAYS.includes(status) && !isSigned(answer);
  return new Failure(
    'intercepted',
    mayBeToado
      ? `A web page came with HTTP ${status}: from something between here and ${host} (a gateway, proxy or firewall), or from Toado itself.`
      : `Something between here and ${host} (a gateway, proxy or firewall) answered HTTP ${status}, not Toado itself.`,
    isLasting
      ? 'A person has to look at the network: VPN, proxy, firewall; `toado-mcp doctor` tests the connection.'
      : `${retryAfter ? `Wait ${retryAfter} s, then call` : 'Call'} again; if it stays so, a person has to look at the network (\`toado-mcp doctor\`).`,
    { outcome: status >= 500 ? unsure : 'rejected', status, retryAfter, requestId: requestIdOf(answer) },
  );
}

/** A success whose content can't be used: of a read, or a web page that isn't Toado's. */
export function badAnswer(what: string, answer: HttpResponse, { route, host }: RequestInfo): Failure {
  const page = isPage(answer);
  return new Failure(
    'bad_answer',
    page
      ? `What came as Toado’s answer (HTTP ${answer.status}) is a web page: something between here and ${host}, such as a sign-in page, or another address answered.`
      : `Toado’s answer can’t be used: ${what}.`,
    page
      ? 'A person has to look at the network and TOADO_API_URL; `toado-mcp doctor` tests both.'
      : 'Check TOADO_API_URL; `toado-mcp doctor --probe` shows what differs from what this version knows, and --api-map corrects it.',
    {
      outcome: route.isRead ? 'no_answer' : 'outcome_unknown',
      status: answer.status,
      requestId: requestIdOf(answer),
    },
  );
}
