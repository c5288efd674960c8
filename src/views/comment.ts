import * as z from 'zod';
import type { Comment } from '../toado-api/schemas.ts';
import { authored } from './attribution.ts';

export const commentSchema = z.object({
  id: z.string(),
  body: z.string(),
  created: z.object({ shown_as: z.string(), at: z.string().optional() }).optional(),
});

export function commentView({ id, body, created, ...rest }: Comment) {
  return { id, created: authored(created), body, ...rest };
}
