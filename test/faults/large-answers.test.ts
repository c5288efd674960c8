/** Answers of many megabytes are taken one at a time; what is small goes past them. */
import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { startRawInProcess } from '../support/connect-in-process.ts';
import { startFakeApi, TOKEN_INFO } from '../support/fake-api.ts';
import { listen } from '../support/listen.ts';
import { startRaw } from '../support/raw-client.ts';
import { textOf } from '../support/sdk-client.ts';
import { many, requests, TICKET, ticket } from './large-tickets.ts';

/** Requests of a capture of 16 MB. */
const LARGE = 32_000;

describe('one at a time', () => {
  const large = Buffer.from(ticket(requests(LARGE)));

  /** Streams bodies of 16 MB, and tells how many are being taken at once. */
  async function startStreaming() {
    const taken = { now: 0, most: 0, whole: 0 };
    const server = createServer((incoming, outgoing) => {
      outgoing.setHeader('content-type', 'application/json');
      if (incoming.url!.endsWith('/auth/token-info')) return void outgoing.end(JSON.stringify(TOKEN_INFO));
      if (!incoming.url!.includes('/tickets/')) return void outgoing.end('[]');
      let at = 0;
      let isCounted = false;
      const more = () => {
        while (at < large.length && !outgoing.destroyed) {
          const isFlowing = outgoing.write(large.subarray(at, at + 65_536));
          at += 65_536;
          // What is read before it turns out large, and what the system's buffers take, is no taking.
          if (!isCounted && at > 12e6) {
            isCounted = true;
            taken.most = Math.max(taken.most, ++taken.now);
          }
          if (!isFlowing) return void outgoing.once('drain', more);
        }
        outgoing.end();
      };
      outgoing.on('finish', () => taken.whole++);
      outgoing.on('close', () => isCounted && taken.now--);
      more();
    });
    const port = await listen(server);
    const client = await startRawInProcess({
      env: { TOADO_API_URL: `http://127.0.0.1:${port}/api/v1`, TOADO_API_TOKEN: 'tok_fake_for_tests' },
    });
    await client.request('tools/list');
    return { client, taken };
  }
  const args = { ticket_id: TICKET, panel: 'performance' };

  test('three at once are taken in turn, and what is small goes past them', { timeout: 90_000 }, async () => {
    const { client, taken } = await startStreaming();
    const calls = many(3, () => client.call('get_devtools', args));
    await new Promise((resolve) => setTimeout(resolve, 300));
    const began = performance.now();
    expect((await client.call('list_companies')).isError).toBeFalsy();
    expect(performance.now() - began).toBeLessThan(3_000);
    const results = await Promise.all(calls);
    for (const result of results) expect(result.isError, textOf(result)).toBeFalsy();
    expect(taken).toMatchObject({ most: 1, whole: 3, now: 0 });
  });

  test('compressed ones, which have come before they are unpacked', { timeout: 90_000 }, async () => {
    const body = gzipSync(large, { level: 1 });
    const api = await startFakeApi(({ path }) =>
      path.startsWith('/tickets/') ? { headers: { 'content-encoding': 'gzip' }, body } : undefined,
    );
    const client = await startRaw({ env: api.env });
    const results = await Promise.all(many(3, () => client.call('get_devtools', args)));
    for (const result of results) expect(result.isError, textOf(result)).toBeFalsy();
    expect(client.child.exitCode).toBeNull();
  });

  test('one that is cancelled makes place for the next', { timeout: 60_000 }, async () => {
    const { client } = await startStreaming();
    const calls = many(3, () => client.begin('get_devtools', args));
    await new Promise((resolve) => setTimeout(resolve, 150));
    for (const { id } of calls.slice(0, 2)) client.notify('notifications/cancelled', { requestId: id });
    const result = await calls[2]!.answer;
    expect(result.isError, textOf(result)).toBeFalsy();
    expect((await client.call('get_devtools', args)).isError).toBeFalsy();
  });
});
