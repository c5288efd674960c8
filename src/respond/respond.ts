/**
 * The one place that turns anything into a tool result. What strangers wrote is made visible, fitted to the budget
 * and fenced here, so that no tool can forget it.
 */
import type { CallToolResult } from '@modelcontextprotocol/server';
import type { Failure } from '../base/failure.ts';
import type { JsonObject } from '../base/json-object.ts';
import { setField } from '../base/set-field.ts';
import { Slices } from '../base/time-slices.ts';
import { visible } from '../base/visible.ts';
import type { Answer, ListRest } from './answer.ts';
import { encode } from './encode.ts';
import { estimateTokens } from './estimate-tokens.ts';
import { failureText } from './failure-text.ts';
import { fence } from './fence.ts';
import { type Fitted, fitBudget } from './fit-budget.ts';
import { fullLength, leftOf } from './full-length.ts';
import { pathOfOwn } from './list-path.ts';
import { omitFields } from './omit-fields.ts';
import { DEFAULT_ANSWER_TOKENS, type ResultOptions } from './result-options.ts';
import { sanitize } from './sanitize.ts';

/** The notes and the fence come on top of the data. */
const ROOM_FOR_NOTES = 120;
/** A cursor that can stand among our own words. */
const PLAIN_CURSOR = /^[\w.~+/=-]{1,300}$/;

/** A longer one costs more than what it leads to, and isn't taken back. */
const MAX_CURSOR_LENGTH = 1_500;
/** The share of the budget that a part which is never cut may take, where it can be said in a shorter form, too. */
const MAX_SHARE_OF_WHOLE = 0.9;
/** `maxTokens` is at most this many times what data really take: beyond so many times the budget, measuring it whole is spared. */
const NOT_WORTH_MEASURING = 20;
/** What is left for all else beside it. */
const MIN_BESIDE = 100;

const TEXT_ALONE: ResultOptions = { tokens: DEFAULT_ANSWER_TOKENS, structured: false };

export async function respond(
  answer: Answer,
  form: ResultOptions = TEXT_ALONE,
  slices = new Slices(),
): Promise<CallToolResult> {
  const { data, notes, inText } = await prepare(answer, form, slices);
  const text = asText(inText, notes);
  const content: CallToolResult['content'] = [{ type: 'text', text }, ...(answer.content ?? [])];
  const { failed } = answer;
  const result: CallToolResult = failed
    ? { isError: true, content, _meta: { 'toado/error': { ...failed } } }
    : { content };
  if (!form.structured) return result;
  if (notes.length > 0) data['notes' in data ? 'server_notes' : 'notes'] = notes;
  return { ...result, structuredContent: data };
}

/** The same shaping for what isn't a tool result: resources take the text alone. */
export async function respondText(
  answer: Answer,
  tokens = DEFAULT_ANSWER_TOKENS,
  slices = new Slices(),
): Promise<string> {
  const { inText, notes } = await prepare(answer, { tokens, structured: false }, slices);
  return asText(inText, notes);
}

const UNREADABLE = '\ufffd stands for what is not UTF-8 and can’t be read: don’t write such a text back.';

/**
 * Where nothing is left to tell but our own words, there is no fence around nothing.
 * @param notes gets one more where something in the text could not be read.
 */
function asText(inText: JsonObject, notes: string[]): string {
  const text = encode(inText);
  if (text.includes('\ufffd')) notes.push(UNREADABLE);
  return [...(text || notes.length === 0 ? [fence(text)] : []), ...notes].join('\n');
}

/** A failure carries no `structuredContent`: clients hold that against the tool's output schema. */
export async function respondFailure(failure: Failure): Promise<CallToolResult> {
  const { code, outcome, details } = failure;
  return {
    isError: true,
    content: [{ type: 'text', text: await failureText(failure) }],
    _meta: {
      'toado/error': {
        code,
        outcome,
        ...(details.status ? { status: details.status } : {}),
        ...(details.retryAfter ? { retry_after: details.retryAfter } : {}),
        ...(details.requiredScope ? { required_scope: details.requiredScope } : {}),
        ...(details.requestId ? { request_id: details.requestId } : {}),
      },
    },
  };
}

