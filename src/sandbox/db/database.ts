import { dirname } from 'node:path';
import Libsql from 'libsql';
import { makeFolder } from '../../base/make-folder.ts';
import { SandboxError } from '../model/errors.ts';
import { migrate } from './migrate.ts';

/** What may be bound: the driver ends the process when it is handed a boolean. */
export type SqlValue = string | number | null | Uint8Array;

type Statement = Libsql.Statement<unknown[]>;

/** One connection to the sandbox's file: every statement is prepared once, every write is inside `write`. */
export class Database {
  readonly file: string;
  readonly #libsql: Libsql.Database;
  readonly #statements = new Map<string, Statement>();
  #depth = 0;

  /** Throws SandboxError with a sentence for the person when the file can't be used. */
  constructor(file: string) {
    this.file = file;
    this.#libsql = open(file);
  }

  /** The first row, or undefined. */
  get<Row>(sql: string, ...params: SqlValue[]): Row | undefined {
    return this.#with(sql, (statement) => statement.get(params)) as Row | undefined;
  }

  all<Row>(sql: string, ...params: SqlValue[]): Row[] {
    return this.#with(sql, (statement) => statement.all(params)) as Row[];
  }

  /** The number of rows changed. */
  run(sql: string, ...params: SqlValue[]): number {
    return this.#with(sql, (statement) => statement.run(params)).changes;
  }

  /**
   * Runs `work` in one immediate transaction: all of it happens, or, when it throws, nothing. Inside another `write`
   * it is a savepoint, so that a part can fail alone.
   */
  write<Result>(work: () => Result): Result {
    const level = this.#depth;
    const savepoint = `level_${level}`;
    this.#libsql.exec(level === 0 ? 'BEGIN IMMEDIATE' : `SAVEPOINT ${savepoint}`);
    this.#depth = level + 1;
    try {
      const result = work();
      this.#libsql.exec(level === 0 ? 'COMMIT' : `RELEASE ${savepoint}`);
      return result;
    } catch (error) {
      // SQLite may have rolled back by itself already (a full disk, for one).
      if (this.#libsql.inTransaction) {
        this.#libsql.exec(level === 0 ? 'ROLLBACK' : `ROLLBACK TO ${savepoint}; RELEASE ${savepoint}`);
      }
      throw error;
    } finally {
      this.#depth = level;
    }
  }

  /** Runs reads on one state of the file, whatever other processes write meanwhile. */
  read<Result>(work: () => Result): Result {
    this.#libsql.exec('BEGIN');
    try {
      return work();
    } finally {
      this.#libsql.exec('COMMIT');
    }
  }

  close(): void {
    this.#statements.clear();
    try {
      // Without waiting: where another process is using the file, that one will do it.
      this.#libsql.exec('PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // It will, too, if it holds the lock.
    }
    this.#libsql.close();
  }

  #with<Result>(sql: string, use: (statement: Statement) => Result): Result {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#libsql.prepare(sql);
      this.#statements.set(sql, statement);
    }
    try {
      return use(statement);
    } catch (error) {
      // The driver doesn't reset a statement that failed; kept alive, it could hold on to its lock.
      this.#statements.delete(sql);
      throw error;
    }
  }
}

function open(file: string): Libsql.Database {
  let libsql: Libsql.Database | undefined;
  try {
    makeFolder(dirname(file));
    libsql = new Libsql(file);
    libsql.exec('PRAGMA busy_timeout = 5000');
    retryWhileBusy(libsql, (database) => {
      database.exec('PRAGMA journal_mode = WAL');
      database.exec('PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000');
      migrate(database, file);
    });
    return libsql;
  } catch (error) {
    libsql?.close();
    throw error instanceof SandboxError ? error : new SandboxError(whyNotOpened(file, error));
  }
}

/** Two processes that make the same file at the same moment can meet in ways that the busy time-out doesn't cover. */
function retryWhileBusy(database: Libsql.Database, work: (database: Libsql.Database) => void): void {
  const giveUpAt = Date.now() + 10_000;
  for (;;) {
    try {
      work(database);
      return;
    } catch (error) {
      if (!isBusy(error) || Date.now() > giveUpAt) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 15);
    }
  }
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown }).code ?? '');
}

/** Whether another process kept the file locked longer than this one was willing to wait. */
export function isBusy(error: unknown): boolean {
  return codeOf(error).startsWith('SQLITE_BUSY') || codeOf(error).startsWith('SQLITE_LOCKED');
}

function whyNotOpened(file: string, error: unknown): string {
  const code = codeOf(error);
  if (code === 'SQLITE_NOTADB') {
    return `${file} is not a database: choose another file with --db, or delete this one.`;
  }
  if (code === 'SQLITE_CORRUPT') {
    return `${file} is damaged: delete it (the sandbox makes a new one), or choose another file with --db.`;
  }
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') {
    return `There is no room left on the disk for ${file}: free some, or choose another place with --db.`;
  }
  if (
    code === 'SQLITE_READONLY' ||
    code.startsWith('SQLITE_READONLY') ||
    code === 'EACCES' ||
    code === 'EROFS'
  ) {
    return `${file} can't be written: change its permissions, or choose another file with --db.`;
  }
  if (isBusy(error)) {
    return `${file} is locked by another program: stop that program, or choose another file with --db.`;
  }
  return `${file} can't be opened: check that it is a file (not a folder) that you may read and write, or choose another with --db.`;
}
