/** Two tabs of one browser, one of which becomes somebody else; and pages of another site. */
import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { listen } from '../support/listen.ts';
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

  await ticket.getByLabel('Your comment').fill('Not sent yet');
  await other.locator('.person-menu summary').click();
  await other.getByRole('button', { name: 'Ruth Adeyemi' }).click();
  await expect.poll(() => ticket.locator('.person-name').innerText()).toContain('Ruth Adeyemi');
  await expect.poll(() => ticket.locator('.comment-form').count()).toBe(0);
  // She may not write here: what was typed is there to be copied.
  const kept = ticket.getByRole('dialog', { name: 'takes no text' });
  expect(await kept.getByRole('textbox').inputValue()).toBe('Not sent yet');
  await kept.getByRole('button', { name: 'Close' }).click();
  await expect.poll(() => kept.count()).toBe(0);
});

test('a page that the other person may not see isn’t shown any longer', async () => {
  const toado = await startToado();
  const hidden = await openPage(`${toado.url}/tickets/t-Spn9Kr`);
  await hidden.getByLabel('Your comment').fill('Not sent yet');
  const other = await hidden.context().newPage();
  await visit(other, `${toado.url}/projects/proj_storefront`);
  await other.locator('.person-menu summary').click();
  await other.getByRole('button', { name: 'Lena Hoffmann' }).click();
  await hidden.getByRole('heading', { name: 'Not allowed' }).waitFor();
  expect(await hidden.locator('.person-name').innerText()).toContain('Lena');
  expect(await hidden.getByRole('dialog').getByRole('textbox').inputValue()).toBe('Not sent yet');
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

test('a form that another site sends is refused, and not sent again by the page that says so', async () => {
  const toado = await startToado();
  const page = await openPage(`${toado.url}/projects/proj_storefront`, { mayComplain: true });
  await page.locator('.person-menu summary').click();
  await page.getByRole('button', { name: 'Priya Raman' }).click();
  await expect.poll(() => page.locator('.person-name').innerText()).toContain('Priya Raman');
  const theirs = createServer((_, answer) => {
    answer.setHeader('content-type', 'text/html');
    answer.end(
      `<form method="post" action="${toado.url}/tickets/t-7Kq2Mx/comments">
       <input name="as" value="usr_priya"><input name="body" value="Theirs"><button>Win</button></form>`,
    );
  });
  const port = await listen(theirs);
  // Another site, with whose form the cookie isn't sent; and another port, with whose it is.
  for (const host of ['localhost', '127.0.0.1']) {
    const tab = await page.context().newPage();
    await tab.goto(`http://${host}:${port}/`);
    await tab.getByRole('button').click();
    await tab.waitForURL(`${toado.url}/**`);
    // The page finds out as whom the browser acts, and shows that.
    await expect.poll(() => tab.locator('.person-name').innerText()).toContain('Priya Raman');
    await tab.reload();
    await expect.poll(() => tab.locator('.person-name').innerText()).toContain('Priya Raman');
  }
  theirs.close();
  const { body } = await toado.request('GET', '/tickets/t-7Kq2Mx/comments');
  expect(JSON.stringify(body)).not.toContain('Theirs');
});

test('two texts that are being put together stay when the browser becomes somebody else', async () => {
  const toado = await startToado();
  const page = await openPage(`${toado.url}/tickets/t-7Kq2Mx`);
  await page.getByRole('button', { name: 'Edit' }).click();
  await page.getByRole('textbox', { name: 'Description' }).fill('Mine');
  // Not followed by a field that a person has typed in.
  await toado.request('PATCH', '/tickets/t-7Kq2Mx', { description: 'The agent’s' });
  await page.getByRole('button', { name: 'Save' }).click();
  await page.locator('[data-conflict]').waitFor();
  await page.getByLabel('Description').fill('Both');
  const other = await page.context().newPage();
  await visit(other, `${toado.url}/projects/proj_storefront`);
  await other.locator('.person-menu summary').click();
  await other.getByRole('button', { name: 'Priya Raman' }).click();
  await expect.poll(() => page.locator('.person-name').innerText()).toContain('Priya Raman');
  expect(await page.getByLabel('Description').inputValue()).toBe('Both');
  await page.getByRole('button', { name: 'Save yours' }).click();
  await page.locator('#description', { hasText: 'Both' }).waitFor();
  const { body } = await toado.request('GET', '/tickets/t-7Kq2Mx?include=');
  expect(body).toMatchObject({ description: 'Both', updated: { user: { name: 'Priya Raman' } } });
});
