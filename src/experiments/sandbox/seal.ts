/**
 * Whether the sandbox's file is as its own requests left it. The agent may run as the user whose file it is; what was
 * changed in it past the API shows as a digest that no request explains.
 */
import { createHash } from 'node:crypto';
import type { Database } from '../../sandbox/db/database.ts';

/** The columns that only a write changes. The other tables (budgets, idempotency keys) change with reads, too. */
const TABLES: Record<string, '*' | readonly string[]> = {
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
  tokens: [
    'id',
    'hash',
    'label',
    'user_id',
    'scopes',
    'companies',
    'projects',
    'created_at',
    'expires_at',
    'revoked_at',
  ],
  activity: '*',
  devtools: ['ticket_seq', 'digest', 'octet_length(json)'],
};

export type Seal = Map<string, string>;

/**
 * What tells the seal of that file as it is now. SQLite makes one text of each table: row by row, most of the time
 * would go into fetching them. The statements are written once, for the columns that there are in the beginning; a
 * column that comes or goes changes the seal of the schema.
 */
export function sealerOf(db: Database): () => Seal {
  const texts = Object.entries(TABLES).map(([table, given]) => {
    const columns =
      given === '*'
        ? db.all<{ name: string }>('SELECT name FROM pragma_table_info(?)', table).map(({ name }) => name)
        : given;
    const row = columns.map((column) => `quote(${column})`).join(` || ',' || `);
    return [table, `SELECT group_concat(${row}, char(10)) AS text FROM ${table}`] as const;
  });
  texts.push([
    'schema',
    "SELECT group_concat(name || ':' || coalesce(sql, ''), char(10)) AS text FROM sqlite_master",
  ]);
  return () =>
    new Map(
      texts.map(([table, sql]) => [
        table,
        createHash('sha1')
          .update(db.get<{ text: string | null }>(sql)?.text ?? '')
          .digest('base64'),
      ]),
    );
}

/** The tables in which they differ. */
export function changedTables(before: Seal, after: Seal): string[] {
  return [...before].filter(([table, digest]) => after.get(table) !== digest).map(([table]) => table);
}
