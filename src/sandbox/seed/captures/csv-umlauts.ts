import type { SeedCapture } from '../world/world.ts';
import { Visit } from './capture-kit.ts';
import { chromeWindows, consoleApp } from './sites.ts';

export const clients = [
  { name: 'Müller & Söhne', city: 'Köln', cents: 1_420_000 },
  { name: 'Nordwind GmbH', city: 'Kiel', cents: 0 },
  { name: 'Straßen- und Tiefbau', city: 'Düsseldorf', cents: 88_000 },
  { name: 'Café Amélie', city: 'Bremen', cents: 31_250 },
  { name: 'Atelier Grün', city: 'Göttingen', cents: 204_000 },
  { name: 'Bäckerei Öztürk', city: 'Nürnberg', cents: 9_600 },
  { name: 'Ostsee Reederei', city: 'Rostock', cents: 731_000 },
  { name: 'Praxis Dr. Böhm', city: 'Lübeck', cents: 0 },
];

/** The bug: a field ends at its first letter beyond ASCII. */
export function cutOff(word: string): string {
  const at = word.search(/[^\x20-\x7e]/);
  return at < 0 ? word : `${word.slice(0, at)}\uFFFD`;
}

const csv = (spell: (word: string) => string): string =>
  [
    'client;city;open_cents',
    ...clients.map(({ name, city, cents }) => [spell(name), spell(city), cents].join(';')),
  ].join('\r\n');

const file = csv(cutOff);
export const fileBytes = Buffer.byteLength(file);
const declared = Buffer.byteLength(csv((word) => word));

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
    { type: 'circle', color: '#e5322d', x: 1010, y: 490, rx: 196, ry: 168 },
    { type: 'arrow', color: '#e5322d', from: [640, 800], to: [840, 632] },
    { type: 'text', color: '#e5322d', x: 360, y: 826, text: 'ä ö ü ß end the field' },
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
      answer: { total: clients.length, items: clients.map(({ name, city }) => ({ name, city })) },
    });
    visit.log(760, 'info', `[clients] ${clients.length} rows`);
    visit.request(60_310, {
      url: '/api/clients/export.csv?columns=client,city,open_cents',
      took: 412,
      answer: file,
      headers: {
        'content-type': 'text/csv; charset=iso-8859-1',
        'content-disposition': 'attachment; filename="clients.csv"',
        'x-declared-length': String(declared),
      },
    });
    visit.log(60_730, 'info', '[export] clients.csv', { bytes: fileBytes, declared });
    visit.log(60_731, 'warn', '[export] body is shorter than x-declared-length, kept anyway');
    return visit.devtools({ lcp: 1020, cls: 0, fid: 7 });
  },
};
