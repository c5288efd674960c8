import { existsSync } from 'node:fs';
import type Libsql from 'libsql';
import { removeClosed } from './closed-files.ts';
import { Connection } from './connection.ts';
import { FILE_SUFFIXES, inMemory, OpenedFiles, realFile } from './file.ts';
import type { Schema } from './migrate.ts';
import { migrations, reindexAfterStep } from './migrations.ts';
import { openSqlite } from './open.ts';
import { openRequests, requestsFile } from './request-counts.ts';
import { reindexAll, type SearchStore } from './search-index.ts';

export type { SqlValue } from './connection.ts';

const sandbox: Schema = {
  // 'TOAD'
  applicationId: 0x544f4144,
  steps: migrations,
  afterStep: (database, at) => {
    if (at === reindexAfterStep) reindexAll(asReader(database));
  },
  pragmas: 'PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000',
};

/** How often the file that counts requests is looked for. */
const LOOK_MS = 200;

/** The sandbox's file, and beside it the one that counts requests. */
export class Database extends Connection {
  readonly file: string;
  /** Which requests tokens made: a file of its own, so that whoever locks the sandbox's doesn't keep them from being counted. */
  readonly requests: Connection;
  readonly #opened: OpenedFiles;
  readonly #openedRequests: OpenedFiles;
  #lookAgainAt = 0;

  /** Throws SandboxError with a sentence for the person when the file can't be used. */
  constructor(file: string) {
    const isNew = file !== inMemory && !existsSync(file);
    super(openSqlite(file, sandbox));
    this.file = file;
    try {
      this.requests = openRequests(realFile(file));
    } catch (error) {
      super.close();
      if (isNew) for (const suffix of FILE_SUFFIXES) removeClosed(file + suffix);
      throw error;
    }
    this.#opened = new OpenedFiles(file);
    this.#openedRequests = new OpenedFiles(requestsFile(realFile(file)));
  }

  override serve(): void {
    super.serve();
    this.requests.serve();
  }

  /** Throws `unavailable` when one of the files was deleted or replaced under us. */
  requireFile(): void {
    this.#opened.require();
    // The file of requests holds only counts, so a look at it now and then is enough.
    if (performance.now() < this.#lookAgainAt) return;
    this.#openedRequests.require();
    this.#lookAgainAt = performance.now() + LOOK_MS;
  }

  override write<Result>(work: () => Result): Result {
    if (!this.isWriting) this.requireFile();
    return super.write(work);
  }

  override close(): void {
    this.requests.close();
    super.close();
  }
}

/** The connection as the index is filled through while the file is brought up to date. */
function asReader(libsql: Libsql.Database): SearchStore {
  return {
    get: (sql, ...params) => libsql.prepare(sql).get(params) as never,
    all: (sql, ...params) => libsql.prepare(sql).all(params) as never,
    run: (sql, ...params) => libsql.prepare(sql).run(params).changes,
  };
}
