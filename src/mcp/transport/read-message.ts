/**
 * Brings a parsed line into a form that every JSON-RPC library takes, or says in one sentence why it can't be: the SDK
 * gives no answer at all to a request whose form it doesn't know, and its client waits for one. What can only mean
 * "absent" (`params: null`, `params: []`, members that nobody knows) is taken so.
 */
import type { JSONRPCMessage } from '@modelcontextprotocol/server';
import { isDeeperThan } from '../../base/is-deeper-than.ts';
import { isJsonObject, type JsonObject } from '../../base/json-object.ts';
import { ErrorCode, isRequestId, type RequestId } from '../protocol/json-rpc.ts';

export interface Refusal {
  code: number;
  message: string;
  /** Null where the request has none that can be said back. */
  id: RequestId | null;
}

export type Read = { message: JSONRPCMessage } | { refusal: Refusal };

const REQUEST = ['jsonrpc', 'id', 'method', 'params'];
const RELATED_TASK = 'io.modelcontextprotocol/related-task';
const RESPONSE = ['jsonrpc', 'id', 'result', 'error'];

/** What is nested deeper is refused: reading it could exhaust the stack. */
export const MAX_DEPTH = 100;

export function readMessage(parsed: unknown): Read {
  if (isDeeperThan(MAX_DEPTH, parsed))
    return refused(
      ErrorCode.InvalidRequest,
      `A message is nested deeper than ${MAX_DEPTH} levels; nothing was done with it.`,
      idOf(parsed),
    );
  if (!isJsonObject(parsed) || parsed.jsonrpc !== '2.0')
    return refused(
      ErrorCode.InvalidRequest,
      'A message on stdin is not a JSON-RPC 2.0 message.',
      idOf(parsed),
    );
  if (!('method' in parsed)) {
    if (!('result' in parsed) && !('error' in parsed))
      return refused(ErrorCode.InvalidRequest, 'A request needs a method.', idOf(parsed));
    keepOnly(parsed, RESPONSE);
    return { message: parsed as unknown as JSONRPCMessage };
  }
  keepOnly(parsed, REQUEST);
  const isRequest = 'id' in parsed;
  const id = idOf(parsed);
  if (isRequest && !isRequestId(parsed.id))
    return refused(ErrorCode.InvalidRequest, 'The id of a request must be a string or a whole number.', id);
  if (typeof parsed.method !== 'string')
    return refused(ErrorCode.InvalidRequest, 'The method of a request must be a string.', id);
  const wrong = tidyParams(parsed);
  if (wrong) return refused(ErrorCode.InvalidParams, wrong, id);
  return { message: parsed as unknown as JSONRPCMessage };
}

/** @returns what can't be meant. */
function tidyParams(message: JsonObject): string | undefined {
  const { params, method } = message;
  if (params === null || (Array.isArray(params) && params.length === 0)) {
    delete message.params;
    return undefined;
  }
  if (params === undefined) return undefined;
  if (!isJsonObject(params)) return 'params must be an object.';
  dropNulls(params);
  if (method === 'prompts/get' && isJsonObject(params.arguments)) dropNulls(params.arguments);
  const { _meta } = params;
  if (_meta === undefined) return undefined;
  if (!isJsonObject(_meta)) return '_meta must be an object.';
  dropNulls(_meta);
  const { progressToken } = _meta;
  if (progressToken !== undefined && !isRequestId(progressToken))
    return '_meta.progressToken must be a string or a whole number.';
  const task = _meta[RELATED_TASK];
  if (task !== undefined && !(isJsonObject(task) && typeof task.taskId === 'string'))
    return `_meta: ${RELATED_TASK} must be an object with a taskId.`;
  return undefined;
}

export function idOf(message: unknown): RequestId | null {
  const id = isJsonObject(message) ? message.id : null;
  return typeof id === 'string' || typeof id === 'number' ? id : null;
}

/**
 * An error whose words are a schema library's list of issues, in one sentence: the place and what is wrong there. The
 * SDK says so of parameters that it can't take, sometimes under the code of an internal error.
 */
export function inOneSentence(error: { code: number; message: string; data?: unknown }): typeof error {
  const from = error.message.search(/\[\s*\{\s*"/);
  if (from < 0) return error;
  let issues: unknown;
  try {
    issues = JSON.parse(error.message.slice(from));
  } catch {
    return error;
  }
  const issue: unknown = Array.isArray(issues) ? issues[0] : undefined;
  if (!isJsonObject(issue) || !Array.isArray(issue.path)) return error;
  const place = issue.path.join('.') || 'the request';
  const what = issue.code === 'invalid_union' ? 'is of no known form' : issueInWords(String(issue.message));
  return { code: ErrorCode.InvalidParams, message: `Nothing was done: ${place} ${what}.` };
}

function issueInWords(message: string): string {
  const [, expected, received] = /expected ([^,]+), received (.+)$/.exec(message) ?? [];
  if (!expected) return `is not right (${message.replace(/\.$/, '')})`;
  const type = expected === 'record' ? 'object' : expected;
  return received === 'undefined' ? `is missing (expected: ${type})` : `must be of the type ${type}`;
}

function keepOnly(message: JsonObject, names: readonly string[]): void {
  for (const name in message) if (!names.includes(name)) delete message[name];
}

/** Clients write null for what they leave out; no parameter of the protocol's own has another use for it. */
function dropNulls(object: JsonObject): void {
  for (const name in object) if (object[name] === null) delete object[name];
}

function refused(code: number, message: string, id: RequestId | null): Read {
  return { refusal: { code, message, id } };
}
