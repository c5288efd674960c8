/** Two tabs of one browser, one of which becomes somebody else. */
import { expect, test } from 'vitest';
import { startToado } from '../support/toado.ts';
import { expectNotReloaded, markPage, openPage, useBrowser, visit } from './pages.ts';

useBrowser();

test('the other tab follows at once, keeps what is being typed, and writes as the one whom it shows', async () => {
  const toado = await startToado();
  const ticket = await openPage(`${toado.url}/tickets/t-7Kq2Mx`);
  await ticket.getByLabel('Your comment').fill('Half a sentence');
  await markPage(ticket);
  const other = await ticket.context().newPage();
  await visit(other, `${toado.url}/projects/proj_storefront`);
  await other.locator('.person-menu summary').click();
  await other.getByRole('button', { name: 'Priya Raman' }).click();
  await expect.poll(() => ticket.locator('.person-name').innerText()).toContain('Priya Raman');
  await expectNotReloaded(ticket);
  expect(await ticket.getByLabel('Your comment').inputValue()).toBe('Half a sentence');
  await ticket.getByRole('button', { name: 'Comment', exact: true }).click();
  const comment = ticket.locator('.comment', { hasText: 'Half a sentence' });
  await comment.waitFor();
  expect(await comment.locator('.byline').innerText()).toBe('Priya Raman');

  await other.locator('.person-menu summary').click();
  await other.getByRole('button', { name: 'Ruth Adeyemi' }).click();
  await expect.poll(() => ticket.locator('.person-name').innerText()).toContain('Ruth Adeyemi');
  await expect.poll(() => ticket.locator('.comment-form').count()).toBe(0);
});

test('a page that the other person may not see isn’t shown any longer', async () => {
  const toado = await startToado();
  const hidden = await openPage(`${toado.url}/projects/proj_console`);
  const other = await hidden.context().newPage();
  await visit(other, `${toado.url}/projects/proj_storefront`);
  await other.locator('.person-menu summary').click();
  await other.getByRole('button', { name: 'Lena Hoffmann' }).click();
  await hidden.getByRole('heading', { name: 'Not allowed' }).waitFor();
  expect(await hidden.locator('.person-name').innerText()).toContain('Lena');
});

test('a page that didn’t hear of it is refused, says why, and then shows who it is', async () => {
  const toado = await startToado();
  const page = await openPage(`${toado.url}/tickets/t-7Kq2Mx`, { mayComplain: true });
  await page.route('**/events', (route) => route.abort());
  await page.reload();
  const other = await page.context().newPage();
  await other.goto(`${toado.url}/projects/proj_storefront`);
  await other.locator('.person-menu summary').click();
  await other.getByRole('button', { name: 'Priya Raman' }).click();
  await other.getByText('Priya Raman').first().waitFor();
  await page.bringToFront();
  await page.getByLabel('Your comment').fill('By whom?');
  await page.getByRole('button', { name: 'Comment', exact: true }).click();
  await page
    .locator('.toast', { hasText: 'this browser acts as Priya Raman now. Nothing was changed.' })
    .waitFor();
  await expect.poll(() => page.locator('.person-name').innerText()).toContain('Priya Raman');
  expect(await page.getByLabel('Your comment').inputValue()).toBe('By whom?');
});
