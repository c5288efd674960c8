/** The parameters that tools share: each is described once, so that the same thing reads the same everywhere. */
import * as z from 'zod';
import { isTicketId } from '../../toado-api/vocabulary/ids.ts';
import { quoted } from './read-arguments.ts';
import { isReference, pathOf, withoutDecoration, writtenId } from './written-ids.ts';

/** `ticket t-8fK2aQ`, `t-8fK2aQ: The title`. */
const WITH_TITLE =
  /^(?:(?:ticket|issue|card|bug|task|id)[\s:#]{1,3})?(t-[A-Za-z0-9]{6})(?:(?:\s?:|\s[-–—|])\s.{0,500})?$/i;

/** `t-8fK2aQ`, or the address of its page (`https://app.toado.dev/tickets/t-8fK2aQ`), however it stands in a text. */
export function readTicketId(text: string): string | undefined {
  return writtenId(text, (plain) => {
    // Nothing but the letter can have been meant in lower case.
    const id = plain.replace(/^T-/, 't-');
    if (isTicketId(id)) return id;
    const [, titled] = WITH_TITLE.exec(plain) ?? [];
    if (titled) return `t${titled.slice(1)}`;
    const [before, last = ''] = pathOf(plain).slice(-2);
    return before === 'tickets' && isTicketId(last) ? last : undefined;
  });
}

/** An id of another form, with a digit in it: whatever Toado calls a ticket is taken back. */
function otherTicketId(text: string): string | undefined {
  return writtenId(text, (plain) => {
    const [before, last = ''] = pathOf(plain).slice(-2);
    const id = before === 'tickets' ? last : withoutDecoration(plain);
    return /^(?=.*\d)[A-Za-z0-9][\w.:~-]{0,199}$/.test(id) && !/^t-/i.test(id) ? id : undefined;
  });
}

const ticketRef = z.string().transform((text, context) => {
  const id = readTicketId(text) ?? otherTicketId(text);
  if (id) return id;
  context.addIssue({
    code: 'custom',
    message: `${quoted(text)} is neither a ticket id ("t-" and six letters or digits, case-sensitive) nor a ticket page's address`,
  });
  return z.NEVER;
});

/** More than a hundred go out in several requests. */
const MAX_TICKETS = 1000;

export const ticketId = ticketRef.describe('Id or URL');
export const ticketIds = z
  .array(ticketRef)
  .min(1, 'needs at least one ticket')
  .max(MAX_TICKETS, `takes at most ${MAX_TICKETS} tickets`)
  .transform((ids) => [...new Set(ids)])
  .describe('Ids or URLs');

/** An id, or a name that is looked up where it isn't one. */
const reference = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(400, 'is longer than any id or name')
  .refine(isReference, 'is not an id or a name');

export const companyId = reference.describe('Id or name');
export const projectId = reference.describe('Id or name');
export const columnId = reference.describe('Id or name');
export const userId = reference.describe('Id, name, e-mail or me');

export const limit = z
  .int()
  .min(1, 'must be 1 to 100')
  .max(100, 'must be 1 to 100')
  .meta({ description: 'Rows at once', default: 50 });
export const cursor = z
  .string()
  .min(1, 'must not be empty')
  .max(4096, 'is longer than any cursor')
  .describe('From the page before');
export const textFrom = z.int().min(0).describe('Where to go on in a cut text');

const SENTENCE = 'must not be empty';
/** Line breaks and their like; a tab is a space. */
const LINE_BREAK = /[\n\r\v\f\u0085\u2028\u2029]/;
const isOneLine = (text: string) => !LINE_BREAK.test(text);
const ONE_LINE = 'must be one line';
export const branchName = z
  .string()
  .trim()
  .min(1, SENTENCE)
  .max(250, 'is longer than any branch name')
  .refine(isOneLine, ONE_LINE);
export const title = z
  .string()
  .trim()
  .min(1, SENTENCE)
  .max(500, 'is longer than 500 characters')
  .refine(isOneLine, `${ONE_LINE}; the description may have several`);
/** The API takes what it takes; this only keeps absurd sizes from leaving. */
const MAX_TEXT = 500_000;
const tooLong = `is longer than ${MAX_TEXT} characters`;
export const description = z.string().max(MAX_TEXT, tooLong);
export const searchText = z.string().trim().min(1, SENTENCE).max(1000, 'is longer than 1000 characters');
export const commentBody = z
  .string()
  .max(MAX_TEXT, tooLong)
  .refine((text) => text.trim() !== '', SENTENCE)
  .transform(withLineBreaks);

/** What begins a line: a list, a heading, a quotation, a table, a numbered step. */
const BEGINS_LINE = /^\s*(?:[-*+>|]\s|#{1,6}\s|\d{1,3}[.)]\s)/;
/** What ends one, with what may stand behind it. */
const ENDS_LINE = /[.!?:;,…。！？：；、]["'”’»)*_]*\s*$/;
const BEGINS_SENTENCE = /^\s*["'“„«(*_]*[\p{Lu}\p{Lo}]/u;

/** Whether a `\n` stands in code or between quotation marks, where it is what is being talked about. One pass a pair. */
function hasQuotedBreak(text: string): boolean {
  const pairs = ['``', '""', '“”', '«»'];
  if (pairs.some(([open, close]) => isBetween(text, open!, close!))) return true;
  // An apostrophe inside of a word quotes nothing.
  return isBetween(text.replace(/(?<=\w)'(?=\w)/g, ''), "'", "'");
}

function isBetween(text: string, open: string, close: string): boolean {
  for (let from = text.indexOf(open); from >= 0; ) {
    const end = text.indexOf(close, from + 1);
    if (end < 0) return false;
    if (text.slice(from, end).includes('\\n')) return true;
    from = text.indexOf(open, end + 1);
  }
  return false;
}

/**
 * A model that escapes twice writes `\\n` where it means a line break. It becomes one only where nothing else can be
 * meant, since paths, formulas and patterns are full of them: no real line break in the text, two or more of them, none
 * in code or quotation marks, no other backslash, and each between what ends a line and what begins one.
 */
function withLineBreaks(text: string): string {
  if (/[\n\r]/.test(text) || hasQuotedBreak(text)) return text;
  const parts = text.split(/(?:\\r)?\\n/);
  if (parts.length < 3 || parts.some((part) => part.includes('\\'))) return text;
  const lines = parts.filter((part) => part.trim() !== '');
  const areLines = lines.slice(1).every((line, at) => {
    const before = lines[at]!;
    if (BEGINS_LINE.test(line)) return true;
    return (ENDS_LINE.test(before) || BEGINS_LINE.test(before)) && BEGINS_SENTENCE.test(line);
  });
  return lines.length > 1 && areLines ? parts.join('\n') : text;
}
