import type { SeedCapture } from '../world/world.ts';
import { Visit } from './capture-kit.ts';
import { chromeLinux, consoleApp } from './sites.ts';

const socket = 'wss://console.acme.example/live';

export const socket1006: SeedCapture = {
  url: `${consoleApp.origin}/planning`,
  pageTitle: 'Planning · Studio Console',
  browser: chromeLinux.browser,
  viewport: { width: 1600, height: 900 },
  pageLoadState: 'complete',
  extensionVersion: '2.6.4',
  health: [
    {
      section: 'screenshot',
      state: 'empty',
      reason: 'The tab was in the background; browsers take pictures of the visible tab only.',
    },
    {
      section: 'network',
      state: 'partial',
      reason: 'Frames of WebSocket connections are not recorded, only their openings.',
    },
  ],
  annotations: [],
  devtools: (capturedAt) => {
    const visit = new Visit({
      seed: 'socket-1006',
      capturedAt,
      site: consoleApp,
      agent: chromeLinux,
      path: '/planning',
      secondsOpen: 1_260,
      build: '8.2.3',
    }).boot();
    for (let turn = 0; turn < 19; turn++) {
      const opened = 1_500 + turn * 64_000;
      visit.request(opened, {
        url: socket,
        status: 101,
        took: 31,
        headers: { upgrade: 'websocket', via: '1.1 proxy.office.acme.example' },
      });
      visit.log(opened + 32, 'info', '[live] socket open', { attempt: turn + 1, ping_every_ms: 75_000 });
      visit.log(opened + 60_032, 'warn', '[live] socket closed 1006', {
        clean: false,
        open_for_ms: 60_000,
        last_ping: null,
      });
      visit.log(opened + 60_034, 'info', '[live] reconnecting in 4 s');
    }
    return visit.devtools({ lcp: 1180, cls: 0.01, fid: 8 });
  },
};
