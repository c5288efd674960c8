import type { SeedCapture } from '../world/world.ts';
import { Visit } from './capture-kit.ts';
import { safariMac, shop } from './sites.ts';

export const arabicSteps: SeedCapture = {
  url: 'https://staging.fjordandfern.example/ar/checkout',
  pageTitle: 'إتمام الطلب · Fjord & Fern',
  browser: safariMac.browser,
  viewport: { width: 1280, height: 800 },
  pageLoadState: 'complete',
  extensionVersion: '2.7.0',
  health: [
    {
      section: 'performance',
      state: 'partial',
      reason: 'Safari reports neither long tasks nor layout shifts.',
    },
  ],
  screenshot: 'arabic-steps',
  annotations: [
    { type: 'arrow', color: '#e5322d', from: [420, 126], to: [862, 126] },
    { type: 'text', color: '#e5322d', x: 470, y: 112, text: 'steps run the wrong way' },
    { type: 'circle', color: '#e5322d', x: 752, y: 656, rx: 52, ry: 40 },
    { type: 'text', color: '#e5322d', x: 560, y: 756, text: 'backwards, too' },
  ],
  devtools: (capturedAt) => {
    const staging = { ...shop, origin: 'https://staging.fjordandfern.example' };
    const visit = new Visit({
      seed: 'arabic-steps',
      capturedAt,
      site: staging,
      agent: safariMac,
      path: '/ar/checkout',
      secondsOpen: 52,
      build: 'f7710ab',
      language: 'ar-AE,ar;q=0.9,en;q=0.5',
    }).boot();
    visit.request(530, { url: '/api/i18n/ar.json', size: 47_902 });
    visit.log(720, 'info', '[i18n] ar-AE loaded', {
      keys: 1184,
      missing: 12,
      direction: 'rtl',
      sample: 'متابعة إلى الدفع',
    });
    visit.log(
      726,
      'warn',
      '[i18n] missing: checkout.steps.review, checkout.steps.pay, gift.note.placeholder … (12)',
    );
    visit.request(900, {
      url: '/api/shipping/quotes?country=AE',
      answer: { quotes: [{ method: 'aramex', cents: 4900, currency: 'AED', days: '4-6' }] },
    });
    return visit.devtools();
  },
};
