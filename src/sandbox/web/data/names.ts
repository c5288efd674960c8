import type { Database } from '../../db/database.ts';

/** What companies and projects are called, by id. */
export type Names = Map<string, string>;

/** Restrictions can name what the person at the browser doesn't see, so these are everybody's names. */
export function allNames(db: Database): Names {
  const rows = db.all<{ id: string; name: string }>(
    'SELECT id, name FROM companies UNION ALL SELECT id, name FROM projects',
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
