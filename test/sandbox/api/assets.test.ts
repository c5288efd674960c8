import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { SeedCapture } from '../../../src/sandbox/seed/world/world.ts';
import { pictureFolder, smallWorld, start, ticket } from '../support/sandbox.ts';

const capture: SeedCapture = {
  url: 'https://shop.example/cart',
  pageTitle: 'Cart',
  browser: 'Chrome 140',
  viewport: { width: 1280, height: 720 },
  pageLoadState: 'complete',
  extensionVersion: '2.1.0',
  health: [{ section: 'network', state: 'partial', reason: 'Bodies over 1 MB were cut.' }],
  screenshot: 'cart',
  annotations: [{ type: 'circle', color: '#f00', x: 1, y: 2, rx: 3, ry: 4 }],
  devtools: (at) => ({
    console: [{ level: 'error', args: ['Boom', { code: 7 }], at: at.toISOString() }],
    network: [],
    errors: [],
    performance: { navigation: { ttfb: 12.5 }, long_tasks: [] },
  }),
};

const world = () =>
  smallWorld({
    tickets: [
      ticket('t-CAPTUR', { capture, attachments: [{ id: 'att_1', name: 'photo.png', picture: 'photo' }] }),
      ticket('t-PLAIN1'),
    ],
  });
const pictureFile = () =>
  pictureFolder({
    cart: { width: 1280, height: 720 },
    'cart.annotated': { width: 1280, height: 720 },
    photo: { width: 40, height: 30 },
  });

const asset = (name: string) => `/tickets/t-CAPTUR/assets/${name}`;

describe('a capture', () => {
  test('comes with a ticket, all of it unless asked otherwise', async () => {
    const { as } = await start({ world: world(), pictureFile: pictureFile() });
    const { body } = await as('olga')('GET', '/tickets/t-CAPTUR');
    expect(body).toMatchObject({
      has_capture: true,
      source_url: 'https://shop.example/cart',
      capture: {
        id: expect.stringMatching(/^cap_/),
        captured_at: body.created_at,
        url: 'https://shop.example/cart',
        page_title: 'Cart',
        browser: 'Chrome 140',
        viewport: { width: 1280, height: 720 },
        screenshot: { width: 1280, height: 720 },
        extension_version: '2.1.0',
        page_load_state: 'complete',
        health: capture.health,
      },
      attachments: [{ id: 'att_1', name: 'photo.png', content_type: 'image/png', width: 40, height: 30 }],
      annotations: capture.annotations,
      devtools: {
        console: [{ level: 'error', args: ['Boom', { code: 7 }], at: body.created_at }],
        performance: { navigation: { ttfb: 12.5 } },
      },
    });
  });

  test.each([
    ['', []],
    ['capture', ['capture']],
    ['annotations,attachments', ['attachments', 'annotations']],
    ['devtools', ['devtools']],
    ['devtools,capture', ['capture', 'devtools']],
  ])('include=%s brings only that', async (include, expected) => {
    const { as } = await start({ world: world(), pictureFile: pictureFile() });
    const { status, body } = await as('olga')('GET', `/tickets/t-CAPTUR?include=${include}`);
    expect(status).toBe(200);
    const parts = ['capture', 'attachments', 'annotations', 'devtools'];
    expect(parts.filter((part) => part in body)).toEqual(expected);
  });

  test('has a validator of the ticket and of what comes with it', async () => {
    const { as } = await start({ world: world(), pictureFile: pictureFile() });
    const ask = (path: string, etag = '"none"') =>
      as('olga')('GET', `/tickets/t-CAPTUR${path}`, undefined, { 'if-none-match': etag });
    const [whole, bare] = [await ask(''), await ask('?include=')].map(({ headers }) => headers.get('etag')!);
    expect([(await ask('', whole)).status, (await ask('?include=devtools', bare)).status]).toEqual([
      304, 200,
    ]);
    await as('olga')('PATCH', '/tickets/t-CAPTUR', { title: 'Another' });
    expect([(await ask('', whole)).status, (await ask('?include=', bare)).status]).toEqual([200, 200]);
  });

  test('a part that doesn’t exist is refused', async () => {
    const { as } = await start({ world: world(), pictureFile: pictureFile() });
    const { body } = await as('olga')('GET', '/tickets/t-CAPTUR?include=capture,cookies');
    expect(body.error.code).toBe('validation_error');
  });

  test('a ticket without one says so', async () => {
    const { as } = await start({ world: world(), pictureFile: pictureFile() });
    const { body } = await as('olga')('GET', '/tickets/t-PLAIN1');
    expect(body).toMatchObject({ has_capture: false, attachments: [] });
    for (const part of ['capture', 'annotations', 'devtools']) expect(body).not.toHaveProperty(part);
    expect((await as('olga')('GET', '/tickets/t-PLAIN1/annotations')).body).toEqual([]);
    expect((await as('olga')('GET', '/tickets/t-PLAIN1/assets/screenshot')).body.error.code).toBe(
      'asset_not_found',
    );
  });

  test('annotations come by themselves too', async () => {
    const { as } = await start({ world: world(), pictureFile: pictureFile() });
    expect((await as('olga')('GET', '/tickets/t-CAPTUR/annotations')).body).toEqual(capture.annotations);
  });
});

