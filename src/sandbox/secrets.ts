import { randomBytes } from 'node:crypto';
import type { Database } from './db/database.ts';

/** A random key of this file, made when it is first needed; every process that serves the file has the same. */
export function secret(db: Database, purpose: 'cursor' | 'assets'): string {
  const name = `secret.${purpose}`;
  const find = () => db.get<{ value: string }>('SELECT value FROM meta WHERE key = ?', name)?.value;
  return (
    find() ??
    db.write(() => {
      db.run(
        'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT DO NOTHING',
        name,
        randomBytes(32).toString('base64url'),
      );
      return find()!;
    })
  );
}
