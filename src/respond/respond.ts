/**
 * The one place that turns anything into a tool result. What strangers wrote is made visible, fitted to the budget
 * and fenced here, so that no tool can forget it; text and `structuredContent` carry the same facts.
 */
import type { CallToolResult } from '@modelcontextprotocol/server';
import type { Failure } from '../failure.ts';
import type { Answer, ListRest } from './answer.ts';
import { encode } from './encode.ts';
import { fence } from './fence.ts';
import { fitBudget } from './fit-budget.ts';
import { estimateTokens } from './tokens.ts';
import { visible } from './visible.ts';

type Data = Record<string, unknown>;

export const DEFAULT_ANSWER_TOKENS = 8_000;

export function respond(answer: Answer, tokens = DEFAULT_ANSWER_TOKENS): CallToolResult {
  const { data, notes } = shape(answer, tokens);
  const text = [fence(encode(data)), ...notes].join('\n');
  return {
    content: [{ type: 'text', text }, ...(answer.content ?? [])],
    structuredContent: notes.length > 0 ? { ...data, notes } : data,
  };
}

/** The same shaping for what isn't a tool result: resources and prompts take the text alone. */
export function respondText(answer: Answer, tokens = DEFAULT_ANSWER_TOKENS): string {
  const { data, notes } = shape(answer, tokens);
  return [fence(encode(data)), ...notes].join('\n');
}

/** A failure carries no `structuredContent`: clients hold that against the tool's output schema. */
export function respondFailure(failure: Failure): CallToolResult {
  const { code, outcome, details } = failure;
  return {
    isError: true,
    content: [{ type: 'text', text: failureText(failure) }],
    _meta: {
      'toado/error': {
        code,
        outcome,
        ...(details.status ? { status: details.status } : {}),
        ...(details.retryAfter ? { retry_after: details.retryAfter } : {}),
        ...(details.requiredScope ? { required_scope: details.requiredScope } : {}),
      },
    },
  };
}

export function failureText({ code, outcome, sentence, next, details }: Failure): string {
  const said = details.said ? `\nFrom Toado:\n${fence(visible(details.said).slice(0, 500))}` : '';
  return `${code} (${outcome}): ${sentence}\nNext: ${next}${said}`;
}

function shape(answer: Answer, tokens: number): { data: Data; notes: string[] } {
  const clean = tidy(answer.data) as Data;
  const fitted = fitBudget(clean, tokens, answer.textFrom, (data) =>
    Math.max(estimateTokens(encode(data)), estimateTokens(JSON.stringify(data))),
  );
  const notes = [...(answer.notes ?? [])];
  for (const [path, rest] of Object.entries(answer.lists ?? {})) {
    const list = at(fitted.data, path);
    if (!Array.isArray(list)) continue;
    const all = fitted.cut.get(path)?.of ?? list.length;
    const cursor = rest.cursor?.(list.length);
    if (cursor) fitted.data.next_cursor = visible(cursor);
    const note = restNote(path, list.length, rest.total ?? all, rest, cursor);
    if (note) notes.push(note);
  }
  for (const [path, { shown, of }] of fitted.cut) {
    if (!answer.lists?.[path]) notes.push(`${path}: ${shown} of ${of} shown, to keep the answer small.`);
  }
  if (fitted.shortened && answer.textFrom === undefined)
    notes.push('Long texts were shortened in the middle.');
  return { data: fitted.data, notes };
}

function restNote(
  path: string,
  shown: number,
  of: number,
  rest: ListRest,
  cursor?: string,
): string | undefined {
  if (cursor) {
    return `${path}: ${shown}${of > shown ? ` of ${of}` : ''} shown, there are more; next: cursor ${JSON.stringify(visible(cursor))}`;
  }
  if (of <= shown) return undefined;
  return `${path}: ${shown} of ${of} shown${rest.more ? `; the rest: ${rest.more}` : ''}`;
}

/** Leaves out what is null, and makes what is invisible visible, in names as in values. */
function tidy(value: unknown): unknown {
  if (typeof value === 'string') return visible(value);
  if (Array.isArray(value)) return value.map((item) => tidy(item) ?? null);
  if (typeof value !== 'object' || value === null) return value ?? undefined;
  const out: Data = {};
  for (const [key, inner] of Object.entries(value)) {
    const clean = tidy(inner);
    if (clean !== undefined) out[visible(key)] = clean;
  }
  return out;
}

function at(data: Data, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, key) => (inner as Data | undefined)?.[key], data);
}
