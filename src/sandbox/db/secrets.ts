import { randomBytes } from 'node:crypto';
import type { Database } from './database.ts';

const purposes = ['cursor', 'assets', 'session'] as const;

/**
 * Makes the random keys that a file doesn't have yet. Every process that serves the file signs with the same, and so
 * does the next one: what was signed outlasts a restart.
 */
export function makeSecrets(db: Database): void {
  const missing = purposes.filter((purpose) => !db.get('SELECT 1 FROM meta WHERE key = ?', name(purpose)));
  for (const purpose of missing) {
    db.run(
      'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT DO NOTHING',
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
