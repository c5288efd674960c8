import type { Hono } from 'hono';
import { assets } from '../client/client-files.ts';

const types = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  woff2: 'font/woff2',
  svg: 'image/svg+xml',
} as const;

/** Styles, scripts, font and icon of the pages. */
export function mountStatic(app: Hono): void {
  app.get('/static/:version/:name', (c) => {
    const { version, files } = assets();
    const name = c.req.param('name');
    const bytes = files.get(name);
    if (!bytes) return c.notFound();
    return c.body(new Uint8Array(bytes), 200, {
      'Content-Type': types[name.slice(name.lastIndexOf('.') + 1) as keyof typeof types],
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control':
        c.req.param('version') === version ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
  });
}
