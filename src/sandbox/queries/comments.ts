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

/** The last of a ticket's comments, newest first; `upTo`: the last one of them that is wanted. */
export function lastComments(
  db: Database,
  ticketSeq: number,
  limit: number,
  upTo?: string | undefined,
): Json<Comment>[] {
  return db
    .all<CommentRow>(
      `${commentRows} WHERE c.ticket_seq = ?1
         AND (?2 IS NULL OR c.seq <= (SELECT seq FROM comments WHERE id = ?2 AND ticket_seq = ?1))
       ORDER BY c.seq DESC LIMIT ?3`,
      ticketSeq,
      upTo ?? null,
      limit,
    )
    .map(({ json }) => json);
}

/** How many comments a ticket has before this one. */
export function commentsBefore(db: Database, ticketSeq: number, id: string): number {
  return db.get<{ n: number }>(
    'SELECT count(*) AS n FROM comments WHERE ticket_seq = ?1 AND seq < (SELECT seq FROM comments WHERE id = ?2)',
    ticketSeq,
    id,
  )!.n;
}

export function commentById(db: Database, id: string): Json<Comment> {
  return db.get<CommentRow>(`${commentRows} WHERE c.id = ?`, id)!.json;
}
