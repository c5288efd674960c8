import { SandboxError } from '../model/errors.ts';
import { onNewBoot } from './clock.ts';
import { Connection } from './connection.ts';
import { inMemory } from './file.ts';
import type { Schema } from './migrate.ts';
import { openSqlite } from './open.ts';
import { isBusy, whyNotOpened } from './storage-errors.ts';

const schema: Schema = {
  // 'TOAR'
  applicationId: 0x544f4152,
  steps: [
    `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- Takes up room on the disk (takeRoom).
CREATE TABLE room (bytes BLOB NOT NULL) STRICT;
`,
    `
DROP TABLE IF EXISTS requests;
DROP TABLE IF EXISTS last_used;

-- The requests of a token in the last 60 seconds, numbered in their order, and the last one before. at is in
-- milliseconds of a clock that counts from the start of the machine (clock.ts), used_at by the time of day.
CREATE TABLE requests (
  token_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('read', 'write')),
  n INTEGER NOT NULL,
  at REAL NOT NULL,
  used_at REAL NOT NULL,
  PRIMARY KEY (token_id, kind, n)
) STRICT, WITHOUT ROWID;
`,
  ],
  // What is counted doesn't outlast the machine: nothing has to reach the disk. The log stays within its room.
  pragmas: 'PRAGMA synchronous = OFF; PRAGMA wal_autocheckpoint = 32',
};

/** Enough for some ten tokens that use up their budgets. */
const ROOM_BYTES = 256 * 1024;

export function requestsFile(file: string): string {
  return file === inMemory ? inMemory : `${file}-requests`;
}

/** Opens the file that counts the requests of a sandbox's tokens; it lies beside the sandbox's, wherever links lead. */
export function openRequests(sandboxFile: string): Connection {
  const file = requestsFile(sandboxFile);
  const requests = new Connection(openSqlite(file, schema));
  try {
    // What was counted before was by another clock: all of it is long ago, and in the order that it had.
    onNewBoot(requests, () =>
      requests.run('UPDATE requests SET at = at - 1e9 - (SELECT max(at) FROM requests)'),
    );
    if (file !== inMemory) takeRoom(requests);
  } catch (error) {
    // Where another program has the lock for so long, it is done when the file is opened again.
    if (isBusy(error)) return requests;
    requests.close();
    throw new SandboxError(whyNotOpened(file, error), { cause: error });
  }
  return requests;
}

/**
 * Has the file and its log be as long as they need to be, so that requests are counted on a full disk, too: both are
 * written over from then on.
 */
function takeRoom(requests: Connection): void {
  requests.write(() => requests.run('INSERT INTO room (bytes) VALUES (zeroblob(?))', ROOM_BYTES));
  requests.write(() => requests.run('DELETE FROM room'));
  requests.all('PRAGMA wal_checkpoint(PASSIVE)');
}
