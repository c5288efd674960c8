import type Libsql from 'libsql';
import { SandboxError } from '../model/errors.ts';

/** What a kind of file holds, as the steps that led to it: `PRAGMA user_version` counts those that a file has had. */
export interface Schema {
  /** Marks a file as one of these, so that nobody's other database is ever written to or reset. */
  applicationId: number;
  steps: readonly string[];
  /** What has to be done besides, in the transaction of a step; `at` is its number, from 1. */
  afterStep?: (database: Libsql.Database, at: number) => void;
  /** Said to each connection. */
  pragmas: string;
}

/** Throws SandboxError for somebody else's file, of which nothing was changed then. */
export function requireOurs(database: Libsql.Database, file: string, schema: Schema): void {
  // On one state of the file: another process may be filling it just now.
  database.transaction(() => judge(database, file, schema)).deferred();
}

function judge(database: Libsql.Database, file: string, { applicationId, steps }: Schema): void {
  const mark = pragma(database, 'application_id');
  // One that is marked and empty is still theirs.
  if (mark !== applicationId && (mark !== 0 || !isEmpty(database))) {
    throw new SandboxError(`${file} is another program's database: choose another file with --db.`);
  }
  if (pragma(database, 'user_version') === 0 && !isEmpty(database)) {
    throw new SandboxError(
      `${file} is a sandbox's database that lost its version number (user_version is 0): choose another file with --db, or delete this one.`,
    );
  }
  if (pragma(database, 'user_version') > steps.length) {
    throw new SandboxError(
      `${file} was made by a newer toado-mcp: update toado-mcp, or choose another file with --db.`,
    );
  }
}

/** Brings a file of ours to the newest schema, one transaction for each step. */
export function migrate(database: Libsql.Database, { applicationId, steps, afterStep }: Schema): void {
  const version = () => pragma(database, 'user_version');
  while (version() < steps.length) {
    database
      .transaction(() => {
        // Read again inside the transaction: another process may have done this step meanwhile.
        const at = version();
        const step = steps[at];
        if (step === undefined) return;
        database.exec(`${step}; PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${at + 1}`);
        afterStep?.(database, at + 1);
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
