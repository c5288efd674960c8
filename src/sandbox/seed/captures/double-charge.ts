import type { SeedCapture } from '../world/world.ts';
import { Visit } from './capture-kit.ts';
import { firefoxLinux, shop } from './sites.ts';

const payments = [
  {
    id: 'pay_7H31',
    cents: 6480,
    status: 'succeeded',
    event: 'evt_9Fq2',
    received_at: '10:41:07.118',
    booked_in_ms: 5212,
  },
  {
    id: 'pay_7H32',
    cents: 6480,
    status: 'succeeded',
    event: 'evt_9Fq2',
    received_at: '10:41:12.204',
    booked_in_ms: 71,
  },
];

export const doubleCharge: SeedCapture = {
  url: `${shop.origin}/admin/orders/FF-20481`,
  pageTitle: 'Order FF-20481 · Fjord & Fern back office',
  browser: firefoxLinux.browser,
  viewport: { width: 1440, height: 900 },
  pageLoadState: 'complete',
  extensionVersion: '2.7.0',
  health: [
    {
      section: 'performance',
      state: 'partial',
      reason: 'Firefox reports neither long tasks nor layout shifts.',
    },
  ],
  screenshot: 'double-charge',
  annotations: [
    { type: 'circle', color: '#e5322d', x: 630, y: 510, rx: 394, ry: 78 },
    { type: 'text', color: '#e5322d', x: 290, y: 612, text: 'same event twice, 5 s apart' },
    { type: 'redaction', color: '#111827', x: 1062, y: 205, width: 240, height: 24 },
    { type: 'redaction', color: '#111827', x: 1062, y: 266, width: 160, height: 24 },
  ],
  devtools: (capturedAt) => {
    const visit = new Visit({
      seed: 'double-charge',
      capturedAt,
      site: shop,
      agent: firefoxLinux,
      path: '/admin/orders/FF-20481',
      secondsOpen: 73,
      build: 'c27be90',
    }).boot();
    visit.request(620, {
      url: '/api/admin/orders/FF-20481',
      answer: {
        order: 'FF-20481',
        state: 'paid',
        total_cents: 6480,
        paid_cents: 12_960,
        balance_cents: 6480,
      },
    });
    visit.request(640, { url: '/api/admin/orders/FF-20481/payments', answer: { payments } });
    visit.request(655, {
      url: '/api/admin/orders/FF-20481/events?source=paylane',
      answer: payments.map(({ event, received_at }, delivery) => ({
        event,
        type: 'payment.succeeded',
        delivery: delivery + 1,
        received_at,
        retried_because: delivery ? 'first delivery timed out after 5000 ms' : null,
      })),
    });
    visit.log(880, 'warn', '[orders] paid_cents exceeds total_cents', {
      order: 'FF-20481',
      total: 6480,
      paid: 12_960,
    });
    visit.log(884, 'info', '[orders] balance shown as credit', { cents: 6480 });
    return visit.devtools();
  },
};
