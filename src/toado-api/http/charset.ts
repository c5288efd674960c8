/**
 * Which characters an answer's bytes stand for: UTF-8, as JSON should be, unless its first bytes or its header say
 * otherwise.
 */

/** Takes bytes as they come; what a piece ends in the middle of comes with the next one. */
export interface BytesToText {
  write(bytes: Buffer): string;
  end(): string;
}

/** What a header names other than UTF-8; undefined where it names none. */
export function charsetIn(contentType: string | string[] | undefined): string | undefined {
  const name = /;\s*charset\s*=\s*["']?([^\s;"']+)/i.exec(String(contentType ?? ''))?.[1]?.toLowerCase();
  return name === undefined || /^(utf-?8|us-ascii|ascii)$/.test(name) ? undefined : name;
}

export function isReadable(charset: string): boolean {
  return nameOf(charset) !== undefined;
}

/** @returns undefined for UTF-8, which is read by quicker means. */
export function decoderFor(charset: string | undefined, first: Buffer): BytesToText | undefined {
  const name = utf16In(first) ?? (charset === undefined ? undefined : nameOf(charset));
  // Called UTF-16, and not it: JSON would begin with a byte 0.
  if (name === undefined || name === 'utf-8' || (name.startsWith('utf-16') && !utf16In(first)))
    return undefined;
  return name === 'windows-1252' ? utf8Or(name) : decoding(name);
}

function decoding(name: string): BytesToText {
  const decoder = new TextDecoder(name);
  return { write: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() };
}

/** Of a character in UTF-8. */
const MAX_BYTES = 4;

/**
 * Servers name a character set that was set long ago, and send UTF-8. Hardly any other text reads as that, too: what is
 * around the first byte beyond ASCII decides.
 */
function utf8Or(name: string): BytesToText {
  const { isAscii } = process.getBuiltinModule('node:buffer');
  let decided: BytesToText | undefined;
  /** The beginning of a character may be all that there is of it. */
  let held: Buffer = Buffer.alloc(0);
  const decide = (bytes: Buffer, isWhole = false) => {
    decided = decoding(isUtf8(bytes, isWhole) ? 'utf-8' : name);
    return decided.write(bytes);
  };
  return {
    write(given) {
      if (decided) return decided.write(given);
      const bytes = held.length > 0 ? Buffer.concat([held, given]) : given;
      const plain = Math.max(0, bytes.length - (MAX_BYTES - 1));
      if (!isAscii(bytes.subarray(0, plain))) return decide(bytes);
      held = bytes.subarray(plain);
      return bytes.toString('latin1', 0, plain);
    },
    end() {
      const rest = decided ? '' : decide(held, true);
      return rest + decided!.end();
    },
  };
}

/** JSON begins with a character of ASCII, so in UTF-16 one of its first two bytes is 0. */
function utf16In([one, two]: Buffer): string | undefined {
  if ((one === 0xff && two === 0xfe) || (one && two === 0)) return 'utf-16le';
  if ((one === 0xfe && two === 0xff) || (one === 0 && two)) return 'utf-16be';
  return undefined;
}

/** @param isWhole whether nothing follows: otherwise the last character may be cut. */
function isUtf8(bytes: Buffer, isWhole: boolean): boolean {
  const buffer = process.getBuiltinModule('node:buffer');
  if (buffer.isUtf8(bytes)) return true;
  if (isWhole) return false;
  for (let cut = 1; cut < MAX_BYTES && cut <= bytes.length; cut++) {
    const [first, ...others] = bytes.subarray(bytes.length - cut) as unknown as [number, ...number[]];
    const isBegun = first >= 0xc2 && others.every((byte) => byte >= 0x80 && byte < 0xc0);
    if (isBegun && buffer.isUtf8(bytes.subarray(0, bytes.length - cut))) return true;
  }
  return false;
}

function nameOf(label: string): string | undefined {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}
