import { Visit } from '../capture-kit.ts';
import { chromeWindows, consoleApp } from '../sites.ts';
import type { SeedCapture } from '../world.ts';

const cut = [
  'client;city;open_cents',
  'M\uFFFD;K\uFFFD;1420000',
  'Nordwind GmbH;Kiel;0',
  'Stra\uFFFD;D\uFFFD;88000',
  'Caf\uFFFD;Bremen;31250',
];

export const csvUmlauts: SeedCapture = {
  url: `${consoleApp.origin}/clients?export=csv`,
  pageTitle: 'Clients · Studio Console',
  browser: chromeWindows.browser,
  viewport: { width: 1440, height: 900 },
  pageLoadState: 'complete',
  extensionVersion: '2.7.1',
  health: [],
  screenshot: 'csv-umlauts',
  annotations: [
    { type: 'circle', color: '#e5322d', x: 1010, y: 430, rx: 210, ry: 90 },
    { type: 'arrow', color: '#e5322d', from: [640, 640], to: [810, 500] },
    { type: 'text', color: '#e5322d', x: 430, y: 670, text: 'ä ö ü ß end the field' },
  ],
  devtools: (capturedAt) => {
    const visit = new Visit({
      seed: 'csv-umlauts',
      capturedAt,
      site: consoleApp,
      agent: chromeWindows,
      path: '/clients',
      secondsOpen: 83,
      build: '8.3.0',
    }).boot();
    visit.request(590, {
      url: '/api/clients?sort=name&limit=50',
      answer: {
        total: 4,
        items: [
          { name: 'Müller & Söhne', city: 'Köln' },
          { name: 'Nordwind GmbH', city: 'Kiel' },
          { name: 'Straßen- und Tiefbau', city: 'Düsseldorf' },
          { name: 'Café Amélie', city: 'Bremen' },
        ],
      },
    });
    visit.log(760, 'info', '[clients] 4 rows');
    visit.request(60_310, {
      url: '/api/clients/export.csv?columns=client,city,open_cents',
      took: 412,
      answer: cut.join('\r\n'),
      headers: {
        'content-type': 'text/csv; charset=iso-8859-1',
        'content-disposition': 'attachment; filename="clients.csv"',
        'x-declared-length': '171',
      },
    });
    visit.log(60_730, 'info', '[export] clients.csv', { bytes: 108, declared: 171 });
    visit.log(60_731, 'warn', '[export] body is shorter than x-declared-length, kept anyway');
    return visit.devtools({ lcp: 1020, cls: 0, fid: 7 });
  },
};
