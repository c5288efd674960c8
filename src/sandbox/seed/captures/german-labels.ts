import type { SeedCapture } from '../world/world.ts';
import { Visit } from './capture-kit.ts';
import { firefoxWindows, shop } from './sites.ts';

export const germanLabels: SeedCapture = {
  url: `${shop.origin}/de/c/wohnzimmer`,
  pageTitle: 'Wohnzimmer · Fjord & Fern',
  browser: firefoxWindows.browser,
  viewport: { width: 1440, height: 900 },
  pageLoadState: 'complete',
  extensionVersion: '2.6.4',
  health: [
    {
      section: 'performance',
      state: 'partial',
      reason: 'Firefox reports neither long tasks nor layout shifts.',
    },
  ],
  screenshot: 'german-labels',
  annotations: [
    { type: 'circle', color: '#e5322d', x: 206, y: 645, rx: 136, ry: 42 },
    { type: 'circle', color: '#e5322d', x: 520, y: 645, rx: 150, ry: 44 },
    { type: 'text', color: '#e5322d', x: 560, y: 758, text: 'text wider than the button' },
  ],
  devtools: (capturedAt) => {
    const visit = new Visit({
      seed: 'german-labels',
      capturedAt,
      site: shop,
      agent: firefoxWindows,
      path: '/de/c/wohnzimmer',
      secondsOpen: 21,
      build: '5ee0a17',
      language: 'de,en-US;q=0.7,en;q=0.3',
    }).boot();
    visit.request(540, { url: '/api/i18n/de.json', size: 41_870 });
    visit.request(590, { url: '/api/catalogue/wohnzimmer?page=1&per_page=16&locale=de-DE', size: 6_944 });
    visit.log(730, 'info', '[i18n] de-DE loaded', { keys: 1184, missing: 0 });
    visit.log(1_120, 'warn', '[cards] content wider than its box', {
      selector: '.card__buy',
      box: 148,
      content: 197,
      text: 'In den Warenkorb legen',
    });
    visit.log(1_121, 'warn', '[cards] content wider than its box', {
      selector: '.card__buy',
      box: 148,
      content: 243,
      text: 'Verfügbarkeit benachrichtigen',
    });
    return visit.devtools();
  },
};
