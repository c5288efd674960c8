/**
 * The one walk over everything that an answer carries. It leaves out what is null, takes the token out of every text
 * while it is whole, makes what is invisible visible, in names as in values, and leaves out what no budget could show,
 * counted. It adds up how large the rest can come out at most, so that a small answer need not be measured. However
 * large the data, it lets others through.
 */
import type { JsonObject } from '../base/json-object.ts';
import { setField } from '../base/set-field.ts';
import type { Slices } from '../base/time-slices.ts';
import { visible, visibleInLine } from '../base/visible.ts';
import { MAX_TOKENS_PER_ASCII, MAX_TOKENS_PER_OTHER } from './estimate-tokens.ts';
import { leftOf } from './full-length.ts';
import { pathInside, ROOT } from './list-path.ts';
import { secrets } from './redact-token.ts';
import { beginning } from './shorten.ts';

export interface Sanitized {
  data: JsonObject;
  /** It costs no more tokens than this, as text and as JSON; Infinity where something in it has to be shortened. */
  maxTokens: number;
  /** By the path (list-path.ts) of each list that was too long to be shown whole: how many items it had. */
  lengths: Map<string, number>;
  /** How many parts inside items were left out. */
  omitted: number;
}

/** Nothing that a person means is nested deeper; what is could exhaust the stack. */
const MAX_DEPTH = 64;
/** Quotation marks, colons, commas, brackets, the names that a table's head repeats. */
const AROUND = 8;
/** JSON escapes a character of ASCII by another one; what takes more is not among what is visible. */
const ESCAPED = 2;
/** The digits of a number. */
const NUMBER = 32;
/** Below this, the indents of the text count for little. */
const SHALLOW = 8;
const MAX_NAME_LENGTH = 80;
/** An object keeps this many fields, however narrow: more than any known shape has. */
export const MIN_FIELDS = 24;
/** More than anything has that is meant. */
const MAX_FIELDS = 1_000;
/** What a list or an object inside an item keeps here, however little the answer may hold: `fit-budget.ts` goes on from it. */
export const MIN_WIDTH = 64;
/** The characters that a token takes where text is cheapest. */
const CHARACTERS = 8;
/** Texts longer than this are gone through in pieces. */
export const PIECE = 16 * 1024;
/** Printable ASCII is most text, and this the quickest question about it. */
const NOT_PLAIN = /[^\n\t\x20-\x7e]/;
const PLAIN_LINE = /^[\x20-\x7e]*$/;

/** One object or list on the way down. */
interface Frame {
  source: JsonObject | unknown[];
  /** Of an object: its fields that are looked at. */
  names: string[] | undefined;
  at: number;
  end: number;
  target: JsonObject | unknown[];
  depth: number;
  /** Where it can be reached through objects alone: only lists there are cut by items, with a count and a cursor. */
  path: string | undefined;
  /** What had been kept when it began. */
  before: number;
  /** Names of which there is more than one: how many. */
  alike?: Map<string, number>;
}

/**
 * @param tokens what the answer may cost: how much of it can be shown at all.
 */
