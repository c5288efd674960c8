/** A comment. */
import { type Read, reference, text } from '../schema-kit/scalar-readers.ts';
import { objectSchema } from '../schema-kit/tolerant-schema.ts';
import { ID } from './common.ts';
import { attribution, gatherOnlyAttribution } from './people.ts';

export const comment = objectSchema(
  'comment',
  { id: text, ticket_id: reference, body: text, created: attribution },
  {
    also: {
      id: ['comment_id', ...ID],
      ticket_id: ['ticket'],
      body: ['text', 'content', 'message', 'comment'],
    },
    gather: gatherOnlyAttribution,
  },
);

export type Comment = Read<typeof comment>;
