import { requireWriter } from '../auth/permissions.ts';
import { randomText } from '../auth/token-hash.ts';
import type { Database } from '../db/database.ts';
import { indexComment } from '../db/search-index.ts';
import type { Actor } from '../model/actor.ts';
import { type Comment, commentById } from '../queries/comments.ts';
import type { Json } from '../queries/json.ts';
import { requireTicket } from '../queries/ticket.ts';
import { record } from './record-activity.ts';

/** Adds a comment. The ticket itself counts as unchanged by it: the comment carries its own attribution. */
export function addComment(db: Database, actor: Actor, ticketId: string, body: string): Json<Comment> {
  const { ticket, access } = requireTicket(db, actor, ticketId);
  requireWriter(access);
  const id = `cmt_${randomText(16)}`;
  const at = new Date().toISOString();
  db.run(
    `INSERT INTO comments (id, ticket_seq, body, created_at, created_by, created_token_id, created_token_label,
       created_via) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    id,
    ticket.seq,
    body,
    at,
    actor.user.id,
    actor.token?.id ?? null,
    actor.token?.label ?? null,
    actor.via,
  );
  db.run(
    `UPDATE tickets SET comment_count = comment_count + 1, has_ai_activity = max(has_ai_activity, ?)
     WHERE seq = ?`,
    actor.via === 'mcp' ? 1 : 0,
    ticket.seq,
  );
  const { comment_count: number } = db.get<{ comment_count: number }>(
    'SELECT comment_count FROM tickets WHERE seq = ?',
    ticket.seq,
  )!;
  indexComment(db, ticket.seq, number, body);
  record(db, actor, at, { action: 'add_comment', ticket, detail: { comment_id: id } });
  return commentById(db, id);
}
