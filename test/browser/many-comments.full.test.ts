import { expect, test } from 'vitest';
import { startToado } from '../support/toado.ts';
import { openPage, useBrowser } from './pages.ts';

useBrowser();

test('a ticket with hundreds of comments shows the last ones, and the earlier page by page', async () => {
  const toado = await startToado();
  for (let at = 0; at < 120; at++) {
    // As the writes of several tokens, each within its limit.
    const token = toado.token(at % 2 === 0 ? 'triage' : 'status');
    await toado.request('POST', '/tickets/t-7Kq2Mx/comments', { body: `number ${at}.` }, token);
  }
  const page = await openPage(`${toado.url}/tickets/t-7Kq2Mx`);
  await page.locator('.comment', { hasText: 'number 119.' }).waitFor();
  expect(await page.locator('.comment').count()).toBe(100);
  await page.getByRole('link', { name: '22 earlier' }).click();
  await page.locator('.comment', { hasText: 'number 0.' }).waitFor();
  expect(await page.locator('.comment').count()).toBe(22);
});
