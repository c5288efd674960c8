import { createHash } from 'node:crypto';
import { steadyMs } from '../db/clock.ts';
import type { Database } from '../db/database.ts';
import { ApiError } from '../model/errors.ts';

const KEPT_FOR_MS = 24 * 60 * 60 * 1000;

export interface Outcome {
  status: number;
  body: string;
}

/** A request that carried an Idempotency-Key. */
export interface KeyedRequest {
  tokenId: string;
  key: string;
  /** What was asked: the method, the path and the body. */
  request: Uint8Array;
}

export function keyedRequest(tokenId: string, key: string, ...asked: string[]): KeyedRequest {
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new ApiError('validation_error', 'Idempotency-Key: 1 to 255 printable characters without spaces.');
  }
  return { tokenId, key, request: createHash('sha256').update(asked.join('\n')).digest() };
}

/**
 * The outcome of the first request with this key; undefined when this is the first. Throws `conflict` when that one
 * asked for something else. Must run in the transaction that also does the write and remembers its outcome: that is
 * what keeps two requests with one key from both happening.
 */
export function earlierOutcome(db: Database, { tokenId, key, request }: KeyedRequest): Outcome | undefined {
  const found = db.get<Outcome & { request: Uint8Array }>(
    'SELECT request, status, body FROM outcomes WHERE token_id = ? AND key = ? AND since > ?',
    tokenId,
    key,
    steadyMs() - KEPT_FOR_MS,
  );
  if (found && Buffer.compare(found.request, request) !== 0) {
    throw new ApiError('conflict', 'This Idempotency-Key was used for another request: send a new one.');
  }
  return found;
}

export function rememberOutcome(
  db: Database,
  { tokenId, key, request }: KeyedRequest,
  outcome: Outcome,
): void {
  db.run('DELETE FROM outcomes WHERE since <= ?', steadyMs() - KEPT_FOR_MS);
  db.run(
    'INSERT INTO outcomes (token_id, key, request, status, body, since) VALUES (?, ?, ?, ?, ?, ?)',
    tokenId,
    key,
    request,
    outcome.status,
    outcome.body,
    steadyMs(),
  );
}
