/** Pictures out of a server of the test's own, and what fetching them says. */
import { createServer, type RequestListener } from 'node:http';
import { expect } from 'vitest';
import { fetchPicture } from '../../src/pictures/fetch-picture.ts';
import { listen } from '../support/listen.ts';

export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
export const LOCAL_API = 'http://127.0.0.1:1/api/v1';
export const REAL_API = 'https://app.toado.dev/api/v1';

export async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  const port = await listen(server);
  return `http://127.0.0.1:${port}/asset?signature=abc`;
}

export function fetchFrom(
  url: string,
  apiUrl: string,
  more: { signal?: AbortSignal; timeoutMs?: number } = {},
) {
  return fetchPicture(
    { url },
    { apiUrl, signal: new AbortController().signal, timeoutMs: 5_000, env: {}, ...more },
  );
}
export const refusal = (why: RegExp) =>
  expect.objectContaining({ code: 'asset_unavailable', sentence: expect.stringMatching(why) });
