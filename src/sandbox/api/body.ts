import type { IncomingMessage } from 'node:http';
import type { Context } from 'hono';
import { ApiError } from '../model/errors.ts';

const MAX_BODY_BYTES = 1024 * 1024;
/** How long a body that is too large is still taken in, so that who sends it gets to read the answer. */
const MAX_DRAIN_MS = 30_000;

const bodies = new WeakMap<Request, Buffer | 'too large'>();

/**
 * Takes in a request's body before anything is answered: all of it, since a connection that is ended while somebody
 * still sends is reset, and the answer lost. Beyond 1 MiB nothing of it is kept.
 */
export async function takeBody(c: Context): Promise<void> {
  const { incoming } = c.env as { incoming?: IncomingMessage };
  const sends =
    c.req.header('transfer-encoding') !== undefined || Number(c.req.header('content-length') ?? 0) > 0;
  if (!sends || c.req.method === 'HEAD') return;
  // What stands around the application (a dialect) may have read it and sent another one.
  const taken = !incoming || incoming.readableEnded ? await rewritten(c) : await collect(incoming);
  bodies.set(c.req.raw, taken);
}

async function rewritten(c: Context): Promise<Buffer | 'too large'> {
  const bytes = Buffer.from(await c.req.raw.arrayBuffer());
  return bytes.length > MAX_BODY_BYTES ? 'too large' : bytes;
}

function collect(incoming: IncomingMessage): Promise<Buffer | 'too large'> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] | undefined = [];
    let size = 0;
    let timer: NodeJS.Timeout | undefined;
    const done = () => resolve(chunks ? Buffer.concat(chunks) : 'too large');
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      chunks?.push(chunk);
      if (size <= MAX_BODY_BYTES || !chunks) return;
      chunks = undefined;
      timer = setTimeout(done, MAX_DRAIN_MS);
    });
    incoming.once('end', done);
    // Comes after its end, too, when it was taken already.
    incoming.once('close', () => {
      clearTimeout(timer);
      reject(new ApiError('validation_error', 'The body broke off.'));
    });
  });
}

/** Whether a request's body is longer than any may be. */
export function isTooLarge(c: Context): boolean {
  return bodies.get(c.req.raw) === 'too large';
}

export function tooLarge(): ApiError {
  return new ApiError('payload_too_large', 'A request has at most 1 MiB.');
}

/** The text of a request's body. Throws `payload_too_large` beyond 1 MiB and `validation_error` if it isn't UTF-8. */
export function readText(c: Context): string {
  const bytes = bodies.get(c.req.raw) ?? Buffer.alloc(0);
  if (bytes === 'too large') throw tooLarge();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ApiError('validation_error', 'The body is not UTF-8.');
  }
}

/** A body as JSON; nothing at all counts as `{}`. */
export function parseJson(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError('validation_error', 'The body is not valid JSON.');
  }
}

export function readJson(c: Context): unknown {
  return parseJson(readText(c));
}
