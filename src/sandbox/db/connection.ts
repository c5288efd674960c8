import { setTimeout as sleep } from 'node:timers/promises';
import type Libsql from 'libsql';
import { ApiError } from '../model/errors.ts';
import { isBusy } from './storage-errors.ts';

/** How long a request waits for another program to release the file. */
const MAX_WAIT_MS = 4000;

const MAX_STATEMENTS = 300;

/** What may be bound: the driver ends the process when it is handed a boolean. */
export type SqlValue = string | number | null | Uint8Array;

type Statement = Libsql.Statement<unknown[]>;

/** One connection to a file: every statement is prepared once, every write is inside `write`. */
export class Connection {
  readonly #libsql: Libsql.Database;
  readonly #statements = new Map<string, Statement>();
  #depth = 0;

  constructor(libsql: Libsql.Database) {
    this.#libsql = libsql;
  }

  /** From now on nothing blocks the process: who finds the file locked by another program waits in `whenFree`. */
  serve(): void {
    this.#libsql.exec('PRAGMA busy_timeout = 0');
  }

  /** Does the work as soon as no other program holds the lock, for which everybody waits side by side. */
  async whenFree<Result>(work: () => Result, waitMs = MAX_WAIT_MS): Promise<Result> {
    const until = performance.now() + waitMs;
    for (let pauseMs = 1; ; pauseMs = Math.min(25, pauseMs * 2)) {
      if (!this.#libsql.open) throw new ApiError('unavailable', 'The sandbox is being stopped.');
      try {
        return work();
      } catch (error) {
        if (!isBusy(error) || performance.now() >= until) throw error;
      }
      await sleep(pauseMs);
    }
  }

  /** `write`, as soon as no other program holds the lock. */
  writeWhenFree<Result>(work: () => Result): Promise<Result> {
    return this.whenFree(() => this.write(work));
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
      // SQLite may have ended it by itself already (a damaged file, for one), and the reason is what counts.
      if (this.#libsql.inTransaction) this.#libsql.exec('COMMIT');
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

  /** Whether this is inside a `write`. */
  get isWriting(): boolean {
    return this.#depth > 0;
  }

  #with<Result>(sql: string, use: (statement: Statement) => Result): Result {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#libsql.prepare(sql);
      this.#statements.set(sql, statement);
      // A search has a statement for each number of words.
      if (this.#statements.size > MAX_STATEMENTS)
        this.#statements.delete(this.#statements.keys().next().value!);
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
