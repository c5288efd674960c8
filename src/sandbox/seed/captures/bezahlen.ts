import type { SeedCapture } from '../world/world.ts';
import { Visit } from './capture-kit.ts';
import { safariTablet, shop } from './sites.ts';

/** Recorded almost nothing: the extension was let onto the page only after it had loaded. */
export const bezahlen: SeedCapture = {
  url: `${shop.origin}/checkout`,
  pageTitle: 'Kasse · Fjord & Fern',
  browser: safariTablet.browser,
  viewport: { width: 1180, height: 820 },
  pageLoadState: 'complete',
  extensionVersion: '2.5.3',
  health: [
    {
      section: 'console',
      state: 'empty',
      reason: 'Recording began after the page had loaded: the extension had no access to this site before.',
    },
    {
      section: 'network',
      state: 'empty',
      reason: 'Recording began after the page had loaded: the extension had no access to this site before.',
    },
    {
      section: 'errors',
      state: 'empty',
      reason: 'Recording began after the page had loaded: the extension had no access to this site before.',
    },
    {
      section: 'performance',
      state: 'partial',
      reason: 'Safari reports neither long tasks nor layout shifts.',
    },
    { section: 'screenshot', state: 'empty', reason: 'The person declined the screenshot.' },
  ],
  annotations: [],
  devtools: (capturedAt) =>
    new Visit({
      seed: 'bezahlen',
      capturedAt,
      site: shop,
      agent: safariTablet,
      path: '/checkout',
      secondsOpen: 96,
      build: '4f9c21e',
    }).devtools(),
};
