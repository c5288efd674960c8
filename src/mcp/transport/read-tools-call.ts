/**
 * A `tools/call` as hosts send it: arguments that are null, empty or a JSON text are understood, and what is no call is
 * refused in a sentence, before a schema library says it in a page.
 */
import { isDeeperThan } from '../../base/is-deeper-than.ts';
import { isJsonObject, type JsonObject } from '../../base/json-object.ts';
import { MAX_DEPTH } from './read-message.ts';

/** No tool has as many, those that hosts add included. */
const MAX_ARGUMENTS = 200;

/** @returns the message as the protocol has it, or in a sentence what is wrong with it. */
export function readToolsCall<Message extends object>(message: Message): Message | string {
  const { method, params, id } = message as JsonObject;
  if (method !== 'tools/call' || id === undefined) return message;
  if (!isJsonObject(params) || typeof params.name !== 'string' || params.name === '')
    return 'tools/call needs the name of a tool as a text in params.name; tools/list names them all.';
  const given = params.arguments;
  if (isJsonObject(given) && Object.keys(given).length > MAX_ARGUMENTS)
    return `A tools/call has at most ${MAX_ARGUMENTS} arguments; tools/list says which.`;
  if (given === undefined || isJsonObject(given)) return message;
  const read = argumentsOf(given);
  if (!read) return 'The arguments of a tools/call are an object with one field for each argument.';
  return { ...message, params: { ...params, arguments: read } };
}

function argumentsOf(given: unknown): JsonObject | undefined {
  if (given === null || (typeof given === 'string' && given.trim() === '')) return {};
  if (typeof given !== 'string') return undefined;
  try {
    const read: unknown = JSON.parse(given);
    if (isDeeperThan(MAX_DEPTH, read)) return undefined;
    return read === null ? {} : isJsonObject(read) ? read : undefined;
  } catch {
    return undefined;
  }
}
