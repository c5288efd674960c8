import type { SeedCapture } from '../world/world.ts';
import { Visit } from './capture-kit.ts';
import { dispatch, edgeWindows } from './sites.ts';

const tiles = 'https://tiles.cartopress.example/v2/streets';
const limited = {
  error: 'rate_limited',
  plan: 'free',
  limit: '100 tiles a minute',
  message: 'Your trial has ended. Upgrade to continue.',
};

export const mapTiles: SeedCapture = {
  url: `${dispatch.origin}/map#14/53.571/9.978`,
  pageTitle: 'Map · Globex Dispatch',
  browser: edgeWindows.browser,
  viewport: { width: 1440, height: 900 },
  pageLoadState: 'complete',
  extensionVersion: '2.6.4',
  health: [],
  screenshot: 'map-tiles',
  annotations: [
    {
      type: 'stroke',
      color: '#e5322d',
      points: [
        [372, 296],
        [380, 112],
        [860, 88],
        [1380, 106],
        [1394, 296],
        [900, 318],
        [372, 296],
      ],
      width: 6,
    },
    { type: 'text', color: '#e5322d', x: 720, y: 392, text: 'nothing north of the river' },
  ],
  devtools: (capturedAt) => {
    const visit = new Visit({
      seed: 'map-tiles',
      capturedAt,
      site: dispatch,
      agent: edgeWindows,
      path: '/map',
      secondsOpen: 55,
      build: '2.14.0',
    }).boot();
    visit.request(800, { url: '/api/jobs?bounds=53.54,9.90,53.60,10.05&open=1', size: 18_204 });
    for (let n = 0; n < 140; n++) {
      const refused = n >= 100;
      visit.request(1_200 + n * 90, {
        url: `${tiles}/14/${8646 + (n % 14)}/${5294 + Math.floor(n / 14)}.png?key=glbx_pk_…`,
        kind: refused ? 'fetch' : 'image',
        status: refused ? 429 : 200,
        took: visit.chance.between(20, 90),
        ...(refused
          ? { answer: limited, headers: { 'retry-after': '38' } }
          : { size: visit.chance.between(6_000, 24_000) }),
      });
      if (n === 100) visit.log(1_300 + n * 90, 'error', '[map] tile failed 429', { z: 14, x: 8648, y: 5301 });
    }
    visit.log(14_200, 'warn', '[map] 40 tiles missing, not asked for again');
    return visit.devtools({ lcp: 2620, cls: 0.01, fid: 14 });
  },
};
