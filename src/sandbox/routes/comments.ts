import * as z from 'zod';
import { addComment } from '../actions/comment.ts';
import { listComments } from '../rows/comments.ts';
import { requireTicket } from '../rows/ticket.ts';
import { cursor, limit, text } from './input.ts';
import { created, ok, type Route, route } from './route.ts';

const list = route({
  method: 'GET',
  path: '/tickets/:ticket/comments',
  scope: 'read',
  input: z.strictObject({ limit, cursor }),
  run: ({ db, actor, params, input }) => {
    const { ticket } = requireTicket(db, actor, params.ticket!);
    return ok(listComments(db, ticket.seq, input));
  },
});

const add = route({
  method: 'POST',
  path: '/tickets/:ticket/comments',
  scope: 'comments',
  input: z.strictObject({ body: text(1, 50_000) }),
  run: ({ db, actor, params, input }) => created(addComment(db, actor, params.ticket!, input.body)),
});

export const commentRoutes: Route[] = [list, add];
