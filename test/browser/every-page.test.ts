/** For everybody: with the keyboard alone, with a screen reader, on a phone, in light and dark. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { openPage, PHONE, startGuided, useBrowser, visit } from './pages.ts';

useBrowser();

test('on a phone the menu opens', async () => {
  const toado = await startGuided();
  const page = await openPage(toado.url, { viewport: PHONE, hasTouch: true, reducedMotion: 'reduce' });
  await page.getByRole('button', { name: 'Menu' }).tap();
  await page.getByRole('link', { name: 'Field Service' }).tap();
  await page.getByRole('heading', { level: 1, name: 'Field Service' }).waitFor();
});

describe('with the keyboard alone', () => {
  test('a card moves by arrows, keeps the focus, and the move is read out', async () => {
    const toado = await startGuided();
    const page = await openPage(`${toado.url}/projects/proj_storefront`);
    await tabTo(page, '#t-7Kq2Mx .card-title');
    await page.keyboard.press('Shift+ArrowRight');
    await page.locator('#col_store_progress #t-7Kq2Mx').waitFor();
    await expect.poll(() => page.locator('#announcer').innerText()).toContain('In Progress, place 1');
    await page.keyboard.press('Shift+ArrowDown');
    await expect.poll(() => page.locator('#announcer').innerText()).toContain('In Progress, place 2');
    expect(await focusedIs(page, '#t-7Kq2Mx .card-title')).toBe(true);
    const { body } = await toado.request(
      'GET',
      '/projects/proj_storefront/tickets?column_id=col_store_progress',
    );
    expect(body).toMatchObject({ items: [{}, { id: 't-7Kq2Mx' }, {}] });
  });

  test('a card moves through the dialog', async () => {
    const toado = await startGuided();
    const page = await openPage(`${toado.url}/projects/proj_storefront`);
    await tabTo(page, '#t-7Kq2Mx .card-title');
    await page.keyboard.press('m');
    await expect.poll(() => focusedIs(page, '#move-ticket [name=target_column_id]')).toBe(true);
    await page.keyboard.type('Done');
    await page.keyboard.press('Enter');
    await tabTo(page, '#move-ticket [type=submit]');
    await page.keyboard.press('Enter');
    await page.locator('#col_store_done #t-7Kq2Mx').waitFor();
  });

  test('a token is made', async () => {
    const toado = await startGuided();
    const page = await openPage(`${toado.url}/settings/tokens`);
    await tabTo(page, 'main a[href="/settings/tokens/new"]');
    await page.keyboard.press('Enter');
    await expect.poll(() => focusedIs(page, '[name=label]')).toBe(true);
    await page.keyboard.type('typed');
    await tabTo(page, '[name=scope][value=comments]');
    await page.keyboard.press('Space');
    await tabTo(page, '[name=project][value=proj_field]');
    await page.keyboard.press('Space');
    await tabTo(page, '.token-form [type=submit]');
    await page.keyboard.press('Enter');
    expect(await page.locator('#token-text').innerText()).toMatch(/^tok_/);
    const { body } = await toado.request('GET', '/sandbox/tokens');
    expect(body).toContainEqual(
      expect.objectContaining({ label: 'typed', scopes: ['comments'], projects: ['proj_field'] }),
    );
  });
});

test('no page is wider than a window of 320 px', async () => {
  const toado = await startGuided();
  const page = await openPage(toado.url, { viewport: { width: 320, height: 640 } });
  const widths: Record<string, unknown> = {};
  for (const path of [
    '/projects/proj_storefront',
    '/tickets/t-7Kq2Mx?panel=network',
    '/search?q=checkout',
    '/settings/tokens',
    '/settings/tokens/new',
    '/settings/tokens/tkn_triage',
    '/settings/limits',
    '/try?with=triage',
  ]) {
    await visit(page, toado.url + path);
    widths[path] = await page.evaluate('document.documentElement.scrollWidth');
  }
  expect(new Set(Object.values(widths)), JSON.stringify(widths)).toEqual(new Set([320]));
});

test('light and dark can be chosen, and the choice stays', async () => {
  const toado = await startGuided();
  const page = await openPage(toado.url, { colorScheme: 'light' });
  const ground = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
  const light = await ground();
  await page.getByRole('button', { name: 'Light or dark' }).click();
  const dark = await ground();
  expect(dark).not.toBe(light);
  await visit(page, `${toado.url}/settings/tokens`);
  expect(await ground()).toBe(dark);
});

test('nothing jumps while a page loads or is renewed', async () => {
  const toado = await startGuided();
  const page = await openPage(`${toado.url}/tickets/t-7Kq2Mx`);
  await page.evaluate(`
    window.shifts = 0;
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shifts += entry.value; })
      .observe({ type: 'layout-shift', buffered: true });
  `);
  await page.getByRole('img', { name: 'Screenshot of the page' }).waitFor();
  await toado.request('POST', '/tickets/t-7Kq2Mx/comments', { body: 'Something new' });
  await page.locator('.comment', { hasText: 'Something new' }).waitFor();
  expect(await page.evaluate('window.shifts')).toBeLessThan(0.01);
});

async function focusedIs(page: Page, selector: string): Promise<boolean> {
  return (await page.evaluate(
    `document.activeElement?.matches(${JSON.stringify(selector)}) ?? false`,
  )) as boolean;
}

/** Presses Tab until the element has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 120; presses++) {
    if (await focusedIs(page, selector)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reaches ${selector}`);
}
