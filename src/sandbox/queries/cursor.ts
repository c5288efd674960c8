import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Database } from '../db/database.ts';
import { secret } from '../db/secrets.ts';
import { ApiError } from '../model/errors.ts';

const MAC_LENGTH = 16;

export type CursorKey = (string | number)[];

/**
 * A cursor says where the page before it ended, by the sort key of its last row, so rows that come and go meanwhile
 * neither repeat nor hide others. It is signed together with `list`, the name of the list and its filters, so that
 * one made for another list is refused.
 */
export function writeCursor(db: Database, list: unknown[], key: CursorKey): string {
  const payload = Buffer.from(JSON.stringify(key));
  return Buffer.concat([mac(db, list, payload), payload]).toString('base64url');
}

/** The key inside a cursor that was made for this list. Throws `invalid_cursor` for any other text. */
export function readCursor(db: Database, list: unknown[], cursor: string): CursorKey {
  const bytes = Buffer.from(cursor, 'base64url');
  const payload = bytes.subarray(MAC_LENGTH);
  const given = bytes.subarray(0, MAC_LENGTH);
  if (given.length < MAC_LENGTH || !timingSafeEqual(given, mac(db, list, payload))) {
    throw new ApiError(
      'invalid_cursor',
      'This cursor belongs to another list or other filters: send the one from the page before, with the same filters.',
    );
  }
  return JSON.parse(payload.toString());
}

function mac(db: Database, list: unknown[], payload: Uint8Array): Buffer {
  return createHmac('sha256', secret(db, 'cursor'))
    .update(JSON.stringify(list))
    .update('\n')
    .update(payload)
    .digest()
    .subarray(0, MAC_LENGTH);
}
