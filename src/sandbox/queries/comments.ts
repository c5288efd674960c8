import type { Database } from '../db/database.ts';
import type { Attribution } from './attribution.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { attributionJson, type Json } from './json.ts';
import { type Page, pageOf } from './page.ts';

export interface Comment {
  id: string;
  ticket_id: string;
  body: string;
  created: Attribution;
}

interface CommentRow {
  seq: number;
  json: Json<Comment>;
}

const commentRows = `
  SELECT c.seq, json_object(
    'id', c.id, 'ticket_id', t.id, 'body', c.body, 'created', ${attributionJson('c', 'created', 'u')}) AS json
  FROM comments c
  JOIN tickets t ON t.seq = c.ticket_seq
  JOIN users u ON u.id = c.created_by`;

/** A page of a ticket's comments, oldest first. */
export function listComments(
  db: Database,
  ticketSeq: number,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Page<Json<Comment>> {
  const list = ['comments', ticketSeq];
  const [after = 0] = cursor === undefined ? [] : readCursor(db, list, cursor);
  const rows = db.all<CommentRow>(
    `${commentRows} WHERE c.ticket_seq = ? AND c.seq > ? ORDER BY c.seq LIMIT ?`,
    ticketSeq,
    after,
    limit + 1,
  );
  return pageOf(
    rows,
    limit,
    ({ json }) => json,
    (last) => writeCursor(db, list, [last.seq]),
  );
}

/** The last of a ticket's comments, oldest first. */
export function lastComments(db: Database, ticketSeq: number, limit: number): Json<Comment>[] {
  return db
    .all<CommentRow>(`${commentRows} WHERE c.ticket_seq = ? ORDER BY c.seq DESC LIMIT ?`, ticketSeq, limit)
    .map(({ json }) => json)
    .reverse();
}

export function commentById(db: Database, id: string): Json<Comment> {
  return db.get<CommentRow>(`${commentRows} WHERE c.id = ?`, id)!.json;
}
