import type { SeedCapture } from '../world/world.ts';
import { stack, Visit } from './capture-kit.ts';
import { chromeMac, consoleApp } from './sites.ts';

const file = `${consoleApp.origin}/static/console.8.2.5.js`;
const tooLarge =
  '<html>\r\n<head><title>413 Request Entity Too Large</title></head>\r\n<body>\r\n<center><h1>413 Request Entity Too Large</h1></center>\r\n<hr><center>nginx/1.26.2</center>\r\n</body>\r\n</html>\r\n';

export const avatar413: SeedCapture = {
  url: `${consoleApp.origin}/settings/profile`,
  pageTitle: 'Profile · Studio Console',
  browser: chromeMac.browser,
  viewport: { width: 1440, height: 900 },
  pageLoadState: 'complete',
  extensionVersion: '2.7.0',
  health: [
    { section: 'network', state: 'partial', reason: 'Request bodies over 256 kB are not kept (1 left out).' },
  ],
  screenshot: 'avatar-413',
  annotations: [
    { type: 'circle', color: '#e5322d', x: 1220, y: 830, rx: 206, ry: 48 },
    { type: 'circle', color: '#e5322d', x: 1050, y: 262, rx: 182, ry: 54 },
    { type: 'text', color: '#e5322d', x: 900, y: 344, text: '4.2 MB, limit says 10' },
  ],
  devtools: (capturedAt) => {
    const visit = new Visit({
      seed: 'avatar-413',
      capturedAt,
      site: consoleApp,
      agent: chromeMac,
      path: '/settings/profile',
      secondsOpen: 44,
      build: '8.2.5',
      language: 'ja,en;q=0.8',
    }).boot();
    visit.request(580, {
      url: '/api/me',
      answer: { id: 'u_204', name: '山田 葵', avatar: null, locale: 'ja' },
    });
    visit.log(29_100, 'info', '[avatar] chosen', {
      name: 'IMG_2204.jpeg',
      type: 'image/jpeg',
      bytes: 4_212_907,
      limit: 10_485_760,
    });
    visit.request(29_140, {
      method: 'PUT',
      url: '/api/uploads/avatar',
      status: 413,
      took: 388,
      answer: tooLarge,
      requestHeaders: { 'content-type': 'image/jpeg', 'content-length': '4212907' },
      headers: { 'content-type': 'text/html', connection: 'close' },
    });
    const trace = stack(
      `SyntaxError: Unexpected token '<', "<html>\r\n<h"... is not valid JSON`,
      'JSON.parse (<anonymous>)',
      `readError (${file}:2:88014)`,
      `async uploadAvatar (${file}:2:201377)`,
    );
    visit.threw(29_534, trace, 'unhandledrejection');
    visit.log(29_540, 'debug', '[toast] shown', { kind: 'error', text: 'Something went wrong' });
    return visit.devtools({ lcp: 870, cls: 0, fid: 3 });
  },
};
