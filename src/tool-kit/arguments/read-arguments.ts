/**
 * Reads a call's arguments as models and hosts write them: forgiving about form where it can mean only one thing,
 * strict about names and meaning. Nothing is sent before they are right, and nothing that was given and not
 * understood is dropped: a call that lost its filter would reach farther than it was meant to.
 */
import type * as z from 'zod';
import { asJson } from '../../base/as-json.ts';
import { type Failure, invalidArguments } from '../../base/failure.ts';
import { isDeeperThan } from '../../base/is-deeper-than.ts';
import { didYouMean } from '../../base/nearest.ts';
import { visible } from '../../base/visible.ts';
import type { JsonSchema } from '../../catalogue/index.ts';
import { secrets } from '../../respond/redact-token.ts';
import { beginning } from '../../respond/shorten.ts';
import { ADDED_BY_HOSTS } from './added-by-hosts.ts';
import { listItems, withoutDecoration } from './written-ids.ts';
import { argumentName, intendedArgument, readNumberInWords } from './written-names.ts';

export type Arguments = Record<string, unknown>;

/** What people wrote: it stays as it is. Everything else is an id, a choice, a number, a switch, a cursor. */
export const FREE_TEXT_ARGUMENTS: ReadonlySet<string> = new Set([
  'query',
  'title',
  'description',
  'body',
  'branch_name',
  'source_url',
]);

/** Ids or names of things. */
const REFERENCES = new Set(['company_id', 'project_id', 'column_id']);

/** `None`, `NULL`: nothing in words, though something may be called so; `null` itself never is a name. */
export function isNothingInWords(text: string): boolean {
  return /^\s*(?:null|none)\s*$/i.test(text) && text.trim() !== 'null';
}

/** Where an empty text has a meaning: it clears the description. */
const MAY_BE_EMPTY = new Set(['description']);

/**
 * @param fixed arguments that the person who started the server has set; the caller can't name them.
 * @throws Failure `validation_error`, naming every argument that is wrong.
 */
export function readArguments(
  tool: string,
  schema: z.ZodObject,
  wire: JsonSchema,
  given: Arguments,
  fixed: Arguments = {},
): Arguments {
  const known = wire.properties ?? {};
  const formed: Arguments = { ...fixed };
  const seen: Arguments = {};
  for (const [written, value] of Object.entries(given)) {
    const name = argumentName(written, value, [...Object.keys(known), ...Object.keys(fixed)]);
    if (Object.hasOwn(fixed, name)) {
      if (isNothing(value)) continue;
      throw invalidArguments(
        `${name} is fixed for this server (${quoted(fixed[name])}) and can't be given.`,
        `Leave ${name} out.`,
      );
    }
    if (!Object.hasOwn(known, name) && ADDED_BY_HOSTS.has(written)) continue;
    if (!Object.hasOwn(known, name)) throw unknownArgument(tool, written, Object.keys(known));
    const isOptional = !wire.required?.includes(name);
    // Hosts fill in null for what the model left out, so it never means "make it empty".
    if (isAbsent(name, value, isOptional)) continue;
    refuseBrokenText(tool, name, value);
    const inForm = form(readNumberInWords(name, value), known[name]!, FREE_TEXT_ARGUMENTS.has(name));
    if (Object.hasOwn(seen, name) && JSON.stringify(seen[name]) !== JSON.stringify(inForm))
      throw invalidArguments(`${tool}: ${name} is given twice, with different values.`, 'Give it once.');
    seen[name] = inForm;
    formed[name] = inForm;
  }
  const parsed = schema.safeParse(formed);
  if (!parsed.success) throw wrongArguments(tool, parsed.error, wire, formed);
  return parsed.data;
}

/** What no text has, and what no API keeps as it is: a NUL character, half of a pair of surrogates. */
function refuseBrokenText(tool: string, name: string, value: unknown): void {
  const texts = Array.isArray(value) ? value : [value];
  for (const text of texts) {
    if (typeof text !== 'string') continue;
    const what = text.includes('\0')
      ? 'a NUL character'
      : /\p{Surrogate}/u.test(text)
        ? 'half a character (a lone surrogate)'
        : undefined;
    if (what) throw invalidArguments(`${tool}: ${name} has ${what} in it.`, 'Write the text without it.');
  }
}

/** Whether it can't mean anything: what hosts fill in for what the model left out. */
function isNothing(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value === 'string') return value.length < 100 && /^\s*(?:null|undefined|none)?\s*$/i.test(value);
  return Array.isArray(value) && value.length === 0;
}

/** A required argument that says nothing is wrong, unless it isn't there at all: then it is missing. */
function isAbsent(name: string, value: unknown, isOptional: boolean): boolean {
  if (value === null || value === undefined) return true;
  if (!isOptional) return false;
  // Something may have that name: whoever looks it up decides.
  if (REFERENCES.has(name) && typeof value === 'string' && isNothingInWords(value)) return false;
  if (FREE_TEXT_ARGUMENTS.has(name)) return value === '' && !MAY_BE_EMPTY.has(name);
  return isNothing(value);
}

