import * as z from 'zod';
import type { Answer } from '../src/respond/answer.ts';
import type { Comment } from '../src/toado-api/schemas/index.ts';
import { commentBody, ticketId } from '../src/tool-kit/arguments/parameters.ts';
import { defineTool, type ToolSession } from '../src/tool-kit/definition/define-tool.ts';
import { hasErrorBeside, isDeniedBeside } from '../src/tool-kit/unconfirmed-writes/contradicted-success.ts';
import { findCreatedComment, madeByAnother } from '../src/tool-kit/unconfirmed-writes/find-created-row.ts';
import { saidToBeOld } from '../src/tool-kit/unconfirmed-writes/old-rows.ts';
import {
  inOtherWords,
  newComment,
  otherRow,
  withRemarks,
} from '../src/tool-kit/unconfirmed-writes/read-back.ts';
import { hasSameWords } from '../src/tool-kit/unconfirmed-writes/same-text.ts';
import { shownAs } from '../src/views/attribution.ts';
import { commentSchema, commentView, heldBy } from '../src/views/comment.ts';

export const addComment = defineTool({
  name: 'add_comment',
  title: 'Add a comment',
  scope: 'comments',
  effect: 'add',
  description: 'Posts a comment under the token owner’s name and the token’s label.',
  input: { ticket_id: ticketId, body: commentBody.describe('Markdown') },
  output: commentSchema.extend({ shown_as: z.string().optional() }),
  run: async ({ api, input, session }) => {
    const comment = await api.addComment(input);
    const { body } = comment;
    const told = saidToBeOld(comment, input.body);
    if (told) throw told;
    // On another ticket it is some other row, and its id another one's; without a text it may be, and a ticket is.
    if ((comment.ticket_id ?? input.ticket_id) !== input.ticket_id) throw otherRow(comment);
    if (typeof body !== 'string') throw 'title' in comment ? otherRow(comment) : inOtherWords(comment);
    // What is held, was taken.
    const isDenied = !heldBy(comment) && isDeniedBeside(comment);
    if (hasErrorBeside(comment) || isDenied) throw otherRow(comment, comment.id);
    // What was kept may be another form of the text, or somebody else's.
    if (!hasSameWords(body, input.body))
      return withRemarks({ ...posted(comment, session, OTHER_TEXT), omitFromText: ['ticket_id'] }, comment);
    return withRemarks(posted(comment, session), comment);
  },
  row: async (call, accepted, sent) => {
    const found = await newComment(call, accepted, sent);
    return found && posted(found.row, call.session, found.seen);
  },
  confirmWrite: async (call, sent) => {
    const { row, ...confirmation } = await findCreatedComment(call, sent);
    return row ? { ...confirmation, answer: posted(row, call.session, confirmation.seen) } : confirmation;
  },
});

const OTHER_TEXT = 'Toado took it, but the text of its row is not the one that was sent: compare body.';

const POSTED = 'Posted.';

function posted(
  comment: Comment,
  session: ToolSession,
  did = madeByAnother('comment', comment.created, session) ?? POSTED,
): Answer {
  const held = heldBy(comment);
  const notes = held
    ? [...(did === POSTED ? [] : [did]), `Toado took it, but it is not shown, or not yet: see ${held}.`]
    : [did];
  const shown_as = comment.created ? shownAs(comment.created) : session.shownAs;
  return {
    data: { ...commentView(comment), shown_as },
    notes,
    omitFromText: ['body', 'ticket_id', 'created'],
  };
}
