import type { SeedCapture } from '../world/world.ts';
import { stack, Visit } from './capture-kit.ts';
import { chromeWindows, consoleApp } from './sites.ts';

const api = 'https://api.acme.example';
const file = `${consoleApp.origin}/static/console.8.2.1.js`;
const widgets = ['hours', 'revenue', 'invoices', 'team'];

export const corsWidgets: SeedCapture = {
  url: `${consoleApp.origin}/dashboard`,
  pageTitle: 'Dashboard · Studio Console',
  browser: chromeWindows.browser,
  viewport: { width: 1440, height: 900 },
  pageLoadState: 'complete',
  extensionVersion: '2.6.4',
  health: [
    {
      section: 'network',
      state: 'partial',
      reason:
        'The browser withholds status, headers and body of requests that CORS has blocked (8 requests).',
    },
  ],
  screenshot: 'cors-widgets',
  annotations: [
    { type: 'circle', color: '#e5322d', x: 541, y: 320, rx: 232, ry: 84 },
    { type: 'circle', color: '#e5322d', x: 1120, y: 320, rx: 232, ry: 84 },
    { type: 'text', color: '#e5322d', x: 720, y: 150, text: 'all four since 14:05' },
  ],
  devtools: (capturedAt) => {
    const visit = new Visit({
      seed: 'cors-widgets',
      capturedAt,
      site: consoleApp,
      agent: chromeWindows,
      path: '/dashboard',
      secondsOpen: 62,
      build: '8.2.1',
    }).boot();
    for (const [turn, widget] of [...widgets, ...widgets].entries()) {
      const ms = 700 + turn * 70 + (turn >= widgets.length ? 30_000 : 0);
      visit.request(ms, {
        method: 'OPTIONS',
        url: `${api}/v8/widgets/${widget}`,
        status: 204,
        took: 22,
        requestHeaders: { 'access-control-request-headers': 'authorization' },
        headers: { 'access-control-allow-origin': 'https://console.acme.example/' },
      });
      visit.request(ms + 24, { url: `${api}/v8/widgets/${widget}`, status: 0, took: 3 });
      visit.logError(
        ms + 30,
        stack('TypeError: Failed to fetch', `load (${file}:2:41002)`, `async Widget (${file}:2:41377)`),
        `Access to fetch at '${api}/v8/widgets/${widget}' from origin 'https://console.acme.example' has been blocked by CORS policy: The 'Access-Control-Allow-Origin' header has a value 'https://console.acme.example/' that is not equal to the supplied origin.`,
      );
      visit.threw(
        ms + 31,
        stack('TypeError: Failed to fetch', `load (${file}:2:41002)`),
        'unhandledrejection',
      );
    }
    return visit.devtools({ lcp: 1010, cls: 0.08, fid: 5 });
  },
};
