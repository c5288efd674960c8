/**
 * Which characters an answer's bytes stand for: UTF-8, as JSON should be, unless its first bytes or its header say
 * otherwise.
 */

/** Takes bytes as they come; what a piece ends in the middle of comes with a later one. */
export interface BytesToText {
  write(bytes: Buffer): string;
  end(): string;
  /** It is neither UTF-8 nor in a character set that is known here. */
  readonly isUnreadable?: boolean;
}

/** What a header names other than UTF-8; undefined where it names none. */
export function charsetIn(contentType: string | string[] | undefined): string | undefined {
  const type = String(contentType ?? '');
  if (!/charset/i.test(type)) return undefined;
  // What stands in another parameter's quotes is that one's.
  for (const [, name, value] of type.matchAll(PARAMETER)) {
    if (name!.toLowerCase() !== 'charset') continue;
    const label = /[^\s"']+/.exec(value!)?.[0].toLowerCase();
    return label === undefined || /^(utf-?8|us-ascii|ascii)$/.test(label) ? undefined : label;
  }
  return undefined;
}

const PARAMETER = /;\s*([^\s=;"]+)\s*=\s*("[^"]*"|[^;]*)/g;

/** @returns undefined for UTF-8, which is read by quicker means. */
export function decoderFor(charset: string | undefined, first: Buffer): BytesToText | undefined {
  const utf16 = utf16In(first);
  if (utf16) return decoding(utf16);
  const name = charset === undefined ? 'utf-8' : nameOf(charset);
  // Called UTF-16, and not it: JSON would begin with a byte 0.
  return name === 'utf-8' || name?.startsWith('utf-16') ? undefined : new Utf8Or(name);
}

function decoding(name: string): BytesToText {
  const decoder = new TextDecoder(name);
  return { write: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() };
}

/**
 * Servers name a character set that was set long ago, or none that exists, and send UTF-8. Hardly any other text reads
 * as that, too, so the whole of it decides; only what isn't UTF-8 is read as it is called.
 */
class Utf8Or implements BytesToText {
  isUnreadable = false;
  readonly #utf8 = new TextDecoder('utf-8', { fatal: true });
  /** Since the first character beyond ASCII: as UTF-8, and as it came. */
  readonly #texts: string[] = [];
  #kept: Buffer[] = [];
  #isBeyondAscii = false;
  /** Set once it is known not to be UTF-8. */
  #named: BytesToText | undefined;

  /** @param name of the character set that was named, where it is known. */
  constructor(readonly name: string | undefined) {}

  write(bytes: Buffer): string {
    if (this.#named) return this.#named.write(bytes);
    const { isAscii } = process.getBuiltinModule('node:buffer');
    this.#isBeyondAscii ||= !isAscii(bytes);
    // This one writes all of its characters with ASCII's bytes.
    if (!this.#isBeyondAscii && this.name !== 'iso-2022-jp') return bytes.toString('latin1');
    this.#kept.push(bytes);
    try {
      this.#texts.push(this.#utf8.decode(bytes, { stream: true }));
      return '';
    } catch {
      return this.#asNamed();
    }
  }

  end(): string {
    if (this.#named) return this.#named.end();
    try {
      // Throws where the last character is not whole.
      const text = this.#texts.join('') + this.#utf8.decode();
      if (this.#isBeyondAscii) return text;
    } catch {
      // It isn't UTF-8.
    }
    return this.#asNamed() + this.#named!.end();
  }

  #asNamed(): string {
    this.isUnreadable = this.name === undefined && this.#isBeyondAscii;
    const named = decoding(this.name ?? 'utf-8');
    this.#named = named;
    const text = this.#kept.map((bytes) => named.write(bytes)).join('');
    this.#kept = [];
    return text;
  }
}

/** JSON begins with a character of ASCII, so in UTF-16 one of its first two bytes is 0. */
function utf16In(bytes: Buffer): string | undefined {
  const one = bytes[0];
  const two = bytes[1];
  if ((one === 0xff && two === 0xfe) || (one && two === 0)) return 'utf-16le';
  if ((one === 0xfe && two === 0xff) || (one === 0 && two)) return 'utf-16be';
  return undefined;
}

function nameOf(label: string): string | undefined {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}
