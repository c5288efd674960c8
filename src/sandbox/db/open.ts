import Libsql from 'libsql';
import { SandboxError } from '../model/errors.ts';
import { closeFileToOthers, prepareFile } from './file.ts';
import { migrate, requireOurs, type Schema } from './migrate.ts';
import { isBusy, whyNotOpened } from './storage-errors.ts';

/**
 * Opens a file of the sandbox, made and brought up to date where that is needed. Throws SandboxError with a sentence
 * for the person when it can't be used.
 */
export function openSqlite(file: string, schema: Schema): Libsql.Database {
  let libsql: Libsql.Database | undefined;
  try {
    prepareFile(file);
    libsql = new Libsql(file);
    libsql.exec('PRAGMA busy_timeout = 5000');
    retryWhileBusy(libsql, (database) => {
      requireOurs(database, file, schema);
      closeFileToOthers(file);
      // In this order: a file for which nothing has to reach the disk is made without waiting for it.
      database.exec(`${schema.pragmas}; PRAGMA journal_mode = WAL`);
      migrate(database, schema);
      requireWritable(database);
    });
    return libsql;
  } catch (error) {
    libsql?.close();
    if (error instanceof SandboxError) throw error;
    throw new SandboxError(whyNotOpened(file, error), { cause: error });
  }
}

/** A file that can only be read says so now, not with the first write. Where somebody else writes, one can. */
function requireWritable(database: Libsql.Database): void {
  database.exec('PRAGMA busy_timeout = 0');
  try {
    database.exec('BEGIN IMMEDIATE; ROLLBACK');
  } catch (error) {
    if (!isBusy(error)) throw error;
  }
  database.exec('PRAGMA busy_timeout = 5000');
}

/** Two processes that make the same file at the same moment can meet in ways that the busy time-out doesn't cover. */
function retryWhileBusy(database: Libsql.Database, work: (database: Libsql.Database) => void): void {
  const giveUpAt = performance.now() + 10_000;
  for (;;) {
    try {
      work(database);
      return;
    } catch (error) {
      if (!isBusy(error) || performance.now() > giveUpAt) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 15);
    }
  }
}
