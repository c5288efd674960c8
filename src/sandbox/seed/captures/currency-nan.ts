import type { SeedCapture } from '../world/world.ts';
import { stack, Visit } from './capture-kit.ts';
import { chromeMac, shop } from './sites.ts';

const app = `${shop.origin}/assets/app-9b3e002.js`;

export const currencyNan: SeedCapture = {
  url: `${shop.origin}/p/FF-1203?currency=EUR`,
  pageTitle: 'Rowan bench · Fjord & Fern',
  browser: chromeMac.browser,
  viewport: { width: 1280, height: 800 },
  pageLoadState: 'complete',
  extensionVersion: '2.6.4',
  health: [],
  screenshot: 'currency-nan',
  annotations: [
    { type: 'circle', color: '#e5322d', x: 652, y: 267, rx: 88, ry: 36 },
    { type: 'arrow', color: '#e5322d', from: [1030, 150], to: [748, 252] },
    { type: 'text', color: '#e5322d', x: 860, y: 232, text: 'after switching twice' },
  ],
  devtools: (capturedAt) => {
    const visit = new Visit({
      seed: 'currency-nan',
      capturedAt,
      site: shop,
      agent: chromeMac,
      path: '/p/FF-1203',
      secondsOpen: 28,
      build: '9b3e002',
    }).boot();
    visit.request(480, {
      url: '/api/products/FF-1203',
      answer: { sku: 'FF-1203', name: 'Rowan bench', price: { base: 'EUR', minor_units: 38_900 } },
    });
    visit.request(14_200, {
      url: '/api/rates?base=EUR',
      answer: { base: 'EUR', rates: { DKK: 7.4604, SEK: 11.0215, NOK: 11.782, GBP: 0.8701 } },
    });
    visit.log(14_330, 'info', '[money] switched', { from: 'EUR', to: 'DKK', rate: 7.4604 });
    visit.log(19_870, 'info', '[money] switched', { from: 'DKK', to: 'EUR', rate: null });
    const trace = stack(
      '[money] amount is not a number',
      `format (${app}:1:60112)`,
      `Price (${app}:1:71320)`,
    );
    visit.logError(19_874, trace, '[money] amount is not a number', {
      cents: 38_900,
      rate: null,
      result: 'NaN',
    });
    return visit.devtools({ lcp: 930, cls: 0.02, fid: 5 });
  },
};
