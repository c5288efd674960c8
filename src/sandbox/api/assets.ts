import { readFile } from 'node:fs/promises';
import type { Hono } from 'hono';
import { verifyPresigned } from '../assets/signed-url.ts';
import { ApiError } from '../model/errors.ts';
import type { Context } from './context.ts';

/** Pictures at presigned addresses: no token, no budget. */
export function mountAssets(app: Hono, { db, pictures }: Context): void {
  app.get('/assets/:file{.+\\.png}', async (c) => {
    const picture = c.req.param('file').slice(0, -'.png'.length);
    const leftMs = verifyPresigned(db, picture, c.req.query('expires') ?? '', c.req.query('signature') ?? '');
    const file = pictures.file(picture);
    if (file === undefined) {
      throw new ApiError('asset_not_found', 'This picture is not there: build the pictures first.');
    }
    return c.body(new Uint8Array(await readFile(file)), 200, {
      'Content-Type': 'image/png',
      // No longer than the address works.
      'Cache-Control': `private, max-age=${Math.floor(leftMs / 1000)}`,
      'X-Content-Type-Options': 'nosniff',
    });
  });
}