function form(value: unknown, schema: JsonSchema, isText: boolean): unknown {
  const { type, items, enum: choices } = schema;
  if (isText) return typeof value === 'number' && Number.isFinite(value) ? String(value) : value;
  if (type === 'array') return items ? listOf(value, items) : value;
  // One thing in a list of its own.
  if (Array.isArray(value) && value.length === 1 && !Array.isArray(value[0]))
    return form(value[0], schema, false);
  if (typeof value === 'number' && Number.isFinite(value)) {
    if (type === 'boolean') return value === 1 ? true : value === 0 ? false : value;
    return type === 'string' ? String(value) : value;
  }
  if (typeof value !== 'string') return value;
  if (choices) return choiceOf(value, choices);
  const plain = withoutDecoration(value);
  if (type === 'integer' || type === 'number') return /^-?\d+(?:\.\d+)?$/.test(plain) ? Number(plain) : value;
  if (type === 'boolean') {
    if (/^(?:true|yes|1)$/i.test(plain)) return true;
    return /^(?:false|no|0)$/i.test(plain) ? false : value;
  }
  // A string inside quotes of its own: an id or a cursor that was encoded twice.
  return /^"[^"\s]*"$/.test(value) ? (parsedJson(value) ?? value) : value;
}

/** A list, however it came: as JSON, as words with commas or line breaks between them, as the one thing in it. */
function listOf(value: unknown, items: JsonSchema): unknown {
  if (typeof value === 'string') {
    const json = /^\s*[["]/.test(value) ? parsedJson(value) : undefined;
    if (json !== undefined) return listOf(json, items);
    return listItems(value).map((one) => form(one, items, false));
  }
  if (!Array.isArray(value)) return value;
  return value
    .filter((one) => one !== null && one !== '')
    .flatMap((one) => (typeof one === 'string' ? listItems(one) : [one]))
    .map((one) => form(one, items, false));
}

/** Other words for a choice, that can mean no other. */
const SAME_CHOICE: Readonly<Record<string, string>> = {
  ...{ warning: 'warn', warnings: 'warn', errors: 'error', err: 'error' },
  ...{ url: 'link', address: 'link', picture: 'image' },
};

function choiceOf(value: string, choices: readonly unknown[]): unknown {
  if (choices.includes(value)) return value;
  const wanted = wordOf(withoutDecoration(value));
  const find = (word: string | undefined) => choices.find((one) => wordOf(String(one)) === word);
  return find(wanted) ?? find(SAME_CHOICE[wanted]) ?? value;
}

function wordOf(text: string): string {
  return text
    .slice(0, 100)
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
}

/** No argument is nested deeper, however it is written. */
const DEEPEST = 20;

function parsedJson(text: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text);
    return isDeeperThan(DEEPEST, parsed) ? undefined : parsed;
  } catch {
    return undefined;
  }
}

function unknownArgument(tool: string, name: string, known: string[]): Failure {
  const meant = intendedArgument(name, known);
  return invalidArguments(
    `${tool} has no argument ${quoted(name)}.${meant ? ` Did you mean ${meant}?` : didYouMean(name, known)}`,
    known.length > 0 ? `It takes: ${known.join(', ')}.` : 'It takes none.',
  );
}

const MAX_ISSUES = 5;

function wrongArguments(
  tool: string,
  error: z.ZodError,
  { properties: known = {}, required = [] }: JsonSchema,
  formed: Arguments,
): Failure {
  const issues = error.issues.slice(0, MAX_ISSUES).map((issue) => {
    const [name = '', ...inner] = issue.path.map(String);
    const isMissing = inner.length === 0 && formed[name] === undefined;
    return { issue, name, inner, isMissing };
  });
  const lines = issues.map(({ issue, name, inner, isMissing }) => {
    if (isMissing) return `${name} is missing${known[name]?.enum ? ` (${known[name].enum.join(', ')})` : ''}`;
    const value = inner.reduce<unknown>((at, key) => (at as Arguments | undefined)?.[key], formed[name]);
    const schema = inner.length > 0 ? known[name]?.items : known[name];
    const isForm = issue.code === 'invalid_type' || issue.code === 'invalid_value';
    const says = isForm && schema ? `${quoted(value)} ${isNot(schema)}` : issue.message;
    return `${[name, ...inner].join('.')}: ${says}`;
  });
  const next = issues.every(({ isMissing }) => isMissing)
    ? 'Call again with what is missing.'
    : issues.some(({ name }) => required.includes(name))
      ? 'Give another value.'
      : 'Give another value, or leave it out.';
  return invalidArguments(`${tool}: ${lines.join('; ')}.`.replace(/\.\.$/, '.'), next);
}

function isNot({ type, enum: choices }: JsonSchema): string {
  if (choices) return `is not one of ${choices.join(', ')}`;
  if (type === 'integer') return 'is not a whole number';
  if (type === 'number') return 'is not a number';
  if (type === 'boolean') return 'is neither true nor false';
  return type === 'array' ? 'is not a list' : 'is not a text';
}

/** How much of what the caller wrote is said back. */
const MAX_LOOKED_AT = 10_000;

/** What the caller wrote, short enough and harmless enough to say back. */
export function quoted(value: unknown): string {
  const written = typeof value === 'string' ? value.slice(0, MAX_LOOKED_AT) : asJson(value);
  const text = visible(secrets.redact(written));
  return JSON.stringify(text.length > 60 ? beginning(text, 57) : text);
}
