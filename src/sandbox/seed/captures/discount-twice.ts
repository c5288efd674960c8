import type { SeedCapture } from '../world/world.ts';
import { Visit } from './capture-kit.ts';
import { chromeLinux, shop } from './sites.ts';

const code = { code: 'SPRING10', percent: 10 };
const cart = (discounts: number, cents: number) => ({
  cart_id: 'cart_01K9VB20',
  discounts: Array(discounts).fill(code),
  total_cents: cents,
});

export const discountTwice: SeedCapture = {
  url: `${shop.origin}/cart`,
  pageTitle: 'Your cart · Fjord & Fern',
  browser: chromeLinux.browser,
  viewport: { width: 1366, height: 768 },
  pageLoadState: 'complete',
  extensionVersion: '2.6.4',
  health: [
    {
      section: 'screenshot',
      state: 'empty',
      reason: 'The picture could not be stored (upload timed out after 30 s).',
    },
  ],
  annotations: [],
  devtools: (capturedAt) => {
    const visit = new Visit({
      seed: 'discount-twice',
      capturedAt,
      site: shop,
      agent: chromeLinux,
      path: '/cart',
      secondsOpen: 64,
      build: '2ab90c1',
    }).boot();
    visit.request(560, { url: '/api/cart', answer: cart(0, 20_000) });
    const answers = [cart(1, 18_000), cart(2, 16_200)];
    answers.forEach((answer, index) => {
      const at = 41_200 + index * 38;
      visit.log(at - 2, 'debug', '[cart] apply', { trigger: index ? 'click' : 'enter', code: code.code });
      visit.request(at, {
        method: 'POST',
        url: '/api/cart/discounts',
        status: 201,
        took: 212,
        sent: { code: code.code },
        answer,
      });
    });
    visit.log(41_470, 'log', '[store] cart/discounted', { total_cents: 18_000 });
    visit.log(41_508, 'log', '[store] cart/discounted', { total_cents: 16_200 });
    visit.longTask(41_260, 57, 'script: /assets/app');
    return visit.devtools({ lcp: 890, cls: 0.01, fid: 6 });
  },
};
