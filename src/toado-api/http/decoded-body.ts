/** Takes an answer's bytes as they come, unpacks them where they are compressed, and stops where they are too many. */
import type { Transform } from 'node:stream';
import { MAX_PART_LENGTH } from '../json/parse-json.ts';
import { type BytesToText, charsetIn, decoderFor } from './charset.ts';
import { LARGE_BYTES } from './large-answers.ts';

/** What is asked for, the smaller first where a server has the choice. */
export const ACCEPT_ENCODING = 'gzip, br';

export interface DecodedBody {
  push(chunk: Buffer): void;
  /** Everything has come. */
  end(): void;
  /** What has come until now, unpacked; no more than can be the beginning of an explanation. */
  soFar(): string;
  /** Nobody wants it any more. */
  destroy(): void;
}

export interface BodyEvents {
  /** The whole text, unpacked. */
  onText: (text: string) => void;
  /** The whole has come, and it is neither UTF-8 nor in the character set that its head names. */
  onUnreadable: (charset: string, text: string) => void;
  onTooLarge: () => void;
  /** It can't be unpacked. */
  onBroken: (error: unknown) => void;
  /** Whether more would have to be kept than the decoder takes. */
  onFull?: (isFull: boolean) => void;
  /** It turned out large: nothing more of it is taken until then. */
  whenLarge?: (() => Promise<void>) | undefined;
}

/** What an answer's head says of its body. */
export interface BodyHeaders {
  'content-encoding'?: string | string[] | undefined;
  'content-type'?: string | string[] | undefined;
}

/** @returns undefined where the encoding is one that was not asked for. */
export function createBody(
  { 'content-encoding': encoding, 'content-type': type }: BodyHeaders,
  limit: number,
  { onText, onUnreadable, onTooLarge, onBroken, onFull, whenLarge }: BodyEvents,
): DecodedBody | undefined {
  const chunks = new Chunks(charsetIn(type));
  const take = (chunk: Buffer): boolean => {
    if (chunks.bytes + chunk.length > limit) return false;
    chunks.add(chunk);
    if (!isLarge && chunks.bytes > LARGE_BYTES) waitForPlace();
    return true;
  };
  let isLarge = false;
  const waitForPlace = () => {
    isLarge = true;
    if (!whenLarge) return;
    onFull?.(true);
    decoder?.pause();
    void whenLarge().then(() => {
      decoder?.resume();
      onFull?.(false);
    });
  };
  const finish = () => {
    const text = chunks.text();
    if (chunks.isUnreadable) onUnreadable(chunks.charset!, text);
    else onText(text);
  };
  const soFar = () => chunks.beginning(MAX_PART_LENGTH);
  let decoder: Transform | undefined;
  const name = String(encoding ?? 'identity')
    .trim()
    .toLowerCase();
  if (name === 'identity' || name === '') {
    return { push: (chunk) => void (take(chunk) || onTooLarge()), end: finish, soFar, destroy: () => {} };
  }
  const unpacking = decoderOf(name);
  if (!unpacking) return undefined;
  decoder = unpacking;
  let any = false;
  unpacking.on('data', (chunk: Buffer) => {
    if (take(chunk)) return;
    unpacking.destroy();
    onTooLarge();
  });
  unpacking.on('end', finish);
  unpacking.on('error', onBroken);
  unpacking.on('drain', () => onFull?.(false));
  return {
    push(chunk) {
      any = true;
      if (!unpacking.destroyed && !unpacking.write(chunk)) onFull?.(true);
    },
    end() {
      // An empty body has nothing to unpack, whatever its header says.
      if (any) unpacking.end();
      else finish();
    },
    soFar,
    destroy: () => void unpacking.destroy(),
  };
}

function decoderOf(name: string): Transform | undefined {
  // Loading it takes milliseconds, and a start that meets no compressed answer has no use for it.
  const zlib = process.getBuiltinModule('node:zlib');
  if (name === 'gzip' || name === 'x-gzip') return zlib.createGunzip();
  if (name === 'br') return zlib.createBrotliDecompress();
  return undefined;
}

/** Chunks smaller than this are copied together: kept one by one, each would take a hundred bytes and more beside its own. */
const SMALL_BYTES = 4 * 1024;
const BLOCK_BYTES = 64 * 1024;

class Chunks {
  bytes = 0;
  /** Of the text, once it has been asked for. */
  isUnreadable = false;
  readonly #whole: Buffer[] = [];
  #block = Buffer.alloc(0);
  #used = 0;
  /** Of a large answer, what has come is made text as it comes: all at once would take long. */
  readonly #parts: string[] = [];
  #decoder: BytesToText | undefined;

  /** @param charset that the answer's head names, where it isn't UTF-8. */
  constructor(readonly charset: string | undefined) {}

  add(chunk: Buffer): void {
    this.bytes += chunk.length;
    // Most answers are one chunk.
    if (this.bytes === chunk.length || chunk.length >= SMALL_BYTES) {
      this.#endBlock();
      this.#keep(chunk);
      return;
    }
    if (this.#used + chunk.length > this.#block.length) {
      this.#endBlock();
      this.#block = Buffer.allocUnsafe(BLOCK_BYTES);
    }
    this.#used += chunk.copy(this.#block, this.#used);
  }

  text(): string {
    this.#endBlock();
    if (this.#decoder) {
      const text = this.#parts.join('') + this.#decoder.end();
      this.isUnreadable = !!this.#decoder.isUnreadable;
      return text;
    }
    const bytes = this.#whole.length === 1 ? this.#whole[0]! : Buffer.concat(this.#whole);
    const decoder = decoderFor(this.charset, bytes);
    if (decoder) {
      const text = decoder.write(bytes) + decoder.end();
      this.isUnreadable = !!decoder.isUnreadable;
      return text;
    }
    // Most answers are plain ASCII, which is a text as it is: of 2 MB that takes a third of the time.
    const { isAscii } = process.getBuiltinModule('node:buffer');
    return bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8');
  }

  /** Of a text that may be very long, no more than that. */
  beginning(length: number): string {
    this.#endBlock();
    if (!this.#decoder) return this.text().slice(0, length);
    let text = '';
    for (const part of this.#parts) {
      text += part;
      if (text.length >= length) return text.slice(0, length);
    }
    return text + this.#decoder.end();
  }

  #keep(bytes: Buffer): void {
    if (!this.#decoder && this.bytes <= LARGE_BYTES) {
      this.#whole.push(bytes);
      return;
    }
    this.#decoder ??=
      decoderFor(this.charset, Buffer.concat([...this.#whole, bytes])) ??
      new (process.getBuiltinModule('node:string_decoder').StringDecoder)('utf8');
    for (const part of [...this.#whole.splice(0), bytes]) this.#parts.push(this.#decoder.write(part));
  }

  #endBlock(): void {
    if (this.#used === 0) return;
    this.#keep(this.#block.subarray(0, this.#used));
    this.#block = this.#block.subarray(this.#used);
    this.#used = 0;
  }
}
