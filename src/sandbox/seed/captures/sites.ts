import type { Agent, Site } from './capture-kit.ts';

/** The shop that Acme Studio builds for Fjord & Fern. */
export const shop: Site = {
  origin: 'https://shop.fjordandfern.example',
  server: 'caddy',
  chatter: {
    asks: [
      {
        url: '/api/session',
        answer: { signed_in: false, currency: 'EUR', consent: { statistics: true, marketing: false } },
      },
      { url: '/api/cart/summary', answer: { items: 0, total_cents: 0 } },
      { url: '/api/navigation', answer: { rooms: 6, sale: true, banner: null } },
    ],
    heartbeat: { url: '/api/rum', everySeconds: 10 },
  },
  assets: [
    { path: '/assets/app-{build}.css', kind: 'style', size: 38_412 },
    { path: '/assets/vendor-{build}.js', kind: 'script', size: 171_904 },
    { path: '/assets/app-{build}.js', kind: 'script', size: 244_310 },
    { path: '/assets/fonts/figtree-var.woff2', kind: 'font', size: 31_280 },
  ],
};

/** Acme Studio's own back office: clients, time, invoices. */
export const consoleApp: Site = {
  origin: 'https://console.acme.example',
  server: 'nginx',
  chatter: {
    asks: [
      { url: '/api/workspace', answer: { id: 'w_1', name: 'Acme Studio', plan: 'team', seats: 12 } },
      { url: '/api/notifications?unread=1', answer: { unread: 3 } },
      { url: '/api/timers/running', answer: { running: null } },
    ],
    heartbeat: { url: '/api/telemetry', everySeconds: 15 },
  },
  assets: [
    { path: '/static/console.{build}.css', kind: 'style', size: 52_771 },
    { path: '/static/console.{build}.js', kind: 'script', size: 418_220 },
    { path: '/static/inter-latin.woff2', kind: 'font', size: 48_256 },
  ],
};

/** What Globex's lift technicians carry on their phones. */
export const fieldApp: Site = {
  origin: 'https://field.globex.example',
  server: 'envoy',
  chatter: {
    asks: [
      { url: '/api/whoami', answer: { technician: 'T-117', crew: 'north', shift: 'day' } },
      { url: '/api/sync/state', answer: { waiting: 0, last: 'ok' } },
    ],
    heartbeat: { url: '/api/beat', everySeconds: 20 },
  },
  assets: [
    { path: '/m/{build}/main.css', kind: 'style', size: 21_040 },
    { path: '/m/{build}/main.js', kind: 'script', size: 198_733 },
    { path: '/m/{build}/i18n.js', kind: 'script', size: 12_118 },
  ],
};

/** And what their dispatchers see at the desk. */
export const dispatch: Site = {
  origin: 'https://dispatch.globex.example',
  server: 'envoy',
  chatter: {
    asks: [
      { url: '/api/whoami', answer: { dispatcher: 'D-04', region: 'north' } },
      { url: '/api/technicians?on_shift=1', answer: { total: 64, on_shift: 41 } },
    ],
    heartbeat: { url: '/api/beat', everySeconds: 20 },
  },
  assets: [
    { path: '/d/{build}/main.css', kind: 'style', size: 33_987 },
    { path: '/d/{build}/main.js', kind: 'script', size: 511_602 },
    { path: '/d/{build}/maps.js', kind: 'script', size: 280_144 },
  ],
};

const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)';

export const chromeMac: Agent = {
  browser: 'Chrome 141 on macOS 15.6',
  userAgent: `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${webkit} Chrome/141.0.0.0 Safari/537.36`,
  engine: 'blink',
};

export const chromeWindows: Agent = {
  browser: 'Chrome 141 on Windows 11',
  userAgent: `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/141.0.0.0 Safari/537.36`,
  engine: 'blink',
};

export const edgeWindows: Agent = {
  browser: 'Edge 141 on Windows 11',
  userAgent: `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0`,
  engine: 'blink',
};

export const chromeLinux: Agent = {
  browser: 'Chrome 140 on Ubuntu 24.04',
  userAgent: `Mozilla/5.0 (X11; Linux x86_64) ${webkit} Chrome/140.0.0.0 Safari/537.36`,
  engine: 'blink',
};

export const chromeAndroid: Agent = {
  browser: 'Chrome 141 on Android 15 (Pixel 8)',
  userAgent: `Mozilla/5.0 (Linux; Android 10; K) ${webkit} Chrome/141.0.0.0 Mobile Safari/537.36`,
  engine: 'blink',
};

export const firefoxLinux: Agent = {
  browser: 'Firefox 143 on Fedora 42',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0',
  engine: 'gecko',
};

export const firefoxWindows: Agent = {
  browser: 'Firefox 143 on Windows 11',
  userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0',
  engine: 'gecko',
};

export const safariMac: Agent = {
  browser: 'Safari 18.6 on macOS 15.6',
  userAgent:
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15',
  engine: 'webkit',
};

export const safariPhone: Agent = {
  browser: 'Safari 16.3 on iOS 16.3 (iPhone 12)',
  userAgent:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 16_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.3 Mobile/15E148 Safari/604.1',
  engine: 'webkit',
};

export const safariTablet: Agent = {
  browser: 'Safari 18.6 on iPadOS 18.6',
  userAgent:
    'Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
  engine: 'webkit',
};
