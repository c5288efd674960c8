import type { SeedCapture } from '../world/world.ts';
import { stack, Visit } from './capture-kit.ts';
import { chromeAndroid, fieldApp } from './sites.ts';

const chunk = `${fieldApp.origin}/m/3.8.6/route-jobs.js`;
const notFound = '<!doctype html><title>404</title><h1>Not found</h1><p>/m/3.8.6/route-jobs.js</p>';

export const staleWorker: SeedCapture = {
  url: `${fieldApp.origin}/jobs`,
  pageTitle: 'Globex Field',
  browser: chromeAndroid.browser,
  viewport: { width: 412, height: 915 },
  pageLoadState: 'complete',
  extensionVersion: '2.6.4',
  health: [
    {
      section: 'performance',
      state: 'partial',
      reason: 'The page painted nothing, so there is no largest paint.',
    },
  ],
  screenshot: 'stale-worker',
  annotations: [
    { type: 'text', color: '#e5322d', x: 96, y: 440, text: 'this is the whole app' },
    { type: 'arrow', color: '#e5322d', from: [206, 400], to: [206, 130] },
  ],
  devtools: (capturedAt) => {
    const visit = new Visit({
      seed: 'stale-worker',
      capturedAt,
      site: fieldApp,
      agent: chromeAndroid,
      path: '/jobs',
      secondsOpen: 14,
      build: '3.8.6',
    }).load();
    visit.log(300, 'info', '[sw] answered / from cache', { build: '3.8.6', newest: '3.9.0' });
    visit.request(640, { url: '/m/version.json', answer: { build: '3.9.0' } });
    visit.request(720, {
      url: chunk,
      kind: 'script',
      status: 404,
      took: 61,
      answer: notFound,
      headers: { 'content-type': 'text/html' },
    });
    visit.log(
      783,
      'error',
      `Failed to load module script: Expected a JavaScript module script but the server responded with a MIME type of "text/html".`,
    );
    visit.threw(
      786,
      stack(
        `TypeError: Failed to fetch dynamically imported module: ${chunk}`,
        `async lazy (${fieldApp.origin}/m/3.8.6/main.js:1:7310)`,
      ),
      'unhandledrejection',
    );
    return visit.devtools({ cls: 0 });
  },
};
