import type { SeedCapture } from '../world/world.ts';
import { Visit } from './capture-kit.ts';
import { chromeAndroid, fieldApp } from './sites.ts';

export const hebrewCard: SeedCapture = {
  url: `${fieldApp.origin}/he/jobs/48301`,
  pageTitle: 'עבודה 48301 · Globex Field',
  browser: chromeAndroid.browser,
  viewport: { width: 412, height: 915 },
  pageLoadState: 'complete',
  extensionVersion: '2.6.4',
  health: [],
  screenshot: 'hebrew-card',
  annotations: [
    { type: 'circle', color: '#e5322d', x: 270, y: 426, rx: 122, ry: 32 },
    { type: 'text', color: '#e5322d', x: 40, y: 482, text: 'backwards: +972-3-555-0148' },
  ],
  devtools: (capturedAt) => {
    const visit = new Visit({
      seed: 'hebrew-card',
      capturedAt,
      site: fieldApp,
      agent: chromeAndroid,
      path: '/he/jobs/48301',
      secondsOpen: 22,
      build: '3.8.6',
      language: 'he-IL,he;q=0.9,en;q=0.6',
    }).boot();
    visit.request(560, {
      url: '/api/jobs/48301',
      answer: {
        id: 48_301,
        contact: { name: 'נועה לוי', phone: '+972-3-555-0148' },
        address: 'רחוב הרצל 12/4, תל אביב',
      },
    });
    visit.log(790, 'debug', '[card] contact', { shown: '0148-555-3-972+', href: 'tel:0148-555-3-972+' });
    visit.log(15_300, 'warn', '[dial] number has an unusual shape', 'tel:0148-555-3-972+');
    return visit.devtools({ lcp: 1330, cls: 0, fid: 9 });
  },
};
