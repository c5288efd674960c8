/** All that a Toado holds which a grader looks at, at one moment. */
import type { Database } from '../../sandbox/db/database.ts';

export interface SnapshotTicket {
  id: string;
  project: string;
  /** Its column's name. */
  column: string;
  /** Orders the tickets of a column. */
  rank: string;
  title: string;
  description: string;
  archived: boolean;
  resolved: boolean;
  draft: boolean;
  branch: string | null;
  source_url: string | null;
  assignees: string[];
  created: Authorship;
}

export interface Authorship {
  user: string;
  /** The token's id. */
  token: string | null;
  via: string;
  at: string;
}

export interface SnapshotComment extends Authorship {
  id: string;
  ticket: string;
  body: string;
}

export interface Snapshot {
  projects: { id: string; name: string; company: string; columns: string[] }[];
  users: { id: string; name: string }[];
  tickets: SnapshotTicket[];
  comments: SnapshotComment[];
}

export function snapshotOf(db: Database): Snapshot {
  const columns = db.all<{ project_id: string; name: string }>(
    'SELECT project_id, name FROM columns ORDER BY project_id, position',
  );
  const assignees = new Map<string, string[]>();
  const assigned = db.all<{ id: string; user_id: string }>(
    'SELECT t.id, a.user_id FROM assignees a JOIN tickets t ON t.seq = a.ticket_seq ORDER BY a.seq',
  );
  for (const { id, user_id } of assigned) assignees.set(id, [...(assignees.get(id) ?? []), user_id]);
  const tickets = db.all<Record<string, string | number | null>>(
    `SELECT t.id, t.project_id, c.name AS column_name, t.rank, t.title, t.description, t.archived_at, t.resolved,
       t.is_draft, t.branch_name, t.source_url, t.created_by, t.created_token_id, t.created_via, t.created_at
     FROM tickets t LEFT JOIN columns c ON c.id = t.column_id ORDER BY t.seq`,
  );
  return {
    projects: db
      .all<{ id: string; name: string; company_id: string }>(
        'SELECT id, name, company_id FROM projects ORDER BY id',
      )
      .map(({ id, name, company_id }) => ({
        id,
        name,
        company: company_id,
        columns: columns.filter(({ project_id }) => project_id === id).map((column) => column.name),
      })),
    users: db.all('SELECT id, name FROM users ORDER BY id'),
    tickets: tickets.map((row) => ({
      id: String(row.id),
      project: String(row.project_id),
      column: String(row.column_name),
      rank: String(row.rank),
      title: String(row.title),
      description: String(row.description),
      archived: row.archived_at !== null,
      resolved: row.resolved === 1,
      draft: row.is_draft === 1,
      branch: row.branch_name as string | null,
      source_url: row.source_url as string | null,
      assignees: assignees.get(String(row.id)) ?? [],
      created: {
        user: String(row.created_by),
        token: row.created_token_id as string | null,
        via: String(row.created_via),
        at: String(row.created_at),
      },
    })),
    comments: db.all(
      `SELECT c.id, t.id AS ticket, c.body, c.created_by AS user, c.created_token_id AS token, c.created_via AS via,
         c.created_at AS at FROM comments c JOIN tickets t ON t.seq = c.ticket_seq ORDER BY c.seq`,
    ),
  };
}
