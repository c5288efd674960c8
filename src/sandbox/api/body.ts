import type { Context } from 'hono';
import { ApiError } from '../model/errors.ts';

const mostBytes = 1024 * 1024;

/** The text of a request's body. Throws `payload_too_large` beyond 1 MiB and `validation_error` if it isn't UTF-8. */
export async function readText(c: Context): Promise<string> {
  const announced = Number(c.req.header('content-length') ?? 0);
  if (announced > mostBytes) throw tooLarge();
  const bytes = c.req.header('transfer-encoding') ? await readCounted(c) : await c.req.arrayBuffer();
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

export async function readJson(c: Context): Promise<unknown> {
  return parseJson(await readText(c));
}

/** A body that doesn't say how long it is, read only as far as it may go. */
async function readCounted(c: Context): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of c.req.raw.body ?? []) {
    size += chunk.byteLength;
    if (size > mostBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(): ApiError {
  return new ApiError('payload_too_large', 'A request has at most 1 MiB.');
}
