import type { Database } from '../db/database.ts';
import type { Actor } from '../model/actor.ts';

/** What somebody did. One of these per row of the history. */
export type Action =
  | 'create_ticket'
  | 'update_ticket'
  | 'move_ticket'
  | 'archive_ticket'
  | 'restore_ticket'
  | 'start_work'
  | 'assign'
  | 'unassign'
  | 'add_comment'
  | 'create_token'
  | 'revoke_token'
  | 'set_limits';

export interface Recorded {
  action: Action;
  ticket?: { id: string; project_id: string };
  /** Short: what a person reads in a history, not the texts themselves. */
  detail?: Record<string, unknown>;
}

/** Adds a row to the history: who did what to which ticket, with which token and by which way. */
export function record(db: Database, actor: Actor, at: string, { action, ticket, detail }: Recorded): void {
  db.run(
    `INSERT INTO activity (at, user_id, token_id, token_label, via, action, project_id, ticket_id, detail)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    at,
    actor.user.id,
    actor.token?.id ?? null,
    actor.token?.label ?? null,
    actor.via,
    action,
    ticket?.project_id ?? null,
    ticket?.id ?? null,
    JSON.stringify(detail ?? {}),
  );
}

/** Records a change of the ticket itself, there and in the history. */
export function recordTicketChange(
  db: Database,
  actor: Actor,
  recorded: Recorded & { ticket: { id: string; project_id: string } },
): void {
  const at = new Date().toISOString();
  db.run(
    `UPDATE tickets SET updated_at = ?, updated_by = ?, updated_token_id = ?, updated_token_label = ?,
       updated_via = ?, has_ai_activity = max(has_ai_activity, ?) WHERE id = ?`,
    at,
    actor.user.id,
    actor.token?.id ?? null,
    actor.token?.label ?? null,
    actor.via,
    actor.via === 'mcp' ? 1 : 0,
    recorded.ticket.id,
  );
  record(db, actor, at, recorded);
}
