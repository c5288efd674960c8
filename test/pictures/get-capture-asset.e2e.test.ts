/** Real pictures through the built program: what a model gets is small enough, sharp enough and the right way up. */
import { randomBytes } from 'node:crypto';
import { Resvg } from '@resvg/resvg-js';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { shared } from '../support/ending.ts';
import { type FakeRequest, startChangingApi } from '../support/fake-api.ts';
import { type Connected, connect } from '../support/program.ts';
import { type CallResult, textOf } from '../support/sdk-client.ts';

const TICKET = 't-abc123';
const LONG_SIDE = 1568;
const MEGABYTE = 1_000_000;

interface Stored {
  type: string;
  bytes: Buffer;
}

/** A page with much small text, as screenshots have. */
function page(width: number, height: number): Buffer {
  const lines = Array.from(
    { length: Math.floor(height / 40) },
    (_, at) =>
      `<rect x="40" y="${at * 40 + 8}" width="${200 + ((at * 97) % (width - 300))}" height="20" fill="hsl(${(at * 37) % 360} 60% 60%)"/>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#fff"/>${lines.join('')}</svg>`;
  return Buffer.from(new Resvg(svg).render().asPng());
}

/** Four bands of colour, one below the other. */
function bands(): Buffer {
  const rows = ['#f00', '#0f0', '#00f', '#fff'].map(
    (colour, at) => `<rect y="${at * 2000}" width="600" height="2000" fill="${colour}"/>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="8000">${rows.join('')}</svg>`;
  return Buffer.from(new Resvg(svg).render().asPng());
}

/** Nothing compresses worse. */
function noise(width: number, height: number) {
  return sharp({
    create: {
      width,
      height,
      channels: 3,
      background: '#000',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  });
}

const started = shared(async () => {
  const api = await startChangingApi();
  return { api, connected: await connect('sdk 2.x modern', { env: api.env }) };
});

/** What the API has from now on. */
function store(stored: Record<string, Stored>): { connected: Connected; fetched: FakeRequest[] } {
  const { api, connected } = started();
  api.answer(({ path }) => {
    const [, ticket, asset] = /^\/tickets\/([^/]+)\/assets\/(.+)$/.exec(path) ?? [];
    if (ticket)
      return { body: { url: `${api.url}/files/${asset}?signature=1`, expires_at: '2030-01-01T00:00:00Z' } };
    const file = stored[/^\/files\/(.+)$/.exec(path)?.[1] ?? ''];
    return file && { headers: { 'content-type': file.type }, body: file.bytes };
  });
  return { connected, fetched: api.requests };
}

/** As a PNG it is too large however it is scaled, and there are few enough colours for that to be seen soon. */
function greyNoise(width: number, height: number): Promise<Buffer> {
  return sharp(randomBytes(width * height), { raw: { width, height, channels: 1 } })
    .png({ compressionLevel: 0 })
    .toBuffer();
}

async function shown(result: CallResult) {
  const images = result.content.filter(({ type }) => type === 'image');
  expect(images, textOf(result)).toHaveLength(1);
  const bytes = Buffer.from(images[0]!.data!, 'base64');
  const { width, height, format } = await sharp(bytes).metadata();
  expect(images[0]!.mimeType).toBe(`image/${format}`);
  expect(Math.max(width, height)).toBeLessThanOrEqual(LONG_SIDE);
  expect(bytes.length).toBeLessThan(MEGABYTE);
  expect(result.structuredContent).toMatchObject({ shown: { width, height } });
  return { bytes, width, height, format };
}

test('pictures of every kind come scaled, under a megabyte, and the address of the original as link', async () => {
  const sideways = await noise(400, 200).jpeg().withMetadata({ orientation: 6 }).toBuffer();
  const stored: Record<string, Stored> = {
    retina: { type: 'image/png', bytes: page(3136, 1764) },
    small: { type: 'image/png', bytes: page(320, 200) },
    noise: { type: 'image/png', bytes: await greyNoise(1600, 1200) },
    photo: { type: 'image/jpeg', bytes: await noise(2000, 1500).jpeg({ quality: 90 }).toBuffer() },
    webp: { type: 'image/webp', bytes: await sharp(page(1000, 800)).webp().toBuffer() },
    gif: { type: 'image/gif', bytes: await sharp(page(600, 400)).gif().toBuffer() },
    sideways: { type: 'image/jpeg', bytes: sideways },
  };
  const { connected } = store(stored);
  const get = (asset: string) => connected.call('get_capture_asset', { ticket_id: TICKET, asset });

  for (const [asset, [width, height]] of Object.entries({
    retina: [1568, 882],
    small: [320, 200],
    noise: [1568, 1176],
    photo: [1568, 1176],
    webp: [1000, 800],
    gif: [600, 400],
    sideways: [200, 400],
  })) {
    const result = await get(asset);
    const picture = await shown(result);
    expect([asset, picture.width, picture.height]).toEqual([asset, width, height]);
    // Text stays sharpest as PNG; only what doesn't fit as one, or was a photo, is a JPEG.
    const isPng = ['retina', 'small', 'webp', 'gif'].includes(asset);
    expect([asset, picture.format]).toEqual([asset, isPng ? 'png' : 'jpeg']);
    // What fits already is not touched.
    if (asset === 'small') expect(picture.bytes.equals(stored.small!.bytes)).toBe(true);
    expect(textOf(result)).not.toContain('signature');
    expect(result.structuredContent!.url).toContain(`/files/${asset}?signature=1`);
    const isScaled = ['retina', 'noise', 'photo'].includes(asset);
    expect(/Shown at \d+ % of its size/.test(textOf(result)), asset).toBe(isScaled);
  }
}, 60_000);

test('a very long picture comes in pieces that can be read', async () => {
  const stored: Record<string, Stored> = {
    tall: { type: 'image/png', bytes: page(600, 8_000) },
    wide: { type: 'image/png', bytes: page(9000, 300) },
    noise: { type: 'image/png', bytes: await greyNoise(600, 2_200) },
    bands: { type: 'image/png', bytes: bands() },
  };
  const { connected } = store(stored);
  for (const [asset, width, height, count] of [
    ['tall', 470, 1568, 4],
    ['wide', 1568, 209, 4],
    ['noise', 600, 1100, 2],
  ] as const) {
    const result = await connected.call('get_capture_asset', { ticket_id: TICKET, asset });
    const images = result.content.filter(({ type }) => type === 'image');
    expect([asset, images.length]).toEqual([asset, count]);
    const all = images.map(({ data }) => Buffer.from(data!, 'base64'));
    expect(all.reduce((sum, { length }) => sum + length, 0)).toBeLessThan(MEGABYTE);
    for (const bytes of all) expect(await sharp(bytes).metadata()).toMatchObject({ width, height });
    expect(result.structuredContent).toMatchObject({ shown: { width, height, pieces: count } });
    expect(textOf(result)).toContain(`It is long, so it comes in ${count} pieces, in order.`);
    expect(textOf(result)).not.toContain('signature');
    expect(result.structuredContent!.url).toContain(`/files/${asset}?signature=1`);
  }
  // In order, nothing left out: one band of colour a piece.
  const { content } = await connected.call('get_capture_asset', { ticket_id: TICKET, asset: 'bands' });
  const pieces = content
    .filter(({ type }) => type === 'image')
    .map(({ data }) => Buffer.from(data!, 'base64'));
  const means = await Promise.all(pieces.map(async (piece) => (await sharp(piece).stats()).channels));
  expect(means.map((channels) => channels.slice(0, 3).map(({ mean }) => Math.round(mean / 255)))).toEqual([
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
    [1, 1, 1],
  ]);
}, 60_000);

test('as link: the address alone, and nothing is fetched', async () => {
  const { connected, fetched } = store({ screenshot: { type: 'image/png', bytes: page(320, 200) } });
  const result = await connected.call('get_capture_asset', {
    ticket_id: TICKET,
    asset: 'screenshot',
    as: 'link',
  });
  expect(result.content.map(({ type }) => type)).toEqual(['text']);
  expect(result.structuredContent!.url).toContain('/files/screenshot?signature=1');
  expect(fetched.filter(({ path }) => path.startsWith('/files/'))).toEqual([]);
});

test('what is no picture is not shown; its address is, with the reason', async () => {
  const { connected } = store({
    page: { type: 'text/html', bytes: Buffer.from('<script>alert(1)</script>') },
    cut: { type: 'image/png', bytes: page(640, 400).subarray(0, 1_000) },
    svg: { type: 'image/svg+xml', bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') },
    broken: { type: 'image/png', bytes: page(320, 200).subarray(0, 60) },
    lying: { type: 'image/png', bytes: Buffer.from('this is no picture') },
  });
  for (const asset of ['page', 'svg', 'cut', 'broken', 'lying', 'gone']) {
    const result = await connected.call('get_capture_asset', { ticket_id: TICKET, asset });
    expect(result.isError, asset).toBeFalsy();
    expect(result.content.map(({ type }) => type)).toEqual(['text']);
    expect(textOf(result)).toContain(`/files/${asset}?signature=1`);
    expect(textOf(result)).toMatch(
      /The picture itself could not be shown: Its file was not fetched: .*Its address is here/,
    );
  }
});
