/** A page that is brought up to date under somebody's hands: what they are doing stays, the rest follows. */
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { startToado } from '../support/toado.ts';
import { expectNotReloaded, markPage, openPage, startGuided, useBrowser, visit } from './pages.ts';

useBrowser();

const TICKET = '/tickets/t-7Kq2Mx';
const BOARD = '/projects/proj_storefront';

const cardInFocus = (page: Page) => page.evaluate(`document.activeElement.closest('.card')?.id`);

test('a card that an agent moves keeps the focus that it had, whichever way it goes', async () => {
  const toado = await startToado();
  const page = await openPage(toado.url + BOARD);
  await markPage(page);
  const card = page.locator('#t-7Kq2Mx');
  await card.locator('.card-title').focus();
  const columns = (await page.evaluate(
    `[...document.querySelectorAll('.column')].map((column) => column.dataset.column)`,
  )) as string[];
  for (const column of [...columns.slice(2), ...columns.slice(0, 2).reverse()]) {
    await toado.request('POST', `${TICKET}/move`, { target_column_id: column }, toado.token('triage'));
    await page.locator(`[data-column="${column}"] #t-7Kq2Mx`).waitFor();
    expect([column, await cardInFocus(page)]).toEqual([column, 't-7Kq2Mx']);
  }
  await expectNotReloaded(page);
});

test('a field that was typed in and typed back follows the agent’s text, and saving it changes nothing', async () => {
  const toado = await startToado();
  const page = await openPage(toado.url + TICKET);
  await page.getByRole('button', { name: 'Edit' }).click();
  const title = page.getByRole('textbox', { name: 'Title' });
  const before = await title.inputValue();
  await title.fill('something else');
  await title.fill(before);
  const text = page.getByRole('textbox', { name: 'Description' });
  await text.fill('Mine');
  await toado.request('PATCH', TICKET, { title: 'By the agent' });
  await page.locator('h1', { hasText: 'By the agent' }).waitFor();
  await expect.poll(() => title.inputValue()).toBe('By the agent');
  expect(await text.inputValue()).toBe('Mine');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.locator('#description', { hasText: 'Mine' }).waitFor();
  expect((await toado.request('GET', `${TICKET}?include=`)).body).toMatchObject({
    title: 'By the agent',
    description: 'Mine',
  });
});

test('what is selected, ticked and folded open stays while an agent writes', async () => {
  const toado = await startToado();
  const page = await openPage(toado.url + TICKET);
  const comment = page.getByLabel('Your comment');
  await comment.fill('half a sentence here');
  await comment.evaluate((area) =>
    (area as unknown as { setSelectionRange(a: number, b: number): void }).setSelectionRange(5, 9),
  );
  const select = page.locator('#move-to');
  await toado.request('POST', `${TICKET}/comments`, { body: 'One.' });
  await page.locator('.comment', { hasText: 'One.' }).waitFor();
  expect(
    await comment.evaluate((area) => {
      const { selectionStart, selectionEnd, value } = area as unknown as Record<string, unknown>;
      return [selectionStart, selectionEnd, value];
    }),
  ).toEqual([5, 9, 'half a sentence here']);
  await select.focus();
  await select.evaluate((element) => {
    (element as unknown as { selectedIndex: number }).selectedIndex = 2;
  });
  await toado.request('POST', `${TICKET}/comments`, { body: 'Two.' });
  await page.locator('.comment', { hasText: 'Two.' }).waitFor();
  expect(
    await select.evaluate((element) => (element as unknown as { selectedIndex: number }).selectedIndex),
  ).toBe(2);
});

test('a ticket that leaves what the person sees goes from their page', async () => {
  const toado = await startToado();
  const { body: made } = await toado.request('POST', '/projects/proj_storefront/tickets', {
    title: 'Seen for now',
  });
  const { id } = made as { id: string };
  const page = await openPage(toado.url);
  await page.locator('.person-menu summary').click();
  await page.getByRole('button', { name: 'Lena Hoffmann' }).click();
  await expect.poll(() => page.locator('.person-name').innerText()).toContain('Lena Hoffmann');
  await visit(page, `${toado.url}/tickets/${id}`);
  await page.getByRole('heading', { level: 1, name: 'Seen for now' }).waitFor();
  const { body: columns } = await toado.request('GET', '/projects/proj_console/columns');
  const [column] = columns as { id: string }[];
  await toado.request('POST', `/tickets/${id}/move`, { target_column_id: column!.id });
  await page.getByRole('heading', { level: 1, name: 'Not allowed' }).waitFor();
  expect(await page.content()).not.toContain('Seen for now');
});

test('changes without a pause are shown while they come', async () => {
  const toado = await startToado({ limits: { reads: 100_000, writes: 100_000 } });
  const page = await openPage(toado.url + BOARD);
  let at = 0;
  const writing = setInterval(() => void toado.request('PATCH', TICKET, { title: `Change ${at++}` }), 20);
  onTestFinished(() => clearInterval(writing));
  await page.locator('#t-7Kq2Mx .card-title', { hasText: /^Change \d+$/ }).waitFor({ timeout: 5000 });
  clearInterval(writing);
  await expect.poll(() => page.locator('#t-7Kq2Mx .card-title').innerText()).toBe(`Change ${at - 1}`);
});

test('the tab says the title that the ticket has now', async () => {
  const toado = await startToado();
  const page = await openPage(toado.url + TICKET);
  await toado.request('PATCH', TICKET, { title: 'Another name' });
  await expect.poll(() => page.title()).toMatch(/^Another name · /);
});

test('the tab of a page that answered a form keeps its own name, at an address that shows another', async () => {
  const toado = await startGuided();
  const page = await openPage(`${toado.url}/settings/tokens/new`);
  await page.getByLabel('Label').fill('mine');
  await page.getByRole('button', { name: 'Create token' }).click();
  await page.locator('#token-text').waitFor();
  await page.waitForSelector('[data-connection="open"]', { state: 'attached' });
  const asked = page.waitForResponse(`${toado.url}/settings/tokens`);
  await toado.request('PATCH', TICKET, { title: 'Another name' });
  await (await asked).finished();
  await page.waitForTimeout(200);
  expect(await page.title()).toMatch(/^Token made · /);
});
