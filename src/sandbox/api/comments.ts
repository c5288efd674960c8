import * as z from 'zod';
import { listComments } from '../queries/comments.ts';
import { pageJson } from '../queries/page.ts';
import { requireTicket } from '../queries/ticket.ts';
import { addComment } from '../rules/comment.ts';
import { cursor, limit, text } from '../rules/input.ts';
import { MAX_LENGTH } from '../rules/text-lengths.ts';
import { createdJson, okJson, type Route, route } from './route.ts';

const list = route({
  method: 'GET',
  path: '/tickets/:ticket/comments',
  scope: 'read',
  input: z.strictObject({ limit, cursor }),
  run: ({ db, actor, params, input }) => {
    const { ticket } = requireTicket(db, actor, params.ticket!);
    return okJson(pageJson(listComments(db, ticket.seq, input)));
  },
});

const add = route({
  method: 'POST',
  path: '/tickets/:ticket/comments',
  scope: 'comments',
  input: z.strictObject({ body: text(1, MAX_LENGTH.comment) }),
  run: ({ db, actor, params, input }) => createdJson(addComment(db, actor, params.ticket!, input.body)),
});

export const commentRoutes: Route[] = [list, add];
