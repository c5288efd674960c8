import type Libsql from 'libsql';
import { SandboxError } from '../model/errors.ts';
import { migrations, reindexAfterStep } from './schema.ts';

/** 'TOAD': marks a file as ours, so that nobody's other database is ever written to or reset. */
const applicationId = 0x544f4144;

/** Brings the file to the newest schema, one transaction for each step. Throws SandboxError for somebody else's file. */
export function migrate(database: Libsql.Database, file: string, reindex: () => void): void {
  const version = () => pragma(database, 'user_version');
  if (pragma(database, 'application_id') !== applicationId && !isEmpty(database)) {
    throw new SandboxError(`${file} is another program's database: choose another file with --db.`);
  }
  if (version() === 0 && !isEmpty(database)) {
    throw new SandboxError(
      `${file} is a sandbox's database that lost its version number (user_version is 0): choose another file with --db, or delete this one.`,
    );
  }
  if (version() > migrations.length) {
    throw new SandboxError(
      `${file} was made by a newer toado-mcp: update toado-mcp, or choose another file with --db.`,
    );
  }
  while (version() < migrations.length) {
    database
      .transaction(() => {
        // Read again inside the transaction: another process may have done this step meanwhile.
        const at = version();
        const step = migrations[at];
        if (step === undefined) return;
        database.exec(`${step}; PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${at + 1}`);
        if (at + 1 === reindexAfterStep) reindex();
      })
      .immediate();
  }
}

function pragma(database: Libsql.Database, name: string): number {
  return (database.prepare(`PRAGMA ${name}`).get([]) as Record<string, number>)[name] ?? 0;
}

function isEmpty(database: Libsql.Database): boolean {
  return database.prepare('SELECT 1 FROM sqlite_master LIMIT 1').get([]) === undefined;
}
