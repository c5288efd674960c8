import { expect, test } from 'vitest';
import { startToado } from '../support/toado.ts';
import { openPage, useBrowser, visit } from './pages.ts';

useBrowser();

const TICKET = '/tickets/t-7Kq2Mx';

test('many tabs leave the browser connections to load pages, and all of them follow', async () => {
  const toado = await startToado();
  const pages = [await openPage(toado.url + TICKET)];
  const context = pages[0]!.context();
  // As one that is opened in the background.
  const hidden = await context.newPage();
  await hidden.addInitScript(`Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' })`);
  await hidden.goto(toado.url + TICKET);
  expect(toado.followers()).toBe(1);
  while (pages.length < 8) {
    const page = await context.newPage();
    await visit(page, toado.url + TICKET);
    pages.push(page);
  }
  expect(toado.followers()).toBeLessThan(6);
  await toado.request('POST', `${TICKET}/comments`, { body: 'Seen everywhere.' });
  for (const page of pages) await page.locator('.comment', { hasText: 'Seen everywhere.' }).waitFor();
  // Who leaves makes room for another one.
  for (const page of pages.splice(0, 6)) await page.close();
  await pages[0]!.locator('#connection-text', { hasText: 'Live' }).waitFor();
  expect(await hidden.locator('.comment', { hasText: 'Seen everywhere.' }).count()).toBe(0);
});
