import type { SeedCapture } from '../world/world.ts';
import { Visit } from './capture-kit.ts';
import { safariPhone, shop } from './sites.ts';

const build = '4f9c21e';

/** The bundle doesn't parse, so nothing ever listens: one error at the start, then silence. */
export const safariCart: SeedCapture = {
  url: `${shop.origin}/p/FF-1049`,
  pageTitle: 'Tarn oak table · Fjord & Fern',
  browser: safariPhone.browser,
  viewport: { width: 390, height: 844 },
  pageLoadState: 'complete',
  extensionVersion: '2.7.0',
  health: [
    {
      section: 'performance',
      state: 'partial',
      reason: 'Safari reports neither long tasks nor layout shifts.',
    },
    { section: 'console', state: 'empty', reason: 'The page wrote nothing to the console.' },
  ],
  screenshot: 'safari-cart',
  annotations: [
    { type: 'circle', color: '#e5322d', x: 195, y: 742, rx: 182, ry: 40 },
    { type: 'text', color: '#e5322d', x: 40, y: 688, text: 'tapped 10 times: nothing' },
  ],
  devtools: (capturedAt) => {
    const visit = new Visit({
      seed: 'safari-cart',
      capturedAt,
      site: shop,
      agent: safariPhone,
      path: '/p/FF-1049',
      secondsOpen: 47,
      build,
    }).load();
    for (let view = 1; view <= 4; view++) {
      visit.request(640 + view * 30, {
        url: `https://img.fjordandfern.example/FF-1049/view-${view}.webp?w=780`,
        kind: 'image',
        size: visit.chance.between(38_000, 90_000),
      });
    }
    visit.threw(
      905,
      `SyntaxError: Invalid regular expression: invalid group specifier name\n(anonymous)@${shop.origin}/assets/app-${build}.js:1:61377`,
    );
    return visit.devtools();
  },
};
