import type { Database } from '../../db/database.ts';
import { type Comment, commentsBefore, lastComments } from '../../queries/comments.ts';
import { parse } from '../../queries/json.ts';
import { cutText } from './cut-text.ts';

/** A comment as a page shows it. */
export interface ShownComment extends Comment {
  /** How many characters it has, where `body` is only its beginning. */
  whole?: number;
}

export interface ShownComments {
  /** Oldest first. */
  items: ShownComment[];
  /** How many there are before them, and the last of those. */
  earlier: number;
  before?: string;
  /** Whether there are later ones. */
  isPast: boolean;
}

/** What a page shows of comments, so that it stays quick whatever they are. */
const MAX_COMMENTS = 100;
const MAX_CHARACTERS = 3000;
const MAX_ON_PAGE = 100_000;

/** A ticket's last comments; with `upTo`, that one, whole, and those before it. */
export function shownComments(db: Database, ticketSeq: number, upTo?: string): ShownComments {
  const read = (id?: string) => lastComments(db, ticketSeq, MAX_COMMENTS + 1, id).map(parse);
  const found = upTo === undefined ? [] : read(upTo);
  // An address that names none of them shows the last ones.
  const isPast = found.length > 0;
  const rows = isPast ? found : read();
  const items: ShownComment[] = [];
  let characters = 0;
  for (const comment of rows.slice(0, MAX_COMMENTS)) {
    const shown = isPast && items.length === 0 ? comment : shortened(comment);
    characters += shown.body.length;
    if (characters > MAX_ON_PAGE && items.length > 0) break;
    items.unshift(shown);
  }
  const before = rows[items.length]?.id;
  return {
    items,
    earlier: before === undefined ? 0 : commentsBefore(db, ticketSeq, before) + 1,
    ...(before !== undefined && { before }),
    isPast,
  };
}

function shortened(comment: Comment): ShownComment {
  const { body } = comment;
  if (body.length <= MAX_CHARACTERS) return comment;
  return { ...comment, body: cutText(body, MAX_CHARACTERS), whole: [...body].length };
}
