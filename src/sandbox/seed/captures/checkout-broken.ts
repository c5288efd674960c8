import type { Devtools } from '../../model/devtools.ts';
import type { SeedCapture } from '../world/world.ts';
import { stack, Visit } from './capture-kit.ts';
import { filledInAddress, keptAlive, sentBeacon, strolled } from './checkout-noise.ts';
import { chromeMac, shop } from './sites.ts';

const build = '4f9c21e';
const app = `${shop.origin}/assets/app-${build}.js`;

/** What the page sends once "Pay now" is pressed: amounts as they are written for people, not as cents. */
const order = {
  cart_id: 'cart_01K9V6T3',
  locale: 'en-DE',
  currency: 'EUR',
  line_items: [
    { sku: 'FF-1049', name: 'Tarn oak table', quantity: 1, unit_amount: '1.249,00' },
    { sku: 'FF-1203', name: 'Heather throw', quantity: 2, unit_amount: '59,90' },
  ],
  shipping: { method: 'dhl_standard', amount: '6,90' },
  return_url: `${shop.origin}/checkout/done`,
};

const refusal = {
  error: {
    code: 'invalid_amount',
    message: 'Amounts must be integers in minor units (cents).',
    fields: [
      { path: 'line_items[0].unit_amount', expected: 'integer', received: '"1.249,00" (string)' },
      { path: 'line_items[1].unit_amount', expected: 'integer', received: '"59,90" (string)' },
      { path: 'shipping.amount', expected: 'integer', received: '"6,90" (string)' },
    ],
    hint: 'These look like amounts formatted for display in locale en-DE. Send 124900, not "1.249,00".',
    request_id: 'req_5d0a7be1c94f2c38',
  },
};

function devtools(capturedAt: Date): Devtools {
  const visit = new Visit({
    seed: 'checkout-broken',
    capturedAt,
    site: shop,
    agent: chromeMac,
    path: '/',
    secondsOpen: 412,
    build,
    language: 'en-DE,en;q=0.9,de;q=0.8',
  }).boot();
  visit.log(
    410,
    'info',
    `%c Fjord & Fern %c storefront 4.18.0 (${build})`,
    'background:#23443b;color:#fff',
    '',
  );
  visit.log(422, 'info', '[money] formatting for en-DE, EUR');
  visit.request(430, {
    url: '/api/flags?app=storefront',
    answer: { express_pay: true, new_money_component: true, free_shipping_from_cents: 150_000 },
  });
  visit.log(596, 'warn', '[i18n] missing key checkout.trust.badge in en-DE, falling back to en');
  visit.threw(1_904, 'ResizeObserver loop completed with undelivered notifications.');
  strolled(visit, 2_000, 318_000);
  filledCart(visit, 320_000);
  filledInAddress(visit, 340_000);
  visit.request(371_000, {
    url: '/api/shipping/quotes?country=DE&postcode=20253',
    answer: { quotes: [{ method: 'dhl_standard', cents: 690, days: '2-3' }] },
  });
  keptAlive(visit);
  pressedPay(visit, 404_200);
  return visit.devtools({ lcp: 1480, cls: 0.04, fid: 11 });
}

function filledCart(visit: Visit, ms: number): void {
  order.line_items.forEach((item, index) => {
    visit.request(ms + index * 5_000, {
      method: 'POST',
      url: '/api/cart/items',
      status: 201,
      sent: { sku: item.sku, quantity: item.quantity },
      answer: { cart_id: order.cart_id, items: index + 1, total_cents: [124_900, 136_880][index] },
    });
    visit.log(ms + index * 5_000 + 200, 'log', '[store] cart/added', {
      sku: item.sku,
      quantity: item.quantity,
    });
  });
  visit.log(ms + 14_000, 'info', '[router] navigated to /checkout');
  visit.request(ms + 14_100, {
    url: 'https://js.paylane.example/v3/paylane.js',
    kind: 'script',
    size: 88_201,
  });
  visit.log(
    ms + 14_600,
    'error',
    '[Paylane.js] Apple Pay is not available: this page is not in a supported browser.',
  );
}

function pressedPay(visit: Visit, ms: number): void {
  visit.log(ms, 'info', '[checkout] pay pressed', { cart_id: order.cart_id, method: 'card' });
  visit.log(ms + 2, 'debug', '[checkout] totals', {
    items: '1.368,80 €',
    shipping: '6,90 €',
    total: '1.375,70 €',
  });
  sentBeacon(visit, ms + 4, 'checkout', 56);
  visit.request(ms + 6, {
    method: 'POST',
    url: '/api/checkout/session',
    status: 422,
    took: 318,
    sent: order,
    answer: refusal,
    headers: { 'x-request-id': refusal.error.request_id },
  });
  const trace = stack(
    "TypeError: Cannot read properties of undefined (reading 'client_secret')",
    `mountPayment (${app}:1:148211)`,
    `async startPayment (${app}:1:147655)`,
    `async onPayPressed (${app}:1:151902)`,
  );
  visit.threw(ms + 331, trace, 'unhandledrejection');
  visit.logError(ms + 333, trace, '[checkout] payment did not start', {
    state: 'processing',
    cart_id: order.cart_id,
  });
  visit.log(ms + 5_000, 'warn', '[checkout] still processing after 5 s');
}

export const checkoutBroken: SeedCapture = {
  url: `${shop.origin}/checkout`,
  pageTitle: 'Checkout · Fjord & Fern',
  browser: chromeMac.browser,
  viewport: { width: 1440, height: 900 },
  pageLoadState: 'complete',
  extensionVersion: '2.7.1',
  health: [],
  screenshot: 'checkout',
  annotations: [
    { type: 'circle', color: '#e5322d', x: 1090, y: 620, rx: 206, ry: 50 },
    { type: 'arrow', color: '#e5322d', from: [760, 780], to: [892, 664] },
    { type: 'text', color: '#e5322d', x: 470, y: 822, text: 'spins forever, no payment form' },
    { type: 'redaction', color: '#111827', x: 164, y: 244, width: 200, height: 24 },
  ],
  devtools,
};
