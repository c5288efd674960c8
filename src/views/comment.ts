import * as z from 'zod';
import { extraFieldsOf } from '../toado-api/answers/extra-fields.ts';
import type { Comment } from '../toado-api/schemas/index.ts';
import { NEGATIVE_WORD } from '../toado-api/vocabulary/outcome-words.ts';
import { authored, OMITTED_OF_AUTHORS } from './attribution.ts';

export const commentSchema = z.object({
  id: z.string().optional(),
  body: z.string().optional(),
  created: z.object({ shown_as: z.string().optional(), at: z.string().optional() }).optional(),
});

export function commentView({ id, body, created, ...rest }: Comment) {
  return { id, created: authored(created), body, ...rest };
}

/** Of a list of comments: no call takes a comment's id, and the ticket's is the one that was asked for. */
export function omittedFromComments(list: string): string[] {
  const names = ['id', 'ticket_id', ...OMITTED_OF_AUTHORS.map((name) => `created.${name}`)];
  return names.map((name) => `${list}.${name}`);
}

/** Of one that was taken and isn't shown, or not yet. */
const HELD_WORD =
  /^(pending|held|hold|on_hold|queued|scheduled|draft|spam|hidden|awaiting|moderat|(in_)?review|quarantin|blocked|deleted|trash|un(approved|published))/i;
const HELD_FIELDS = new Set([
  ...['state', 'status', 'moderation', 'moderation_status', 'moderationStatus', 'approval'],
]);
const SHOWN = /^(is_)?(visible|published|approved)$/;
const NOT_SHOWN = /^(is_)?(hidden|spam|deleted|held|pending|rejected)$/;

/** @returns the field that says so. */
export function heldBy(comment: Comment): string | undefined {
  // What stands around the row may say so, too.
  return heldIn(comment) ?? heldIn(extraFieldsOf(comment) ?? {});
}

function heldIn(comment: Record<string, unknown>): string | undefined {
  return Object.keys(comment).find((name) => saysHeld(name, comment[name]));
}

function saysHeld(name: string, value: unknown): boolean {
  if (name === 'deleted_at') return !!value;
  if (value === false) return SHOWN.test(name);
  if (value === true) return NOT_SHOWN.test(name);
  if (typeof value !== 'string') return false;
  return HELD_FIELDS.has(name) && (NEGATIVE_WORD.test(value.trim()) || HELD_WORD.test(value.trim()));
}
