import type { SeedCapture } from '../world/world.ts';
import { stack, Visit } from './capture-kit.ts';
import { chromeAndroid, fieldApp } from './sites.ts';

const file = `${fieldApp.origin}/m/3.9.1/main.js`;
const fits = 14;

export const offlinePhotos: SeedCapture = {
  url: `${fieldApp.origin}/jobs/48213/photos`,
  pageTitle: 'Photos · Job 48213 · Globex Field',
  browser: chromeAndroid.browser,
  viewport: { width: 412, height: 915 },
  pageLoadState: 'complete',
  extensionVersion: '2.7.1',
  health: [
    { section: 'network', state: 'partial', reason: 'The device was offline for most of the recording.' },
  ],
  screenshot: 'offline-photos',
  annotations: [
    { type: 'circle', color: '#e5322d', x: 206, y: 132, rx: 192, ry: 36 },
    { type: 'text', color: '#e5322d', x: 60, y: 792, text: '31 taken, 14 kept' },
    { type: 'redaction', color: '#111827', x: 90, y: 227, width: 134, height: 22 },
  ],
  devtools: (capturedAt) => {
    const visit = new Visit({
      seed: 'offline-photos',
      capturedAt,
      site: fieldApp,
      agent: chromeAndroid,
      path: '/jobs/48213/photos',
      secondsOpen: 640,
      build: '3.9.1',
    }).load();
    visit.request(700, {
      url: '/api/jobs/48213',
      answer: { id: 48_213, lift: 'L2 goods', site: 'Quay 7', state: 'in_progress' },
    });
    visit.log(31_000, 'warn', '[net] offline');
    visit.request(31_400, { url: '/api/ping', status: 0, took: 5_000 });
    for (let photo = 1; photo <= 31; photo++) {
      const ms = 60_000 + photo * 17_000;
      const bytes = visit.chance.between(3_900_000, 4_600_000);
      visit.log(ms, 'debug', '[camera] taken', { photo, bytes, as: 'data:image/jpeg;base64' });
      if (photo <= fits) {
        visit.log(ms + 260, 'info', '[queue] stored', {
          photo,
          waiting: Math.min(photo, 3),
          stored_bytes: Math.round(bytes * 1.37),
        });
        continue;
      }
      const message =
        "QuotaExceededError: Failed to execute 'put' on 'IDBObjectStore': Encountered full disk while opening backing store for indexedDB.open.";
      visit.threw(
        ms + 240,
        stack(message, `put (${file}:1:20441)`, `async enqueue (${file}:1:20980)`),
        'unhandledrejection',
      );
    }
    visit.longTask(90_000, 340, 'toDataURL');
    visit.longTask(260_000, 720, 'toDataURL');
    return visit.devtools({ lcp: 1620, cls: 0.02, fid: 18 });
  },
};
