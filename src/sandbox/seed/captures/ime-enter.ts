import type { SeedCapture } from '../world/world.ts';
import { Visit } from './capture-kit.ts';
import { chromeWindows, fieldApp } from './sites.ts';

const typed = ['ま', 'まき', 'まきあ', 'まきあげ', 'まきあげき', '巻上機'];

export const imeEnter: SeedCapture = {
  url: `${fieldApp.origin}/parts?q=${encodeURIComponent('まきあげき')}`,
  pageTitle: '部品検索 · Globex Field',
  browser: chromeWindows.browser,
  viewport: { width: 1366, height: 768 },
  pageLoadState: 'complete',
  extensionVersion: '2.7.0',
  health: [
    {
      section: 'screenshot',
      state: 'empty',
      reason: 'The input method’s candidate window can’t be captured, so the person sent none.',
    },
  ],
  annotations: [],
  devtools: (capturedAt) => {
    const visit = new Visit({
      seed: 'ime-enter',
      capturedAt,
      site: fieldApp,
      agent: chromeWindows,
      path: '/parts',
      secondsOpen: 37,
      build: '3.9.0',
      language: 'ja,en;q=0.7',
    }).boot();
    typed.forEach((text, index) => {
      visit.log(14_000 + index * 410, 'debug', '[search] compositionupdate', { text, isComposing: true });
    });
    visit.log(16_460, 'debug', '[search] keydown', {
      key: 'Enter',
      keyCode: 229,
      isComposing: true,
      submitted: true,
    });
    visit.request(16_470, {
      url: `/api/parts?q=${encodeURIComponent('まきあげき')}`,
      answer: { query: 'まきあげき', total: 0, items: [] },
    });
    visit.log(16_590, 'debug', '[search] compositionend', { text: '巻上機' });
    visit.log(16_640, 'warn', '[search] 0 件', { query: 'まきあげき', suggestion: '巻上機 (12)' });
    return visit.devtools({ lcp: 1004, cls: 0, fid: 4 });
  },
};
