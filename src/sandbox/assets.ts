import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Database } from './db/database.ts';
import { ApiError } from './errors.ts';
import { secret } from './secrets.ts';

/** A picture of a ticket: a screenshot, the one with what was drawn on it, or an attachment. */
export interface Asset {
  /** The name that `pictureFile` takes. */
  picture: string;
  content_type: string;
  width: number;
  height: number;
}

/** Throws `asset_not_found` when the ticket has no such picture. */
export function findAsset(db: Database, ticketSeq: number, name: string): Asset {
  const isScreenshot = name === 'screenshot' || name === 'screenshot_with_annotations';
  const found = isScreenshot
    ? db.get<Asset>(
        `SELECT picture, 'image/png' AS content_type, picture_width AS width, picture_height AS height
         FROM captures WHERE ticket_seq = ? AND picture IS NOT NULL`,
        ticketSeq,
      )
    : db.get<Asset>(
        'SELECT picture, content_type, width, height FROM attachments WHERE ticket_seq = ? AND id = ?',
        ticketSeq,
        name,
      );
  if (!found) throw new ApiError('asset_not_found', 'This ticket has no such screenshot or attachment.');
  if (name !== 'screenshot_with_annotations') return found;
  return { ...found, picture: `${found.picture}.annotated` };
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

/** Throws `forbidden` unless this is an address that `presign` made and that hasn't expired. */
export function verifyPresigned(db: Database, picture: string, expires: string, signature: string): void {
  const expected = sign(db, picture, expires);
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new ApiError('forbidden', 'The signature of this address is wrong: ask the API for a new one.');
  }
  if (Number(expires) <= Date.now()) {
    throw new ApiError('forbidden', 'This address has expired: ask the API for a new one.');
  }
}

function sign(db: Database, picture: string, expires: string): Buffer {
  return createHmac('sha256', secret(db, 'assets')).update(`${expires}\n${picture}`).digest();
}
