import { readCursor, writeCursor } from '../cursor.ts';
import type { Database } from '../db/database.ts';
import { type Attribution, type AttributionRow, toAttribution } from './attribution.ts';
import { type Page, pageOf } from './page.ts';

export interface Comment {
  id: string;
  ticket_id: string;
  body: string;
  created: Attribution;
}

interface CommentRow extends AttributionRow {
  seq: number;
  id: string;
  ticket_id: string;
  body: string;
}

const commentRows = `
  SELECT c.seq, c.id, t.id AS ticket_id, c.body, c.created_by AS user_id, u.name AS user_name,
    c.created_token_id AS token_id, c.created_token_label AS token_label, c.created_via AS via, c.created_at AS at
  FROM comments c
  JOIN tickets t ON t.seq = c.ticket_seq
  JOIN users u ON u.id = c.created_by`;

/** A page of a ticket's comments, oldest first. */
export function listComments(
  db: Database,
  ticketSeq: number,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Page<Comment> {
  const list = ['comments', ticketSeq];
  const [after = 0] = cursor === undefined ? [] : readCursor(db, list, cursor);
  const rows = db.all<CommentRow>(
    `${commentRows} WHERE c.ticket_seq = ? AND c.seq > ? ORDER BY c.seq LIMIT ?`,
    ticketSeq,
    after,
    limit + 1,
  );
  return pageOf(rows, limit, toComment, (last) => writeCursor(db, list, [last.seq]));
}

export function commentById(db: Database, id: string): Comment {
  return toComment(db.get<CommentRow>(`${commentRows} WHERE c.id = ?`, id)!);
}

function toComment(row: CommentRow): Comment {
  return { id: row.id, ticket_id: row.ticket_id, body: row.body, created: toAttribution(row) };
}
