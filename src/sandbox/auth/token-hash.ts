import { createHash, randomInt } from 'node:crypto';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** All that is kept of a token. A token is random, so a plain hash can't be guessed back. */
export function hashToken(token: string): Uint8Array {
  return createHash('sha256').update(token).digest();
}

/** Crockford's digits: none that looks like another one. */
const readable = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A new token's text, as `tok_01HXYZ…`: when it was made (as a ULID has it), and 130 random bits. */
export function newTokenText(now = Date.now()): string {
  let time = '';
  for (let rest = now; time.length < 10; rest = Math.floor(rest / 32)) time = readable[rest % 32] + time;
  return `tok_${time}${Array.from({ length: 26 }, () => readable[randomInt(32)]).join('')}`;
}

/** `length` random letters and digits. */
export function randomText(length: number): string {
  let text = '';
  for (let at = 0; at < length; at++) text += alphabet[randomInt(alphabet.length)];
  return text;
}
