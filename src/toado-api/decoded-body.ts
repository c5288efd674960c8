/** Takes an answer's bytes as they come, unpacks them where they are compressed, and stops where they are too many. */
import type { Transform } from 'node:stream';

/** What is asked for, the smaller first where a server has the choice. */
export const ACCEPT_ENCODING = 'gzip, br';

export interface DecodedBody {
  push(chunk: Buffer): void;
  /** Everything has come. */
  end(): void;
  /** Nobody wants it any more. */
  destroy(): void;
}

export interface BodyEvents {
  /** The whole text, unpacked. */
  onText: (text: string) => void;
  onTooLarge: () => void;
  /** It can't be unpacked. */
  onBroken: (error: unknown) => void;
  /** Whether more would have to be kept than the decoder takes. */
  onFull?: (isFull: boolean) => void;
}

/** @returns undefined where the encoding is one that was not asked for. */
export function createBody(
  encoding: string | string[] | undefined,
  limit: number,
  { onText, onTooLarge, onBroken, onFull }: BodyEvents,
): DecodedBody | undefined {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const take = (chunk: Buffer): boolean => {
    bytes += chunk.length;
    if (bytes > limit) return false;
    chunks.push(chunk);
    return true;
  };
  const finish = () => onText((chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)).toString('utf8'));
  const name = String(encoding ?? 'identity')
    .trim()
    .toLowerCase();
  if (name === 'identity' || name === '') {
    return { push: (chunk) => void (take(chunk) || onTooLarge()), end: finish, destroy: () => {} };
  }
  const decoder = decoderOf(name);
  if (!decoder) return undefined;
  let any = false;
  decoder.on('data', (chunk: Buffer) => {
    if (take(chunk)) return;
    decoder.destroy();
    onTooLarge();
  });
  decoder.on('end', finish);
  decoder.on('error', onBroken);
  decoder.on('drain', () => onFull?.(false));
  return {
    push(chunk) {
      any = true;
      if (!decoder.destroyed && !decoder.write(chunk)) onFull?.(true);
    },
    end() {
      // An empty body has nothing to unpack, whatever its header says.
      if (any) decoder.end();
      else finish();
    },
    destroy: () => void decoder.destroy(),
  };
}

function decoderOf(name: string): Transform | undefined {
  // Loading it takes milliseconds, and a start that meets no compressed answer has no use for it.
  const zlib = process.getBuiltinModule('node:zlib');
  if (name === 'gzip' || name === 'x-gzip') return zlib.createGunzip();
  if (name === 'br') return zlib.createBrotliDecompress();
  return undefined;
}
