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
  const name = utf16In(first) ?? unlessUtf8(charset && nameOf(charset), first);
  if (name === undefined) return undefined;
  const decoder = new TextDecoder(name);
  return { write: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() };
}

/** JSON begins with a character of ASCII, so in UTF-16 one of its first two bytes is 0. */
function utf16In([one, two]: Buffer): string | undefined {
  if ((one === 0xff && two === 0xfe) || (one && two === 0)) return 'utf-16le';
  if ((one === 0xfe && two === 0xff) || (one === 0 && two)) return 'utf-16be';
  return undefined;
}

/** Servers name a character set that was set long ago, and send UTF-8. Hardly any other text reads as that, too. */
function unlessUtf8(name: string | undefined, first: Buffer): string | undefined {
  if (name === undefined || name === 'utf-8') return undefined;
  if (name.startsWith('utf-16')) return undefined;
  return name === 'windows-1252' && isUtf8(first) ? undefined : name;
}

function isUtf8(bytes: Buffer): boolean {
  const buffer = process.getBuiltinModule('node:buffer');
  // The last character may be cut.
  return [0, 1, 2, 3].some((cut) => buffer.isUtf8(bytes.subarray(0, bytes.length - cut)));
}

function nameOf(label: string): string | undefined {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}
