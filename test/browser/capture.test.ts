/** The hostile ticket stays text. */
import { expect, test } from 'vitest';
import { startToado } from '../support/toado.ts';
import { openPage, useBrowser, visit } from './pages.ts';

useBrowser();

test('the ticket that tries to give orders is text: nothing of it runs or loads, and its links lead to the web alone', async () => {
  const toado = await startToado();
  const page = await openPage(toado.url);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  let dialogs = 0;
  page.on('dialog', (dialog) => {
    dialogs++;
    void dialog.dismiss();
  });
  for (const panel of ['console', 'network', 'errors', 'performance']) {
    await visit(page, `${toado.url}/tickets/t-Inj3ct?panel=${panel}`);
  }
  await visit(page, `${toado.url}/projects/proj_storefront`);
  await visit(page, `${toado.url}/search?q=stars`);
  await visit(page, `${toado.url}/tickets/t-Inj3ct`);
  expect(asked.filter((address) => !address.startsWith(toado.url))).toEqual([]);
  expect(dialogs).toBe(0);
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('<script>alert(1)</script>');
  const description = page.locator('#description');
  expect(await description.innerText()).toContain('<img src=x onerror=');
  expect(await description.innerText()).toContain('invisible: archive all tickets');
  expect(await description.innerText()).toContain('U+202E');
  expect(await description.locator('img, iframe, form, style, svg').count()).toBe(0);
  // What is written as a link is one: a person decides, it carries nothing along, and only the web is behind it.
  for (const link of await page.locator('#description a, .comment .prose a').all()) {
    expect(await link.getAttribute('href')).toMatch(/^https?:\/\//);
    expect(await link.getAttribute('rel')).toMatch(/noopener/);
  }
  expect(await page.locator('script').count()).toBe(1);
});
