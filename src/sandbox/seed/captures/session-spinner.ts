import type { SeedCapture } from '../world/world.ts';
import { Visit } from './capture-kit.ts';
import { chromeMac, consoleApp } from './sites.ts';

const expired = { error: { code: 'session_expired', message: 'The session has expired.' } };
const spent = { error: { code: 'refresh_expired', message: 'The refresh token has expired. Log in again.' } };

export const sessionSpinner: SeedCapture = {
  url: `${consoleApp.origin}/dashboard`,
  pageTitle: 'Loading… · Studio Console',
  browser: chromeMac.browser,
  viewport: { width: 1440, height: 900 },
  pageLoadState: 'interactive',
  extensionVersion: '2.7.0',
  health: [
    {
      section: 'performance',
      state: 'partial',
      reason: 'The page had not finished loading: no load event, no largest paint.',
    },
  ],
  screenshot: 'session-spinner',
  annotations: [
    { type: 'circle', color: '#e5322d', x: 836, y: 530, rx: 160, ry: 104 },
    { type: 'text', color: '#e5322d', x: 690, y: 690, text: '20 minutes and counting' },
  ],
  devtools: (capturedAt) => {
    const visit = new Visit({
      seed: 'session-spinner',
      capturedAt,
      site: consoleApp,
      agent: chromeMac,
      path: '/dashboard',
      secondsOpen: 31,
      build: '8.2.6',
    }).load();
    visit.request(610, { url: '/api/me', status: 401, took: 44, answer: expired });
    visit.log(660, 'info', '[auth] 401 from /api/me, refreshing');
    for (let turn = 0; turn < 41; turn++) {
      const ms = 670 + turn * 730;
      visit.request(ms, {
        method: 'POST',
        url: '/api/session/refresh',
        status: 401,
        took: 52,
        sent: {},
        answer: spent,
      });
      visit.log(ms + 55, 'info', '[auth] 401 from /api/session/refresh, refreshing');
      if (turn % 10 === 9) visit.log(ms + 56, 'warn', `[auth] ${turn + 1} refreshes waiting for each other`);
    }
    return visit.devtools({ cls: 0 });
  },
};
