import type { SeedCapture } from '../world/world.ts';
import { Visit } from './capture-kit.ts';
import { chromeWindows, dispatch } from './sites.ts';

export const dispatchFreeze: SeedCapture = {
  url: `${dispatch.origin}/board?week=23`,
  pageTitle: 'Week 23 · Globex Dispatch',
  browser: chromeWindows.browser,
  viewport: { width: 1920, height: 1080 },
  pageLoadState: 'complete',
  extensionVersion: '2.7.0',
  health: [
    {
      section: 'console',
      state: 'partial',
      reason: 'The page froze for 4.6 s; entries of that time may be missing.',
    },
  ],
  screenshot: 'dispatch-freeze',
  annotations: [
    { type: 'arrow', color: '#e5322d', from: [760, 620], to: [1208, 474] },
    { type: 'circle', color: '#e5322d', x: 655, y: 633, rx: 150, ry: 66 },
    { type: 'text', color: '#e5322d', x: 860, y: 640, text: 'mouse is up there, card is still here' },
  ],
  devtools: (capturedAt) => {
    const visit = new Visit({
      seed: 'dispatch-freeze',
      capturedAt,
      site: dispatch,
      agent: chromeWindows,
      path: '/board',
      secondsOpen: 128,
      build: '2.13.2',
    }).boot();
    visit.request(900, { url: '/api/board?week=23', took: 1_840, size: 1_204_551 });
    visit.log(3_100, 'info', '[board] jobs', { planned: 2047, technicians: 64, in_dom: 2047 });
    visit.longTask(2_760, 1_410, 'Board.render');
    for (let move = 0; move < 12; move++) {
      const ms = 60_000 + move * 5_000;
      visit.log(ms, 'debug', '[board] drag', { job: 48_213, move, measured: 2047 });
      visit.longTask(ms + 10, visit.chance.between(3_900, 4_640), 'Board.measureAll ← onPointerMove');
    }
    visit.log(121_400, 'warn', "[Violation] 'pointermove' handler took 4612ms");
    visit.log(121_401, 'warn', '[Violation] Forced reflow while executing JavaScript took 4388ms');
    return visit.devtools({ lcp: 4170, cls: 0.05, fid: 4218 });
  },
};
