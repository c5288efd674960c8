import { randomBytes } from 'node:crypto';
import type { Database } from './database.ts';

const purposes = ['cursor', 'assets'] as const;

/** Makes the random keys of a new file. Every process that serves the file signs with the same. */
export function makeSecrets(db: Database): void {
  for (const purpose of purposes) {
    db.run(
      'INSERT INTO meta (key, value) VALUES (?, ?)',
      name(purpose),
      randomBytes(32).toString('base64url'),
    );
  }
}

export function secret(db: Database, purpose: (typeof purposes)[number]): string {
  return db.get<{ value: string }>('SELECT value FROM meta WHERE key = ?', name(purpose))!.value;
}

function name(purpose: string): string {
  return `secret.${purpose}`;
}
