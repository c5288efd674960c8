import type { SeedCapture } from '../world/world.ts';
import { Visit } from './capture-kit.ts';
import { consoleApp, safariTablet } from './sites.ts';

export const touchDrag: SeedCapture = {
  url: `${consoleApp.origin}/planning?week=23`,
  pageTitle: 'Planning · Studio Console',
  browser: safariTablet.browser,
  viewport: { width: 1180, height: 820 },
  pageLoadState: 'complete',
  extensionVersion: '2.6.1',
  health: [
    {
      section: 'performance',
      state: 'partial',
      reason: 'Safari reports neither long tasks nor layout shifts.',
    },
  ],
  screenshot: 'touch-drag',
  annotations: [
    { type: 'circle', color: '#e5322d', x: 392, y: 352, rx: 134, ry: 44 },
    {
      type: 'stroke',
      color: '#e5322d',
      points: [
        [520, 386],
        [580, 430],
        [640, 446],
        [720, 470],
      ],
      width: 6,
    },
    { type: 'text', color: '#e5322d', x: 572, y: 512, text: 'selects text, doesn’t lift' },
  ],
  devtools: (capturedAt) => {
    const visit = new Visit({
      seed: 'touch-drag',
      capturedAt,
      site: consoleApp,
      agent: safariTablet,
      path: '/planning',
      secondsOpen: 49,
      build: '8.2.0',
    }).boot();
    visit.request(570, { url: '/api/planning?week=23', size: 9_411 });
    for (let attempt = 0; attempt < 4; attempt++) {
      const ms = 12_000 + attempt * 7_400;
      visit.log(ms, 'debug', '[drag] touchstart', { card: 'wk23-14', touches: 1 });
      visit.log(ms + 540, 'debug', '[drag] selectionchange', { text: 'Shop relaunch' });
      visit.log(ms + 545, 'debug', '[drag] touchcancel', { reason: 'browser took over', dragstart: false });
    }
    return visit.devtools();
  },
};
