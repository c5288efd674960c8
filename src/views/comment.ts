import * as z from 'zod';
import type { Comment } from '../toado-api/schemas/index.ts';
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
