import type { Database } from '../db/database.ts';

/** The ids of everything that has one. */
export function allIds(db: Database): string[] {
  const tables = [
    'users',
    'companies',
    'projects',
    'columns',
    'tickets',
    'comments',
    'captures',
    'attachments',
    'tokens',
  ];
  return db
    .all<{ id: string }>(tables.map((table) => `SELECT id FROM ${table}`).join(' UNION ALL '))
    .map(({ id }) => id);
}
