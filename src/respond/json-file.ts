/**
 * JSON for a file of any length, held to the same rules as an answer: without the token, with nothing hidden. What
 * signs somebody in at the recorded page is taken out as browsers do in their own export.
 */
import type { Slices } from '../base/time-slices.ts';
import { PIECE, sanitizeLong, sanitizeShort } from './sanitize.ts';

const REMOVED = '[value removed]';
/** Fields and headers whose values sign somebody in. */
const SIGNS_IN =
  /^_?(?:(?:request|response)[-_]?)?(?:set[-_]?)?cookies?2?$|^_?(?:proxy[-_]?)?authorization$/i;
/** The same in headers that were recorded as one text. */
const LINES = /^((?:set-)?cookie2?|(?:proxy-)?authorization)\s*:.*$/gim;
/** Handed on when this much has come together. */
const FLUSH = 64 * 1024;
/** Levels inside each other that are written; what is deeper was not meant to be read. */
const DEEPEST = 64;

export class JsonFile {
  readonly #sink: (text: string) => Promise<void>;
  readonly #slices: Slices;
  #text = '';

  constructor(sink: (text: string) => Promise<void>, slices: Slices) {
    this.#sink = sink;
    this.#slices = slices;
  }

  /** Our own words: brackets, commas, line breaks. */
  raw(text: string): void {
    this.#text += text;
  }

  async value(value: unknown): Promise<void> {
    await this.#put(value, 0);
    await this.#rest();
  }

  async flush(): Promise<void> {
    const text = this.#text;
    this.#text = '';
    if (text) await this.#sink(text);
  }

  async #rest(): Promise<void> {
    if (this.#text.length > FLUSH) await this.flush();
    if (this.#slices.due) await this.#slices.pause();
  }

  /** Waits only where there is something to wait for: most values are short. */
  #put(value: unknown, depth: number): Promise<void> | undefined {
    if (typeof value === 'string') return this.#string(value);
    if (typeof value === 'number' || typeof value === 'boolean' || value === null || value === undefined) {
      this.#text += JSON.stringify(value ?? null);
      return undefined;
    }
    if (depth >= DEEPEST) {
      this.#text += JSON.stringify('[… nested too deep to show …]');
      return undefined;
    }
    return Array.isArray(value) ? this.#list(value, depth) : this.#object(value as object, depth);
  }

  #string(text: string): Promise<void> | undefined {
    if (text.length > PIECE) return this.#longString(text);
    this.#text += JSON.stringify(sanitizeShort(text));
    return undefined;
  }

  async #longString(text: string): Promise<void> {
    const shown = await sanitizeLong(text, this.#slices);
    this.#text += '"';
    for (let at = 0; at < shown.length; at += PIECE) {
      this.#text += JSON.stringify(shown.slice(at, at + PIECE)).slice(1, -1);
      await this.#rest();
    }
    this.#text += '"';
  }

  async #list(list: unknown[], depth: number): Promise<void> {
    this.#text += '[';
    const isPair = list.length === 2 && typeof list[0] === 'string' && SIGNS_IN.test(list[0]);
    for (let at = 0; at < list.length; at++) {
      if (at > 0) this.#text += ',';
      const waiting = this.#put(isPair && at === 1 && !isEmpty(list[at]) ? REMOVED : list[at], depth + 1);
      if (waiting) await waiting;
      if ((at & 63) === 63) await this.#rest();
    }
    this.#text += ']';
  }

  async #object(object: object, depth: number): Promise<void> {
    this.#text += '{';
    let isFirst = true;
    const { name } = object as { name?: unknown };
    const isHeaderThatSignsIn = typeof name === 'string' && SIGNS_IN.test(name);
    let count = 0;
    for (const [field, value] of Object.entries(object)) {
      if (value === undefined) continue;
      if (!isFirst) this.#text += ',';
      isFirst = false;
      const waiting = this.#string(field);
      if (waiting) await waiting;
      this.#text += ':';
      const isHeaders = typeof value === 'string' && /headers/i.test(field);
      const signsIn = SIGNS_IN.test(field) || (isHeaderThatSignsIn && field === 'value');
      const shown = isHeaders ? value.replace(LINES, `$1: ${REMOVED}`) : value;
      const inside = this.#put(signsIn && !isEmpty(value) ? REMOVED : shown, depth + 1);
      if (inside) await inside;
      if ((++count & 63) === 0) await this.#rest();
    }
    this.#text += '}';
  }
}

/** Nothing is in it that could be removed. */
function isEmpty(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return typeof value !== 'string' || value === '';
  return Object.keys(value).length === 0;
}
