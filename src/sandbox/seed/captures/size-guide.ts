import type { SeedCapture } from '../world/world.ts';
import { Visit } from './capture-kit.ts';
import { edgeWindows, shop } from './sites.ts';

export const sizeGuide: SeedCapture = {
  url: `${shop.origin}/p/FF-1301`,
  pageTitle: 'Heather throw · Fjord & Fern',
  browser: edgeWindows.browser,
  viewport: { width: 1440, height: 900 },
  pageLoadState: 'complete',
  extensionVersion: '2.7.0',
  health: [],
  screenshot: 'size-guide',
  annotations: [
    { type: 'circle', color: '#e5322d', x: 1010, y: 64, rx: 58, ry: 40 },
    { type: 'arrow', color: '#e5322d', from: [1190, 240], to: [1066, 96] },
    { type: 'text', color: '#e5322d', x: 1110, y: 282, text: 'close button' },
    { type: 'text', color: '#e5322d', x: 1110, y: 318, text: 'is under here' },
  ],
  devtools: (capturedAt) => {
    const visit = new Visit({
      seed: 'size-guide',
      capturedAt,
      site: shop,
      agent: edgeWindows,
      path: '/p/FF-1301',
      secondsOpen: 39,
      build: '81aa4c0',
    }).boot();
    visit.request(610, { url: '/api/products/FF-1301?locale=en-GB', size: 3_120 });
    visit.request(22_400, {
      url: '/api/size-guides/throws',
      answer: {
        unit: 'cm',
        rows: [
          ['S', 130, 170],
          ['M', 150, 200],
          ['L', 180, 220],
        ],
      },
    });
    visit.log(22_520, 'debug', '[dialog] open', { id: 'size-guide', zIndex: 40, backdrop: true });
    visit.log(
      22_530,
      'warn',
      '[dialog] focus target .dialog__close is covered by header.site-header (z-index 50)',
    );
    visit.log(31_004, 'debug', '[dialog] click outside ignored', { target: 'header.site-header' });
    visit.log(33_420, 'debug', '[dialog] click outside ignored', { target: 'header.site-header' });
    return visit.devtools({ lcp: 1105, cls: 0, fid: 4 });
  },
};