/** @returns data of its own: nobody else has it; and what of it the text tells. */
async function prepare(
  answer: Answer,
  form: ResultOptions,
  slices: Slices,
): Promise<{ data: JsonObject; notes: string[]; inText: JsonObject }> {
  const tokens = form.tokens - ROOM_FOR_NOTES;
  const fitted = await intoBudget(answer, { ...form, tokens }, slices);
  // Ours comes below: one that is there is a field of a stranger's.
  if ('next_cursor' in fitted.data) {
    setField(fitted.data, 'other_next_cursor', fitted.data.next_cursor);
    delete fitted.data.next_cursor;
  }
  const notes = [...(answer.notes ?? [])];
  const omitFromText = [...(answer.omitFromText ?? [])];
  for (const [path, rest] of Object.entries(answer.lists ?? {})) {
    const list = at(fitted.data, path);
    if (!Array.isArray(list)) continue;
    const all = fullLength(list);
    const next = rest.cursor?.(list.length);
    const isTooLong = next !== undefined && next.length > MAX_CURSOR_LENGTH;
    const cursor = isTooLong ? undefined : next;
    if (isTooLong)
      notes.push(
        `${path}: there are more, but Toado’s cursor for them is too long to be handed on: narrow the list.`,
      );
    if (cursor) fitted.data.next_cursor = visible(cursor);
    if (cursor && PLAIN_CURSOR.test(cursor)) omitFromText.push('next_cursor');
    const note = restNote(path, list.length, all, rest, cursor);
    // Above a list that was cut stands how many there are, where that is known: not how many came with this page.
    if (all > list.length) leftOf(list, countOf(rest, all, cursor) ?? list.length);
    if (note) notes.push(note);
  }
  // The other lists' names may be somebody else's words, so they are only counted.
  const own = new Set(Object.keys(answer.lists ?? {}).map(pathOfOwn));
  const others = [...fitted.cut].filter(([path]) => !own.has(path));
  const left = others.reduce((sum, [, { shown, of }]) => sum + of - shown, fitted.pruned);
  if (left > 0) notes.push(`To keep the answer small, ${left} entries inside it were left out.`);
  if (fitted.shortened && answer.textFrom === undefined)
    notes.push('Long texts were shortened in the middle.');
  return { data: fitted.data, notes, inText: omitFields(fitted.data, omitFromText) };
}

async function intoBudget(
  { data, lists = {}, textFrom, omitFromText = [] }: Answer,
  { tokens, structured }: ResultOptions,
  slices: Slices,
): Promise<Fitted> {
  const measure = (part: JsonObject) => {
    const text = estimateTokens(encode(omitFields(part, omitFromText)));
    return structured ? Math.max(text, estimateTokens(JSON.stringify(part))) : text;
  };
  const whole: JsonObject = {};
  let room = tokens;
  for (const [name, { forms = [] }] of Object.entries(lists)) {
    for (const [at, form] of forms.entries()) {
      const { data: its, maxTokens } = await sanitize({ [name]: form() }, Number.POSITIVE_INFINITY, slices);
      const isLast = at === forms.length - 1;
      if (!isLast && maxTokens > room * NOT_WORTH_MEASURING) continue;
      const size = maxTokens <= room * MAX_SHARE_OF_WHOLE ? maxTokens : measure(its);
      if (!isLast && size > room * MAX_SHARE_OF_WHOLE) continue;
      Object.assign(whole, its);
      room -= size;
      break;
    }
  }
  const wholeNames = Object.keys(whole);
  const rest = wholeNames.length > 0 ? omitFields(data, wholeNames) : data;
  const least = Math.max(room, MIN_BESIDE);
  const { data: sanitized, maxTokens, ...leftOut } = await sanitize(rest, least, slices);
  const fitted: Fitted =
    maxTokens <= least
      ? { data: sanitized, cut: new Map(), shortened: false, pruned: 0 }
      : await fitBudget(sanitized, leftOut, least, textFrom, measure, slices);
  return wholeNames.length > 0 ? { ...fitted, data: { ...whole, ...fitted.data } } : fitted;
}

/** How many the whole list has: where nobody told, what came is all of it only where nothing stands before or after. */
function countOf(
  { total, before = 0, endUnknown, isCut }: ListRest,
  all: number,
  cursor: string | undefined,
): number | undefined {
  if (isCut) return undefined;
  return total ?? (cursor || before > 0 || endUnknown ? undefined : all);
}

/** "17 of 240 shown; next: cursor …", or undefined where everything is there. */
function restNote(
  path: string,
  shown: number,
  all: number,
  { total, before = 0, more, endUnknown, endsEmpty, isCut }: ListRest,
  cursor: string | undefined,
): string | undefined {
  const of = total ?? before + all;
  const which = before > 0 ? `${before + 1}–${before + shown}` : `${shown}`;
  const isLeast = isCut || (cursor && total === undefined);
  const count = of > shown ? `${which} of ${isLeast ? 'at least ' : ''}${of}` : which;
  const isEmpty = shown === 0 && all === 0;
  if (cursor)
    return `${path}: ${isEmpty ? 'this page is empty, but the list goes on' : `${count} shown, there are more`}; next: cursor ${PLAIN_CURSOR.test(cursor) ? JSON.stringify(cursor) : '(see next_cursor)'}`;
  if (endsEmpty)
    return `${path}: this page and many before it are empty, though Toado gives a cursor with each: taken as the end of the list.`;
  if (isCut && of === before + shown)
    return `${path}: ${count} shown; Toado has more, which can't be listed here. Ask for less, or go by ids.`;
  if (before > 0) return `${path}: ${count} shown; these are the last.`;
  if (of > shown) return `${path}: ${count} shown${more ? `; the rest: ${more}` : ''}.`;
  if (endUnknown) return `${path}: ${count} shown; Toado did not tell whether there are more.`;
  return undefined;
}

function at(data: JsonObject, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, key) => (inner as JsonObject | undefined)?.[key], data);
}
