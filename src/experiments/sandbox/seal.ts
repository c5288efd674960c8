/**
 * Whether the sandbox's file is as its own requests left it. The agent may run as the user whose file it is; what was
 * changed in it past the API shows as a digest that no request explains.
 */
import { createHash } from 'node:crypto';
import type { Database } from '../../sandbox/db/database.ts';

/** Reading changes the rest: budgets, and what idempotency keys answered. */
const TABLES: Record<string, string> = {
  users: '*',
  companies: '*',
  memberships: '*',
  projects: '*',
  project_members: '*',
  columns: '*',
  tickets: '*',
  assignees: '*',
  comments: '*',
  captures: '*',
  attachments: '*',
  tokens:
    'id, hex(hash) AS hash, label, user_id, scopes, companies, projects, created_at, expires_at, revoked_at',
  activity: '*',
  devtools: 'ticket_seq, digest, octet_length(json) AS length',
};

type Seal = Map<string, string>;

export function sealOf(db: Database): Seal {
  return new Map(
    Object.entries(TABLES).map(([table, columns]) => {
      const hash = createHash('sha1');
      for (const row of db.all(`SELECT ${columns} FROM ${table}`)) hash.update(JSON.stringify(row));
      return [table, hash.digest('base64')];
    }),
  );
}

/** The tables in which they differ. */
export function broken(before: Seal, after: Seal): string[] {
  return [...before].filter(([table, digest]) => after.get(table) !== digest).map(([table]) => table);
}
