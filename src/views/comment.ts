import * as z from 'zod';
import { saidBeside } from '../toado-api/answers/said-beside.ts';
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
const HELD_FIELDS = ['state', 'status', 'moderation', 'moderation_status', 'moderationStatus', 'approval'];

const SHOWN = ['visible', 'published', 'approved', 'is_visible', 'is_published', 'is_approved'];
const NOT_SHOWN = ['hidden', 'spam', 'deleted', 'held', 'pending', 'rejected'].flatMap((name) => [
  name,
  `is_${name}`,
]);

/** @returns the field that says so. */
export function heldBy(comment: Comment): string | undefined {
  // What stands around the row may say so, too.
  return heldIn(comment) ?? heldIn(saidBeside(comment) ?? {});
}

function heldIn(comment: Record<string, unknown>): string | undefined {
  const bySaying = HELD_FIELDS.find((name) => {
    const word = comment[name];
    return typeof word === 'string' && (NEGATIVE_WORD.test(word.trim()) || HELD_WORD.test(word.trim()));
  });
  return (
    bySaying ??
    SHOWN.find((name) => comment[name] === false) ??
    NOT_SHOWN.find((name) => comment[name] === true) ??
    (comment.deleted_at ? 'deleted_at' : undefined)
  );
}