export async function sanitize(data: JsonObject, tokens: number, slices: Slices): Promise<Sanitized> {
  const width = Math.min(Math.max(tokens, MIN_WIDTH), MAX_FIELDS);
  const listRoom = tokens * CHARACTERS;
  const wholeRoom = 2 * listRoom;
  /** Wide objects inside of a wide one are small each, and too much together. */
  const mostKept = 2 * wholeRoom;
  const lengths = new Map<string, number>();
  let maxTokens = AROUND;
  let omitted = 0;
  /** Characters kept, long texts counted as what can be shown of them. */
  let kept = 0;

  const keep = (length: number) => {
    kept += Math.min(length, 2 * tokens) + AROUND;
  };
  const measured = (text: string, isPlain = !NOT_PLAIN.test(text)): string => {
    maxTokens += text.length * (isPlain ? ESCAPED * MAX_TOKENS_PER_ASCII : MAX_TOKENS_PER_OTHER) + AROUND;
    return text;
  };
  const nameOf = (raw: string): string => {
    const whole = secrets.redact(raw.slice(0, PIECE));
    return beginning(PLAIN_LINE.test(whole) ? whole : visibleInLine(whole), MAX_NAME_LENGTH);
  };
  /** Two names that come out alike are two fields all the same. */
  const ownNameOf = (raw: string, frame: Frame): string => {
    let name = nameOf(raw);
    if (Object.hasOwn(frame.target, name)) {
      frame.alike ??= new Map();
      const count = (frame.alike.get(name) ?? 1) + 1;
      frame.alike.set(name, count);
      name = `${name} (${count})`;
    }
    return measured(name);
  };

  const open = (source: JsonObject | unknown[], depth: number, path: string | undefined): Frame => {
    maxTokens += depth > SHALLOW ? Number.POSITIVE_INFINITY : AROUND;
    const isFull = kept > wholeRoom;
    const isList = Array.isArray(source);
    const names = isList ? undefined : Object.keys(source);
    const { length } = names ?? (source as unknown[]);
    const isCut = isList && path !== undefined;
    const room = isCut ? (isFull ? 1 : tokens) : isFull ? MIN_FIELDS : width;
    const end = Math.min(length, room);
    leaveOut(length, end, isCut ? path : undefined);
    const target = isList ? leftOf([], length > end ? length : 0) : {};
    return { source, names, at: 0, end, target, depth, path, before: kept };
  };

  /** @param path of a list that is cut by items; what is left out elsewhere is only counted. */
  const leaveOut = (length: number, end: number, path: string | undefined): void => {
    if (length <= end) return;
    maxTokens = Number.POSITIVE_INFINITY;
    if (path === undefined) omitted += length - end;
    else lengths.set(path, length);
  };

  const stack = [open(data, 0, ROOT)];
  const root = stack[0]!.target as JsonObject;
  let steps = 0;
  while (stack.length > 0) {
    const frame = stack.at(-1)!;
    if (frame.at >= frame.end) {
      stack.pop();
      continue;
    }
    if ((++steps & 127) === 0 && slices.due) await slices.pause();
    const { source, names, path, depth } = frame;
    const at = frame.at++;
    const isList = names === undefined;
    if (isList && path !== undefined && at > 0 && kept - frame.before > listRoom) {
      leaveOut((source as unknown[]).length, at, path);
      leftOf(frame.target as unknown[], (source as unknown[]).length);
      frame.end = at;
      continue;
    }
    if (!isList && at >= MIN_FIELDS && kept > mostKept) {
      leaveOut(frame.end, at, undefined);
      frame.end = at;
      continue;
    }
    const value = isList ? (source as unknown[])[at] : (source as JsonObject)[names[at]!];
    const name = isList || value === undefined || value === null ? undefined : ownNameOf(names[at]!, frame);
    let shown: unknown;
    let deeper: Frame | undefined;
    if (typeof value === 'string') {
      const isPlain = value.length <= PIECE && !NOT_PLAIN.test(value);
      const text = isPlain
        ? measured(secrets.redact(value), isPlain)
        : measured(value.length <= PIECE ? sanitizeShort(value) : await sanitizeLong(value, slices));
      keep(text.length);
      shown = text;
    } else if (typeof value !== 'object' || value === null) {
      maxTokens += NUMBER;
      keep(0);
      shown =
        typeof value === 'number' && !Number.isFinite(value) ? beyondNumbers(value) : (value ?? undefined);
    } else if (depth + 1 > MAX_DEPTH) {
      shown = measured('[… nested too deep to show …]');
    } else {
      const inside = path === undefined || name === undefined ? undefined : pathInside(path, name);
      deeper = open(value as JsonObject | unknown[], depth + 1, inside);
      shown = deeper.target;
    }
    if (isList) (frame.target as unknown[]).push(shown ?? null);
    else if (name !== undefined) {
      keep(name.length);
      setField(frame.target as JsonObject, name, shown);
    }
    if (deeper) stack.push(deeper);
  }
  return { data: root, maxTokens, lengths, omitted };
}

/** JSON may have `1e400`, which no number here can be; JSON in turn has no word for what came of it. */
function beyondNumbers(value: number): string {
  return value > 0 ? 'over 1.8e308' : value < 0 ? 'under -1.8e308' : 'not a number';
}

/** A short text as it may be shown: without the token, with nothing hidden. */
export function sanitizeShort(raw: string): string {
  const text = secrets.redact(raw);
  return NOT_PLAIN.test(text) ? visible(text) : text;
}

/** The same for a text of any length. */
export async function sanitizeLong(raw: string, slices: Slices): Promise<string> {
  if (raw.length <= PIECE) return sanitizeShort(raw);
  const text = await secrets.redactLong(raw, slices);
  const parts: string[] = [];
  for (let from = 0, end = 0; from < text.length; from = end) {
    if (slices.due) await slices.pause();
    end = quietPlace(text, from + PIECE);
    const part = text.slice(from, end);
    parts.push(NOT_PLAIN.test(part) ? visible(part) : part);
  }
  return parts.join('');
}

/** A place near `at` between two characters whose looks don't depend on each other. */
function quietPlace(text: string, at: number): number {
  if (at >= text.length) return text.length;
  const farthest = at - 1_000;
  for (let place = at; place > farthest; place--) {
    if (!NOT_PLAIN.test(text.slice(place - 1, place + 1))) return place;
  }
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}

/** As much of a name as a list of ours shows. */
const MAX_LINE_NAME_LENGTH = 120;

/** A name that somebody chose, for a list of our own: on one line, nothing hidden in it, no longer than a name is. */
export function nameInLine(name: string): string {
  return beginning(visibleInLine(secrets.redact(name.slice(0, PIECE))), MAX_LINE_NAME_LENGTH);
}
