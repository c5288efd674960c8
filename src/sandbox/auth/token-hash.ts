import { createHash, randomInt } from 'node:crypto';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** All that is kept of a token. A token is random, so a plain hash can't be guessed back. */
export function hashToken(token: string): Uint8Array {
  return createHash('sha256').update(token).digest();
}

/** A new token's text: `tok_` and 190 random bits. */
export function newTokenText(): string {
  return `tok_${randomText(32)}`;
}

/** `length` random letters and digits. */
export function randomText(length: number): string {
  let text = '';
  for (let at = 0; at < length; at++) text += alphabet[randomInt(alphabet.length)];
  return text;
}
