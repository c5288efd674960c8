import * as z from 'zod';
import type { Comment } from '../toado-api/schemas.ts';
import { authored } from './attribution.ts';

export const commentSchema = z.object({
  id: z.string().optional(),
  body: z.string().optional(),
  created: z.object({ shown_as: z.string().optional(), at: z.string().optional() }).optional(),
});

export function commentView({ id, body, created, ...rest }: Comment) {
  return { id, created: authored(created), body, ...rest };
}
