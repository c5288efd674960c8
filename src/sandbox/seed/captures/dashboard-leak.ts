import type { SeedCapture } from '../world/world.ts';
import { Visit } from './capture-kit.ts';
import { chromeWindows, consoleApp } from './sites.ts';

/** Every ten seconds four more charts, and each refresh takes a little longer than the one before. */
export const dashboardLeak: SeedCapture = {
  url: `${consoleApp.origin}/dashboard?live=1`,
  pageTitle: 'Dashboard · Studio Console',
  browser: chromeWindows.browser,
  viewport: { width: 1920, height: 1080 },
  pageLoadState: 'complete',
  extensionVersion: '2.7.0',
  health: [
    {
      section: 'network',
      state: 'partial',
      reason: 'More requests than are kept: those of the first 15 minutes after loading were dropped.',
    },
  ],
  screenshot: 'dashboard-leak',
  annotations: [
    { type: 'circle', color: '#e5322d', x: 1706, y: 124, rx: 212, ry: 66 },
    { type: 'text', color: '#e5322d', x: 1060, y: 138, text: 'was 310 MB at noon' },
    {
      type: 'stroke',
      color: '#e5322d',
      points: [
        [420, 770],
        [560, 752],
        [720, 710],
        [880, 650],
        [1000, 570],
      ],
      width: 6,
    },
  ],
  devtools: (capturedAt) => {
    const visit = new Visit({
      seed: 'dashboard-leak',
      capturedAt,
      site: consoleApp,
      agent: chromeWindows,
      path: '/dashboard',
      secondsOpen: 3_905,
      build: '8.2.6',
    }).boot();
    visit.log(1_200, 'info', '[live] on, every 10 s');
    visit.log(
      131_000,
      'warn',
      'MaxListenersExceededWarning: Possible memory leak. 11 resize listeners added to [Window].',
    );
    for (let turn = 90; turn < 389; turn++) {
      const ms = turn * 10_000;
      const slow = 60 + Math.round((turn / 389) * 840);
      visit.request(ms, {
        url: `/api/dashboard/live?since=${turn - 1}`,
        took: 80,
        answer: { tick: turn, hours_today: 41.5, running: 6, open_invoices: 23 },
      });
      visit.longTask(ms + 90, slow, 'LiveChart.update');
      if (turn % 6 === 0)
        visit.log(ms + 95, 'debug', '[live] frame', {
          tick: turn,
          canvases: 4 * turn,
          heap_mb: 300 + Math.round(turn * 4.7),
          took_ms: slow,
        });
    }
    visit.log(3_890_400, 'warn', '[live] refresh took longer than 800 ms three times in a row');
    return visit.devtools({ lcp: 1390, cls: 0.31, fid: 212 });
  },
};