describe('presigned asset addresses', () => {
  test.each([
    ['screenshot', 1280, 720],
    ['screenshot_with_annotations', 1280, 720],
    ['att_1', 40, 30],
  ])('%s is fetched without a token', async (name, width, height) => {
    const { as, url } = await start({ world: world(), pictureFile: pictureFile() });
    const { body } = await as('olga')('GET', asset(name));
    expect(body).toEqual({
      url: expect.stringContaining(`${url}/assets/`),
      content_type: 'image/png',
      width,
      height,
      expires_at: expect.any(String),
    });
    const lifetime = new Date(body.expires_at).getTime() - Date.now();
    expect(lifetime).toBeGreaterThan(4.9 * 60_000);
    expect(lifetime).toBeLessThanOrEqual(5 * 60_000);
    const picture = await fetch(body.url);
    expect(picture.status).toBe(200);
    expect(picture.headers.get('content-type')).toBe('image/png');
    // No longer than the address works.
    const [, age] = /^private, max-age=(\d+)$/.exec(picture.headers.get('cache-control')!)!;
    expect(Number(age)).toBeLessThanOrEqual(lifetime / 1000);
    expect(Number(age)).toBeGreaterThan(4.8 * 60);
    expect(picture.headers.get('x-content-type-options')).toBe('nosniff');
    expect(Buffer.from(await picture.arrayBuffer()).readUInt32BE(16)).toBe(width);
  });

  test('expire', async () => {
    const { as } = await start({ world: world(), pictureFile: pictureFile(), assetTtlMs: 150 });
    const { body } = await as('olga')('GET', asset('screenshot'));
    expect((await fetch(body.url)).status).toBe(200);
    await sleep(200);
    expect((await fetch(body.url)).status).toBe(403);
  });

  test('can’t be forged, prolonged or turned to another picture', async () => {
    const { as } = await start({ world: world(), pictureFile: pictureFile() });
    const { url } = (await as('olga')('GET', asset('screenshot'))).body;
    const prolonged = url.replace(/expires=(\d+)/, (_: string, at: string) => `expires=${Number(at) + 1}`);
    for (const forged of [
      prolonged,
      url.replace('cart.png', 'photo.png'),
      url.replace(/signature=.*/, 'signature='),
      url.replace(/signature=.*/, `signature=${'A'.repeat(43)}`),
      url.replace(/\?.*/, ''),
    ]) {
      const reply = await fetch(forged);
      expect(`${forged} ${reply.status}`).toBe(`${forged} 403`);
      expect(await reply.json()).toMatchObject({ error: { code: 'forbidden' } });
    }
  });

  test('of one file differ from those of another', async () => {
    const one = await start({ world: world(), pictureFile: pictureFile() });
    const other = await start({ world: world(), pictureFile: pictureFile() });
    const { url } = (await one.as('olga')('GET', asset('screenshot'))).body;
    expect((await fetch(url.replace(one.url, other.url))).status).toBe(403);
  });

  test('where the annotated picture was not drawn, it is the plain one', async () => {
    const { as } = await start({
      world: world(),
      pictureFile: pictureFolder({ cart: { width: 8, height: 9 } }),
    });
    expect((await as('olga')('GET', asset('screenshot_with_annotations'))).body).toMatchObject({
      width: 8,
      height: 9,
    });
  });
});
