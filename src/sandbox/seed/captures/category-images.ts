import type { SeedCapture } from '../world/world.ts';
import { Visit } from './capture-kit.ts';
import { chromeWindows, shop } from './sites.ts';

const perRow = 4;
const rows = 12;

/** A full-page picture: the first three rows come from the cache, everything below is gone. */
export const categoryImages: SeedCapture = {
  url: `${shop.origin}/c/living-room?per_page=48`,
  pageTitle: 'Living room · Fjord & Fern',
  browser: chromeWindows.browser,
  viewport: { width: 1280, height: 800 },
  pageLoadState: 'complete',
  extensionVersion: '2.6.1',
  health: [
    {
      section: 'network',
      state: 'partial',
      reason: 'Bodies of answers from other origins (img.fjordandfern.example) can’t be read.',
    },
  ],
  screenshot: 'category-images',
  annotations: [
    {
      type: 'stroke',
      color: '#e5322d',
      points: [
        [40, 1440],
        [34, 2600],
        [44, 3600],
        [38, 4760],
      ],
      width: 10,
    },
    { type: 'text', color: '#e5322d', x: 80, y: 1400, text: 'grey from here down' },
  ],
  devtools: (capturedAt) => {
    const visit = new Visit({
      seed: 'category-images',
      capturedAt,
      site: shop,
      agent: chromeWindows,
      path: '/c/living-room',
      secondsOpen: 34,
      build: '1d04e77',
    }).boot();
    visit.request(500, { url: '/api/catalogue/living-room?page=1&per_page=48', size: 19_320 });
    visit.log(690, 'info', '[images] origin switched', {
      from: 'media.fjordandfern.example',
      to: 'img.fjordandfern.example',
    });
    for (let n = 0; n < perRow * rows; n++) {
      const gone = n >= perRow * 3;
      visit.request(720 + n * 14, {
        url: `https://img.fjordandfern.example/FF-${1000 + n * 7}/main.webp?w=480`,
        kind: 'image',
        status: gone ? 404 : 304,
        size: gone ? 263 : 0,
        headers: gone ? { 'x-cache': 'MISS', 'x-object': 'NoSuchKey' } : { 'x-cache': 'HIT' },
      });
      if (gone)
        visit.log(860 + n * 14, 'warn', `[images] FF-${1000 + n * 7}/main.webp failed, showing placeholder`);
    }
    return visit.devtools({ lcp: 2240, cls: 0.11, fid: 9 });
  },
};
