/**
 * Reads a call's arguments: forgiving about form (JSON in a string, a number in quotes, one id where a list is
 * asked), strict about names and meaning. Nothing is sent before they are right.
 */
import type * as z from 'zod';
import { asJson } from '../base/as-json.ts';
import { type Failure, invalidArguments } from '../base/failure.ts';
import { didYouMean } from '../base/nearest.ts';
import { visible } from '../base/visible.ts';
import { secrets } from '../respond/redact.ts';
import type { WireSchema } from './wire-schema.ts';

export type Arguments = Record<string, unknown>;

/**
 * @param fixed arguments that the person who started the server has set; the caller can't name them.
 * @throws Failure `validation_error`, naming every argument that is wrong.
 */
export function readArguments(
  tool: string,
  schema: z.ZodObject,
  wire: WireSchema,
  given: Arguments,
  fixed: Arguments = {},
): Arguments {
  const known = wire.properties ?? {};
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(known, name)) continue;
    if (Object.hasOwn(fixed, name))
      throw invalidArguments(
        `${name} is fixed for this server (${quoted(fixed[name])}) and can't be given.`,
        `Leave ${name} out.`,
      );
    throw unknownArgument(tool, name, Object.keys(known));
  }
  const formed: Arguments = { ...fixed };
  for (const [name, value] of Object.entries(given)) {
    const inForm = form(value, known[name]!);
    if (inForm !== null && inForm !== undefined) formed[name] = inForm;
    else if (value === null && clearing.has(name)) formed[name] = '';
  }
  const parsed = schema.safeParse(formed);
  if (!parsed.success) throw wrongArguments(tool, parsed.error, Object.keys(given));
  return parsed.data;
}

/** Where null means "make it empty" instead of "not given". */
const clearing = new Set(['description']);

function form(value: unknown, { type, items }: WireSchema): unknown {
  if (typeof value === 'string') {
    if (type === 'array') {
      const json = /^\s*\[/.test(value) ? parsedJson(value) : undefined;
      if (Array.isArray(json)) return json;
      // Ids and choices have no commas in them.
      return value.split(',').map((one) => one.trim());
    }
    if ((type === 'integer' || type === 'number') && /^\s*-?\d+(\.\d+)?\s*$/.test(value))
      return Number(value);
    if (type === 'boolean' && /^\s*(true|false)\s*$/i.test(value)) return /true/i.test(value);
    // A string inside quotes of its own: an id that was encoded twice.
    if (type === 'string' && /^"[^"\s]*"$/.test(value)) return parsedJson(value) ?? value;
    return value;
  }
  if (type === 'string' && typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (type === 'array' && items && Array.isArray(value)) return value.map((one) => form(one, items));
  return value;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unknownArgument(tool: string, name: string, known: string[]): Failure {
  const takes = known.length > 0 ? `It takes: ${known.join(', ')}.` : 'It takes none.';
  return invalidArguments(
    `${tool} has no argument ${quoted(name)}.${didYouMean(name, known)}`,
    `${takes} Correct the arguments and call again.`,
  );
}

function wrongArguments(tool: string, error: z.ZodError, given: string[]): Failure {
  const lines = error.issues.slice(0, 5).map((issue) => {
    const [name, ...inner] = issue.path.map(String);
    if (name === undefined) return issue.message;
    if (issue.code === 'invalid_type' && inner.length === 0 && !given.includes(name))
      return `${name} is missing`;
    return `${[name, ...inner].join('.')}: ${issue.message}`;
  });
  return invalidArguments(`${tool}: ${lines.join('; ')}.`.replace(/\.\.$/, '.'));
}

/** More than is said back of what the caller wrote. */
const MOST_SAID = 10_000;

/** What the caller wrote, short enough and harmless enough to say back. */
export function quoted(value: unknown): string {
  const text = visible(secrets.redact(typeof value === 'string' ? value.slice(0, MOST_SAID) : asJson(value)));
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}…` : text);
}
