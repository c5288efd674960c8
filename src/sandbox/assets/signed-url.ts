import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Database } from '../db/database.ts';
import { secret } from '../db/secrets.ts';
import { ApiError } from '../model/errors.ts';
import type { Pictures, Size } from './pictures.ts';

/** A picture of a ticket: a screenshot, the one with what was drawn on it, or an attachment. */
export interface Asset extends Size {
  /** Its name among the pictures. */
  picture: string;
  content_type: string;
}

/** Throws `asset_not_found` when the ticket has no such picture. */
export function findAsset(db: Database, pictures: Pictures, ticketSeq: number, name: string): Asset {
  for (const picture of candidates(db, ticketSeq, name)) {
    const size = pictures.size(picture);
    if (size) return { picture, content_type: 'image/png', ...size };
  }
  throw new ApiError('asset_not_found', 'This ticket has no such screenshot or attachment.');
}

/** The names to look for, the best first: where nothing was drawn on a screenshot, it is its own annotated one. */
function candidates(db: Database, ticketSeq: number, name: string): string[] {
  if (name === 'screenshot' || name === 'screenshot_with_annotations') {
    const picture = db.get<{ picture: string | null }>(
      'SELECT picture FROM captures WHERE ticket_seq = ?',
      ticketSeq,
    )?.picture;
    if (!picture) return [];
    return name === 'screenshot' ? [picture] : [`${picture}.annotated`, picture];
  }
  return db
    .all<{ picture: string }>(
      'SELECT picture FROM attachments WHERE ticket_seq = ? AND id = ?',
      ticketSeq,
      name,
    )
    .map(({ picture }) => picture);
}

export interface PresignedAsset {
  url: string;
  content_type: string;
  width: number;
  height: number;
  expires_at: string;
}

/** An address that anybody may fetch the picture from, without a token, until it expires. */
export function presign(db: Database, origin: string, asset: Asset, ttlMs: number): PresignedAsset {
  const expires = Date.now() + ttlMs;
  const signature = sign(db, asset.picture, String(expires)).toString('base64url');
  return {
    url: `${origin}/assets/${encodeURIComponent(asset.picture)}.png?expires=${expires}&signature=${signature}`,
    content_type: asset.content_type,
    width: asset.width,
    height: asset.height,
    expires_at: new Date(expires).toISOString(),
  };
}

/**
 * For how many milliseconds yet an address works. Throws `forbidden` unless it is one that `presign` made and that
 * hasn't expired.
 */
export function verifyPresigned(db: Database, picture: string, expires: string, signature: string): number {
  const expected = sign(db, picture, expires);
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new ApiError('forbidden', 'The signature of this address is wrong: ask the API for a new one.');
  }
  const leftMs = Number(expires) - Date.now();
  if (leftMs <= 0) throw new ApiError('forbidden', 'This address has expired: ask the API for a new one.');
  return leftMs;
}

function sign(db: Database, picture: string, expires: string): Buffer {
  return createHmac('sha256', secret(db, 'assets')).update(`${expires}\n${picture}`).digest();
}
