/** A picture's address comes out of an answer, so it is not trusted: where it may lead, and what may come back. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { fetchPicture, isPublicAddress } from '../../src/pictures/fetch-picture.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const LOCAL_API = 'http://127.0.0.1:1/api/v1';
const REAL_API = 'https://app.toado.dev/api/v1';

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/asset?signature=abc`;
}

function fetchFrom(url: string, apiUrl: string, more: { signal?: AbortSignal; timeoutMs?: number } = {}) {
  return fetchPicture(
    { url },
    { apiUrl, signal: new AbortController().signal, timeoutMs: 5_000, env: {}, ...more },
  );
}
const refusal = (why: RegExp) =>
  expect.objectContaining({ code: 'asset_unavailable', sentence: expect.stringMatching(why) });

describe('where it may lead', () => {
  test('on a local API to this machine, without any header of ours', async () => {
    let headers: Record<string, unknown> = {};
    const url = await serve((request, response) => {
      headers = request.headers;
      response.setHeader('content-type', 'image/png').end(PNG);
    });
    expect(await fetchFrom(url, LOCAL_API)).toMatchObject({
      pieces: [{ mimeType: 'image/png' }],
      width: 1,
      height: 1,
    });
    expect(Object.keys(headers).sort()).toEqual(['accept', 'connection', 'host']);
  });

  test.each([
    'https://127.0.0.1/x',
    'https://localhost/x',
    'https://2130706433/x',
    'https://0x7f.1/x',
    'https://[::1]/x',
    'https://[::ffff:127.0.0.1]/x',
    'https://[::ffff:10.0.0.1]/x',
    'https://10.1.2.3/x',
    'https://172.20.0.1/x',
    'https://192.168.1.1/x',
    'https://169.254.169.254/latest/meta-data',
    'https://100.64.0.1/x',
    'https://0.0.0.0/x',
    'https://[fe80::1]/x',
    'https://[fd00::1]/x',
    'https://[64:ff9b::a00:1]/x',
    'https://[2002:a00:1::]/x',
  ])('from the real API never inside: %s', async (url) => {
    await expect(fetchFrom(url, REAL_API)).rejects.toEqual(refusal(/private network|this machine/));
  });

  test.each([
    ['http://assets.example/x', /not https/],
    ['file:///etc/passwd', /not https/],
    ['data:image/png;base64,xx', /not https/],
    ['nonsense', /can’t be read/],
    ['https://toado.invalid/x', /can’t be looked up/],
    ['https://localhost./x', /private network|can’t be looked up/],
  ])('%s', async (url, why) => {
    await expect(fetchFrom(url, REAL_API)).rejects.toEqual(refusal(why));
  });

  test('an address on the local network, even of a local API', async () => {
    await expect(fetchFrom('https://192.168.1.1/x', LOCAL_API)).rejects.toEqual(refusal(/private network/));
    await expect(fetchFrom('http://192.168.1.1/x', LOCAL_API)).rejects.toEqual(refusal(/not https/));
  });

  test('what counts as public', () => {
    for (const one of ['8.8.8.8', '1.1.1.1', '172.15.0.1', '2606:4700::1111', '2a00:1450::1'])
      expect(isPublicAddress(one), one).toBe(true);
    for (const one of [
      '224.0.0.1',
      '255.255.255.255',
      '192.0.2.1',
      '198.18.0.1',
      '::',
      '2001:db8::1',
      '2001::1',
      'ff02::1',
      'fec0::1',
    ])
      expect(isPublicAddress(one), one).toBe(false);
  });
});

describe('what may come back', () => {
  test.each<[name: string, listener: RequestListener, why: RegExp]>([
    [
      'a redirect',
      (_, response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
      /HTTP 302/,
    ],
    ['not found', (_, response) => void response.writeHead(404).end(), /HTTP 404/],
    [
      'a page',
      (_, response) => void response.setHeader('content-type', 'text/html').end('<p>'),
      /not a picture/,
    ],
    [
      'a drawing with scripts',
      (_, response) => void response.setHeader('content-type', 'image/svg+xml').end('<svg/>'),
      /not a picture/,
    ],
    [
      'a lie about its type',
      (_, response) => void response.setHeader('content-type', 'image/png').end('MZ'),
      /can be read/,
    ],
    ['a broken connection', (request) => void request.socket.destroy(), /did not answer/],
    [
      'an enormous one',
      (_, response) => {
        response.setHeader('content-type', 'image/png');
        const block = Buffer.alloc(1024 * 1024);
        const more = () => {
          while (!response.destroyed && response.write(block));
          if (!response.destroyed) response.once('drain', more);
        };
        more();
      },
      /larger than 20 MB/,
    ],
  ])('%s', async (_, listener, why) => {
    await expect(fetchFrom(await serve(listener), LOCAL_API)).rejects.toEqual(refusal(why));
  });

  test('one that never ends does not outlast its call; a cancellation closes the socket', async () => {
    let open = 0;
    const url = await serve((_, response) => {
      open++;
      response.on('close', () => open--);
      response.setHeader('content-type', 'image/png').write(PNG.subarray(0, 20));
    });
    await expect(fetchFrom(url, LOCAL_API, { timeoutMs: 300 })).rejects.toEqual(refusal(/did not answer/));
    const controller = new AbortController();
    const cancelled = fetchFrom(url, LOCAL_API, { signal: controller.signal });
    await expect.poll(() => open).toBe(1);
    controller.abort();
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    await expect.poll(() => open).toBe(0);
  });
});
