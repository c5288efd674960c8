/** The capture of a ticket: the 2 MB one stays usable, and no markup in it could run. */
import { expect, test } from 'vitest';
import { startToado } from '../support/toado.ts';
import { openPage, useBrowser } from './pages.ts';

useBrowser();

test('the busy capture is shown a page at a time, filtered as one types, down to a body', async () => {
  const toado = await startToado();
  const page = await openPage(`${toado.url}/tickets/t-7Kq2Mx`);
  const tools = page.locator('#devtools');
  await tools.getByRole('link', { name: /^Console/ }).click();
  await tools.getByText('1 to 100 of 5080').waitFor();
  expect(await tools.locator('.entry').count()).toBe(100);
  await tools.getByRole('link', { name: 'Next 100' }).click();
  await tools.getByText('101 to 200 of 5080').waitFor();
  await tools.getByLabel('Level').selectOption('error');
  await tools.locator('.level-error').first().waitFor();
  await expect.poll(() => tools.locator('.entry:not(.level-error)').count()).toBe(0);

  await tools.getByRole('link', { name: /^Network/ }).click();
  await tools.getByLabel('Status').selectOption('400');
  await tools.getByText(/^1 to \d+ of \d+$/).waitFor();
  await expect.poll(() => tools.locator('.entry:not(.failed)').count()).toBe(0);
  await tools.getByLabel('Text to look for').pressSequentially('checkout');
  await expect
    .poll(async () => (await tools.locator('.url').allInnerTexts()).every((url) => /checkout/i.test(url)))
    .toBe(true);
  expect(await page.evaluate('document.activeElement.id')).toBe('devtools-q');
  await tools.locator('.entry summary').first().click();
  await tools.getByRole('heading', { name: 'Response body' }).waitFor();
  expect(await tools.locator('.entry-details pre').last().innerText()).not.toBe('');

  await tools.getByLabel('Text to look for').fill('nothing has this in it');
  await tools.getByText('Nothing fits.').waitFor();
  await tools.getByRole('link', { name: /^Errors/ }).click();
  await tools.locator('.entries-errors').waitFor({ state: 'attached' });
  await tools.getByText('Nothing fits.').waitFor();
  expect(await tools.getByLabel('Text to look for').inputValue()).toBe('nothing has this in it');
  await tools.getByRole('link', { name: /^Performance/ }).click();
  await tools.getByText('Largest contentful paint').waitFor();
  expect(new URL(page.url()).searchParams.get('panel')).toBe('performance');
});

test('the screenshot is shown with and without what was drawn on it', async () => {
  const toado = await startToado();
  const page = await openPage(`${toado.url}/tickets/t-7Kq2Mx`);
  const picture = page.getByRole('img', { name: 'Screenshot of the page' });
  const isLoaded = () =>
    page.evaluate(`document.querySelector('.screenshot img').complete &&
      document.querySelector('.screenshot img').naturalWidth > 0`);
  await expect.poll(isLoaded).toBe(true);
  expect(await picture.getAttribute('src')).toMatch(/screenshot_with_annotations$/);
  await page.getByRole('checkbox', { name: /annotations/ }).uncheck();
  expect(await picture.getAttribute('src')).toMatch(/screenshot$/);
  await expect.poll(isLoaded).toBe(true);
});

test('what came back incomplete is said', async () => {
  const toado = await startToado();
  const page = await openPage(`${toado.url}/tickets/t-Inj3ct`);
  expect(await page.getByRole('note').innerText()).toContain('This capture is incomplete.');
});

test('even HTML that got into a page could not run a script', async () => {
  const toado = await startToado();
  const page = await openPage(toado.url, { mayComplain: true });
  const blocked = await page.evaluate(`new Promise((resolve) => {
    const found = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
      found.push(effectiveDirective);
      if (found.length === 4) resolve(found.sort());
    });
    const box = document.createElement('div');
    box.innerHTML = '<img src="https://collector.evil.example/p.png"><p style="color:red">x</p>' +
      '<button onclick="window.ran = true">x</button>';
    document.body.append(box);
    box.querySelector('button').click();
    const script = document.createElement('script');
    script.textContent = 'window.ran = true';
    document.body.append(script);
  })`);
  expect(blocked).toEqual(['img-src', 'script-src-attr', 'script-src-elem', 'style-src-attr']);
  expect(await page.evaluate('window.ran')).toBeUndefined();
});
