/** The program as it ships: its pages, other processes on the same file, its end and its coming back. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startSandbox } from '../../src/sandbox/index.ts';
import { connect, run } from '../support/program.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { startToado } from '../support/toado.ts';
import { expectNotReloaded, markPage, openPage, useBrowser } from './pages.ts';

useBrowser();

test('`toado-mcp sandbox` serves the pages, and shows what `toado-mcp --sandbox` does to the same file', async () => {
  const db = join(temporaryFolder(), 'shared.db');
  const { stdout } = run({ args: ['sandbox', '--port', '0', '--db', db] });
  await expect.poll(stdout, { timeout: 20_000 }).toMatch(/http:\/\/127\.0\.0\.1:\d+/);
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(stdout())![0];
  const page = await openPage(`${url}/tickets/t-7Kq2Mx`);
  await markPage(page);
  const picture = `document.querySelector('.screenshot img').naturalWidth > 0`;
  await expect.poll(() => page.evaluate(picture)).toBe(true);
  expect(await page.evaluate(`document.fonts.check('14px Inter')`)).toBe(true);

  const agent = await connect('sdk 2.x modern', { args: ['--sandbox', '--db', db] });
  await agent.call('add_comment', { ticket_id: 't-7Kq2Mx', body: 'From another process.' });
  const comment = page.locator('.comment', { hasText: 'From another process.' });
  await comment.waitFor();
  expect(await comment.locator('.byline').innerText()).toContain('via MCP');
  await expectNotReloaded(page);
});

test('a page says when the sandbox is gone, and shows what it missed when it is back', async () => {
  const options = { db: join(temporaryFolder(), 'sandbox.db') };
  const first = await startSandbox(options);
  const page = await openPage(`${first.url}/tickets/t-7Kq2Mx`, { mayComplain: true });
  await markPage(page);
  await first.close();
  await page.getByText('Reconnecting…').waitFor();
  await page.getByLabel('Your comment').fill('Is anybody there?');
  await page.getByRole('button', { name: 'Comment' }).click();
  await page.getByText('The sandbox doesn’t answer.').waitFor();
  expect(await page.getByLabel('Your comment').inputValue()).toBe('Is anybody there?');

  const again = await startToado({ ...options, port: Number(new URL(first.url).port) });
  await again.request('POST', '/tickets/t-7Kq2Mx/comments', { body: 'Said while you were away.' });
  await page.locator('.comment', { hasText: 'Said while you were away.' }).waitFor();
  await page.locator('[data-connection="open"]').waitFor();
  await page.getByRole('button', { name: 'Comment' }).click();
  await page.locator('.comment', { hasText: 'Is anybody there?' }).waitFor();
  await expectNotReloaded(page);
});

test('without scripts everything can still be read, said and moved', async () => {
  const toado = await startToado();
  const page = await openPage(`${toado.url}/tickets/t-7Kq2Mx?panel=network`, { javaScriptEnabled: false });
  await page.getByLabel('Text to look for').fill('checkout/session');
  await page.getByRole('button', { name: 'Filter' }).click();
  await page.locator('.entry.failed', { hasText: '/api/checkout/session' }).waitFor();
  await page.getByLabel('Your comment').fill('Without a script');
  await page.getByRole('button', { name: 'Comment' }).click();
  await page.locator('.comment', { hasText: 'Without a script' }).waitFor();
  await page.locator('#move-to').selectOption({ label: 'Done' });
  await page.getByRole('button', { name: 'Move' }).click();
  await page.locator('.history li', { hasText: 'moved it from To Do to Done' }).waitFor();
});

test('without scripts no button is shown that only a script answers', async () => {
  const toado = await startToado();
  const page = await openPage(`${toado.url}/projects/proj_storefront`, { javaScriptEnabled: false });
  for (const path of ['/projects/proj_storefront', '/tickets/t-7Kq2Mx', '/settings/tokens']) {
    await page.goto(toado.url + path);
    const shown = await page.locator('button[type=button]:not([popovertarget]):visible').count();
    expect([path, shown]).toEqual([path, 0]);
  }
});

test('a message about a long title cuts no character in two', async () => {
  const toado = await startToado();
  const page = await openPage(`${toado.url}/projects/proj_storefront`);
  const family = '👩‍👩‍👧‍👦';
  for (const [title, said] of [
    [`${'x'.repeat(46)}${family}${family} the end`, `${'x'.repeat(46)}${family}…`],
    [`${'y'.repeat(46)}🐛🐛 the end`, `${'y'.repeat(46)}🐛…`],
    [`${'z'.repeat(45)}${family}🐛`, `${'z'.repeat(45)}${family}🐛`],
  ] as const) {
    await toado.request('POST', '/projects/proj_storefront/tickets', { title }, toado.token('triage'));
    const toast = page.locator('.toast', { hasText: title.slice(0, 40) });
    await toast.waitFor();
    expect((await toast.innerText()).endsWith(`: ${said}`), await toast.innerText()).toBe(true);
  }
});
