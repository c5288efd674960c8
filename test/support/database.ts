import Database from 'libsql';
import { atEnd } from './ending.ts';

type Row = Record<string, unknown>;

export interface DatabaseReader {
  all(sql: string, ...values: unknown[]): Row[];
  one(sql: string, ...values: unknown[]): Row | undefined;
}

/** The sandbox's file, past the sandbox: what really stands there. */
export function openDatabase(file: string): DatabaseReader {
  const db = new Database(file);
  atEnd(() => db.close());
  const all = (sql: string, ...values: unknown[]) => db.prepare(sql).all(...values) as Row[];
  return { all, one: (sql, ...values) => all(sql, ...values)[0] };
}

/** A digest of everything that people wrote; equal before and after means that nothing was written. */
export function contents({ all }: DatabaseReader): string {
  const tables = ['tickets', 'comments', 'assignees', 'activity', 'columns', 'projects'];
  return JSON.stringify(tables.map((table) => all(`SELECT * FROM ${table}`)));
}
