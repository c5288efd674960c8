import { createHash } from 'node:crypto';

/** A weak validator for an answer: what a client may send back as `If-None-Match`. */
export function etagOf(content: string | Uint8Array): string {
  return `W/"${createHash('sha1').update(content).digest('base64url')}"`;
}

/** Whether an `If-None-Match` header names this validator (weak comparison, as RFC 9110 has it for reads). */
export function isUnchanged(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch
    .split(',')
    .map((one) => one.trim())
    .some((one) => one === '*' || one.replace(/^W\//, '') === etag.replace(/^W\//, ''));
}
