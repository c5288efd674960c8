/** A picture's address comes out of an answer, so it is not trusted: where it may lead, and what may come back. */
import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { isPublicAddress } from '../../src/pictures/fetch-picture.ts';
import { fetchFrom, LOCAL_API, PNG, REAL_API, refusal, serve } from './served-pictures.ts';

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

  test('its connection is closed when it is here', async () => {
    let closed: Promise<unknown> | undefined;
    const url = await serve((request, response) => {
      closed = once(request.socket, 'close').then(() => 'closed');
      response.setHeader('content-type', 'image/png').end(PNG);
    });
    await fetchFrom(url, LOCAL_API);
    // Later, it would be closed because nobody uses it.
    expect(await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 1_500))])).toBe('closed');
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
    ['http://127.0.0.1/x', /this machine’s own/],
    ['https://localhost/x', /this machine’s own/],
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
    await expect(fetchFrom('https://127.0.0.1/x', LOCAL_API)).rejects.toEqual(refusal(/private network/));
  });

  test('what counts as public', () => {
    for (const one of [
      '8.8.8.8',
      '1.1.1.1',
      '172.15.255.255',
      '172.32.0.1',
      '2606:4700::1111',
      '2a00:1450::1',
    ])
      expect(isPublicAddress(one), one).toBe(true);
    for (const one of [
      '172.16.0.0',
      '172.31.255.255',
      '224.0.0.1',
      '255.255.255.255',
      '192.0.0.1',
      '192.0.2.1',
      '192.88.99.1',
      '198.18.0.1',
      '198.51.100.1',
      '203.0.113.1',
      '3fff::1',
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
      /none of png/,
    ],
    [
      'a drawing with scripts',
      (_, response) => void response.setHeader('content-type', 'image/svg+xml').end('<svg/>'),
      /none of png/,
    ],
    [
      'a lie about its type',
      (_, response) => void response.setHeader('content-type', 'image/png').end('MZ'),
      /none of png/,
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
    const began = performance.now();
    await expect(fetchFrom(url, LOCAL_API, { timeoutMs: 300 })).rejects.toEqual(refusal(/did not answer/));
    // A picture of which nobody says how long it may take has ten seconds.
    expect(performance.now() - began).toBeLessThan(5_000);
    const controller = new AbortController();
    const cancelled = fetchFrom(url, LOCAL_API, { signal: controller.signal });
    await expect.poll(() => open).toBe(1);
    controller.abort();
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    await expect.poll(() => open).toBe(0);
  });
});

/** A drawing that takes minutes: every pixel of it is blurred over all the others, many times. */
const DRAWING = `<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="4000"><filter id="f">${'<feGaussianBlur stdDeviation="400"/><feMorphology operator="dilate" radius="300"/>'.repeat(60)}</filter><rect width="4000" height="4000" fill="red" filter="url(#f)"/></svg>`;

describe('what it is is told by its first bytes', () => {
  const answered = (bytes: Buffer | string, type?: string) =>
    serve((_, response) => {
      if (type) response.setHeader('content-type', type);
      response.end(bytes);
    });

  test.each([
    'image/png',
    'image/jpeg',
    'image/svg+xml',
    'image/avif',
  ])('a drawing called %s is not drawn, packed neither', async (type) => {
    for (const bytes of [DRAWING, `\ufeff${DRAWING}`, `<?xml version="1.0"?>${DRAWING}`, gzipSync(DRAWING)]) {
      const began = performance.now();
      await expect(fetchFrom(await answered(bytes, type), LOCAL_API)).rejects.toEqual(refusal(/none of png/));
      expect(performance.now() - began).toBeLessThan(2_000);
    }
  });

  test.each([
    'binary/octet-stream',
    'image/jpg',
    'text/html',
    undefined,
  ])('a PNG called %s is one', async (type) => {
    expect(await fetchFrom(await answered(PNG, type), LOCAL_API)).toMatchObject({ width: 1, height: 1 });
  });

  test.each(['png', 'jpeg', 'webp', 'gif', 'avif', 'tiff', 'heif'] as const)('%s', async (format) => {
    const empty = sharp({ create: { width: 20, height: 10, channels: 3, background: '#369' } });
    const bytes =
      format === 'heif'
        ? Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic')
        : await empty.toFormat(format).toBuffer();
    const fetched = fetchFrom(await answered(bytes), LOCAL_API);
    if (format === 'tiff' || format === 'heif') await expect(fetched).rejects.toEqual(refusal(/none of png/));
    else expect(await fetched).toMatchObject({ width: 20, height: 10 });
  });

  test('four inks and sixteen bits leave as what every model reads', async () => {
    const colour = sharp({ create: { width: 20, height: 10, channels: 3, background: '#369' } });
    for (const bytes of [
      await colour.clone().toColourspace('cmyk').jpeg().toBuffer(),
      await colour.clone().toColourspace('rgb16').png().toBuffer(),
    ]) {
      const { pieces } = await fetchFrom(await answered(bytes), LOCAL_API);
      const { space, depth } = await sharp(Buffer.from(pieces[0]!.data, 'base64')).metadata();
      expect([space, depth]).toEqual(['srgb', 'uchar']);
    }
  });
});

test('whoever gives up doesn’t wait for it: at once while it comes, and nothing leaves after', async () => {
  let asked = 0;
  const controller = new AbortController();
  const url = await serve(() => {
    asked++;
    controller.abort();
  });
  const { signal } = controller;
  await expect(fetchFrom(url, LOCAL_API, { signal })).rejects.toMatchObject({ code: 'cancelled' });
  await expect(fetchFrom(url, LOCAL_API, { signal })).rejects.toMatchObject({ code: 'cancelled' });
  expect(asked).toBe(1);
}, 3_000);
