import type { SeedCapture } from '../world/world.ts';
import { Visit } from './capture-kit.ts';
import { consoleApp, safariMac } from './sites.ts';

export const invoiceDates: SeedCapture = {
  url: `${consoleApp.origin}/invoices/2025-0184`,
  pageTitle: 'Invoice 2025-0184 · Studio Console',
  browser: safariMac.browser,
  viewport: { width: 1280, height: 960 },
  pageLoadState: 'complete',
  extensionVersion: '2.6.4',
  health: [
    {
      section: 'performance',
      state: 'partial',
      reason: 'Safari reports neither long tasks nor layout shifts.',
    },
  ],
  screenshot: 'invoice-dates',
  annotations: [
    { type: 'circle', color: '#e5322d', x: 1036, y: 309, rx: 102, ry: 34 },
    { type: 'text', color: '#e5322d', x: 752, y: 414, text: '1 June here in Berlin!' },
    { type: 'redaction', color: '#111827', x: 374, y: 820, width: 240, height: 24 },
  ],
  devtools: (capturedAt) => {
    const visit = new Visit({
      seed: 'invoice-dates',
      capturedAt,
      site: consoleApp,
      agent: safariMac,
      path: '/invoices/2025-0184',
      secondsOpen: 26,
      build: '8.2.4',
      language: 'en-CA,en;q=0.9',
    }).boot();
    visit.log(505, 'debug', '[app] environment', {
      timeZone: 'America/Toronto',
      offset: -240,
      locale: 'en-CA',
    });
    visit.request(560, {
      url: '/api/invoices/2025-0184',
      answer: {
        number: '2025-0184',
        client: 'Maple & Main Inc., Toronto',
        issued_on: '2025-06-01T00:00:00+02:00',
        due_on: '2025-07-01T00:00:00+02:00',
        issuer_time_zone: 'Europe/Berlin',
        total_cents: 1_184_500,
        currency: 'EUR',
      },
    });
    visit.log(710, 'debug', '[invoice] rendered', { issued: '31 May 2025', due: '30 June 2025' });
    visit.request(8_200, {
      url: '/api/invoices/2025-0184.pdf',
      took: 940,
      size: 84_551,
      headers: { 'content-type': 'application/pdf' },
    });
    return visit.devtools();
  },
};
