import type { SeedCapture } from '../world/world.ts';
import { Visit } from './capture-kit.ts';
import { chromeMac, consoleApp } from './sites.ts';

/** A screen with two device pixels to one: the picture is twice as large as the viewport. */
export const darkContrast: SeedCapture = {
  url: `${consoleApp.origin}/settings/profile`,
  pageTitle: 'Profile · Studio Console',
  browser: chromeMac.browser,
  viewport: { width: 1440, height: 900 },
  pageLoadState: 'complete',
  extensionVersion: '2.6.1',
  health: [{ section: 'errors', state: 'empty', reason: 'The page threw no errors.' }],
  screenshot: 'dark-contrast',
  annotations: [
    { type: 'circle', color: '#ff4d47', x: 1530, y: 1040, rx: 420, ry: 140 },
    { type: 'arrow', color: '#ff4d47', from: [2160, 1330], to: [1940, 1130] },
    { type: 'text', color: '#ff4d47', x: 1860, y: 1400, text: '2.4 : 1, I can’t read this' },
  ],
  devtools: (capturedAt) => {
    const visit = new Visit({
      seed: 'dark-contrast',
      capturedAt,
      site: consoleApp,
      agent: chromeMac,
      path: '/settings/profile',
      secondsOpen: 18,
      build: '8.1.9',
    }).boot();
    visit.log(412, 'info', '[theme] dark (prefers-color-scheme)');
    visit.request(560, { url: '/api/me', answer: { id: 'u_204', name: '山田 葵', theme: 'system' } });
    visit.log(790, 'debug', '[theme] tokens', {
      'text.hint': '#4b5563',
      'surface.page': '#111827',
      ratio: 2.35,
    });
    return visit.devtools({ lcp: 780, cls: 0, fid: 2 });
  },
};
