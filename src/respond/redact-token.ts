/**
 * Keeps the token out of whatever leaves the process: results, errors, logs. It is taken out of whole texts, before
 * anything is cut, measured or counted (respond/sanitize.ts), and once more of every line that leaves.
 */
import { isJson } from '../base/is-json.ts';
import type { Slices } from '../base/time-slices.ts';
import { type Family, shortestSpelling, spellingsOf } from './token-spellings.ts';

const REDACTED = '[redacted token]';

/** Texts longer than this are looked through piece by piece. */
const PIECE = 16 * 1024;
/** No spelling of one character is longer. */
const MAX_SPELLING_LENGTH = 64;

const LONGEST_ALIKE = 1_000;

export class Redactor {
  readonly #secrets = new Set<string>();
  readonly #families: Family[] = [];
  #shortest = Number.POSITIVE_INFINITY;
  #longest = 0;

  /** From now on it appears nowhere. Earlier ones stay secret: a rotated token may still be in somebody's answer. */
  add(secret: string): void {
    if (secret === '' || this.#secrets.has(secret)) return;
    this.#secrets.add(secret);
    this.#families.push(...spellingsOf(secret));
    this.#shortest = Math.min(this.#shortest, shortestSpelling(secret));
    this.#longest = Math.max(this.#longest, secret.length * MAX_SPELLING_LENGTH);
  }

  /** Whatever begins like a token, where it would take long to look for each of them. */
  addAllAlike(): void {
    this.#families.push({ pattern: /tok_[!-~]+/g, mayBeIn: (text) => text.includes('tok_') });
    this.#shortest = 0;
    this.#longest = Math.max(this.#longest, LONGEST_ALIKE);
  }

  /** For tests, whose process has many sessions, one after the other: each secret makes every text take longer. */
  forgetAll(): void {
    this.#secrets.clear();
    this.#families.length = 0;
    this.#shortest = Number.POSITIVE_INFINITY;
    this.#longest = 0;
  }

  redact(text: string): string {
    if (text.length < this.#shortest) return text;
    let redacted = text;
    for (const family of this.#families) {
      if (family.mayBeIn(redacted)) redacted = redacted.replace(family.pattern, REDACTED);
    }
    return redacted;
  }

  /** The same for a text of any length, without keeping others from their turn for long. */
  async redactLong(text: string, slices: Slices): Promise<string> {
    if (text.length <= PIECE) return this.redact(text);
    let redacted = text;
    for (const family of this.#families) redacted = await this.#without(family, redacted, slices);
    return redacted;
  }

  async #without(family: Family, text: string, slices: Slices): Promise<string> {
    const parts: string[] = [];
    let from = 0;
    while (from < text.length) {
      if (slices.due) await slices.pause();
      const size = Math.min(PIECE, text.length - from);
      // What begins in this piece may end beyond it.
      const piece = text.slice(from, from + size + this.#longest);
      let at = 0;
      if (family.mayBeIn(piece)) {
        for (const { index, 0: found } of piece.matchAll(family.pattern)) {
          if (index >= size) break;
          parts.push(piece.slice(at, index), REDACTED);
          at = index + found.length;
        }
      }
      const upTo = Math.max(at, size);
      parts.push(piece.slice(at, upTo));
      from += upTo;
    }
    return parts.join('');
  }

  /** A message as JSON, with the token taken out. Almost always one pass over the text. */
  redactJson(message: unknown): string {
    const text = JSON.stringify(message);
    if (this.redact(text) === text) return text;
    // Taken out of the strings first, so that what is left is JSON whatever stood around it.
    const clean = JSON.stringify(this.#redactAll(message));
    const cleaned = this.redact(clean);
    return isJson(cleaned) ? cleaned : clean;
  }

  /** The same value, or where a secret stood in one of its texts, a copy without it. */
  withoutSecrets<Value>(value: Value): Value {
    const text = JSON.stringify(value);
    return text === undefined || this.redact(text) === text ? value : (this.#redactAll(value) as Value);
  }

  #redactAll(value: unknown): unknown {
    if (typeof value === 'string') return this.redact(value);
    if (Array.isArray(value)) return value.map((one) => this.#redactAll(one));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [this.redact(key), this.#redactAll(inner)]),
    );
  }
}

/** What this process must not say: every token that it has held, and what looks like one where none belongs. */
export const secrets = new Redactor();
