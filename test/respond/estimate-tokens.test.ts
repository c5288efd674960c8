import { expect, test } from 'vitest';
import { estimateTokens } from '../../src/respond/estimate-tokens.ts';

/** Counted with the o200k and the cl100k vocabulary; the larger number. */
const COUNTED: [string, number][] = [
  ['The button shows its spinner and that is it. No card form, no error message.', 18],
  ['{"ticket_id":"t-7Kq2Mx","column_id":"col_store_new","created_at":"2026-11-23T19:45:16.918Z"}', 39],
  ['t-7Kq2Mx | col_store_new | 2026-11-23T19:45:16.918Z | usr_lena | 0x1F9A3b', 43],
  ['    at mountPayment (https://shop.fjordandfern.example/assets/app-4f9c21e.js:1:148211)', 30],
  ['req_5d0a7be1c94f2c38 e5322d 4f9c21e 9007199254740993', 33],
  ['unhandledrejection ResizeObserver loop completed with undelivered notifications.', 14],
  ['Straße: Größenänderung rückgängig', 13],
  ['结账按钮没有反应，页面一直在加载。', 13],
  ['支払いボタンを押しても何も起こりません。', 22],
  ['صفحة الدفع بالعربية: ترتيب الخطوات معكوس', 30],
  ['אין אפשרות לשלם', 15],
  ['ปุ่มชำระเงินไม่ทำงานบนหน้าเว็บ', 27],
  ['बटन काम नहीं करता और पृष्ठ लोड होता रहता है', 44],
  ['დიახ, გადახდა არ მუშაობს', 44],
  ['ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ', 34],
  ['👩‍👩‍👧‍👦 becomes 👩 👩 👧 👦 🧨', 30],
];

test('the estimate is never below what a tokenizer counts, and never twice as high', () => {
  for (const [text, counted] of COUNTED) {
    expect(estimateTokens(text), text).toBeGreaterThanOrEqual(counted);
    expect(estimateTokens(text), text).toBeLessThan(counted * 2);
  }
});

test('nothing costs nothing', () => {
  expect(estimateTokens('')).toBe(0);
  expect(estimateTokens(' ')).toBeLessThanOrEqual(1);
});
