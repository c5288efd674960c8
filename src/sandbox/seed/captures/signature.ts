import type { SeedCapture } from '../world/world.ts';
import { Visit } from './capture-kit.ts';
import { chromeAndroid, fieldApp } from './sites.ts';

export const signature: SeedCapture = {
  url: `${fieldApp.origin}/jobs/48190/sign`,
  pageTitle: 'Signature · Job 48190 · Globex Field',
  browser: chromeAndroid.browser,
  viewport: { width: 412, height: 915 },
  pageLoadState: 'complete',
  extensionVersion: '2.7.0',
  health: [],
  screenshot: 'signature',
  annotations: [
    { type: 'circle', color: '#e5322d', x: 206, y: 488, rx: 182, ry: 104 },
    { type: 'text', color: '#e5322d', x: 60, y: 730, text: 'was signed a second ago' },
  ],
  devtools: (capturedAt) => {
    const visit = new Visit({
      seed: 'signature',
      capturedAt,
      site: fieldApp,
      agent: chromeAndroid,
      path: '/jobs/48190/sign',
      secondsOpen: 33,
      build: '3.9.1',
    }).boot();
    visit.request(640, {
      url: '/api/jobs/48190',
      answer: { id: 48_190, state: 'to_sign', customer: 'Quay 7 Offices' },
    });
    visit.log(9_100, 'debug', '[pad] resize', { width: 915, height: 280, orientation: 'landscape-primary' });
    visit.log(18_400, 'debug', '[pad] stroke end', { points: 214, strokes: 3 });
    visit.log(23_050, 'debug', '[pad] resize', {
      width: 380,
      height: 240,
      orientation: 'portrait-primary',
      cleared: true,
    });
    visit.log(23_052, 'info', '[pad] empty', { strokes: 0 });
    visit.longTask(23_051, 74, 'pad.resize');
    return visit.devtools({ lcp: 1210, cls: 0.19, fid: 12 });
  },
};
