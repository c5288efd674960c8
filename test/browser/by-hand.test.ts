/** What a person does by hand: keys, a token's form, revoking, two who edit the same, one who clicks twice. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { sandboxGuide } from '../../src/cli/target/sandbox-guide.ts';
import { startToado } from '../support/toado.ts';
import { openPage, PHONE, useBrowser, visit } from './pages.ts';

useBrowser();

const TICKET = '/tickets/t-7Kq2Mx';
const BOARD = '/projects/proj_storefront';

const focused = (page: Page) => page.evaluate('document.activeElement?.getAttribute("name") ?? ""');

test('keys: / searches, c creates, ? names them, Ctrl+K goes anywhere; none of them where one writes', async () => {
  const toado = await startToado();
  const page = await openPage(toado.url + BOARD);
  await page.keyboard.press('/');
  expect(await focused(page)).toBe('q');
  await page.keyboard.type('c?/');
  expect(await page.locator('[data-search]').inputValue()).toBe('c?/');
  await page.keyboard.press('Escape');
  await page.locator('h1').click();
  await page.keyboard.press('?');
  await page.getByRole('heading', { name: 'Keyboard shortcuts' }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('c');
  await page.getByRole('heading', { name: 'New ticket' }).waitFor();
  expect(await focused(page)).toBe('title');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('field');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Field Service' }).waitFor();
  await page.waitForSelector('[data-connection="open"]', { state: 'attached' });
  await page.keyboard.press('Control+k');
  await page.keyboard.type('battery of the phone');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/search?q=battery+of+the+phone');
  await visit(page, `${toado.url}/settings/tokens`);
  await page.keyboard.press('c');
  await page.getByRole('heading', { name: 'New ticket' }).waitFor();
});

test('a token’s form: a use case ticks its scopes, the tools follow, an end is asked for', async () => {
  const toado = await startToado({ guide: sandboxGuide({ command: 'node', args: [] }) });
  const page = await openPage(`${toado.url}/settings/tokens/new`);
  const count = () => page.locator('[data-tool-count]').innerText();
  await page.getByLabel('Label').fill('kept');
  const few = Number.parseInt(await count(), 10);
  await page.getByRole('link', { name: 'Claude Code triage agent' }).click();
  expect(await count()).toBe('24 of 24');
  expect(await page.getByLabel('Label').inputValue()).toBe('kept');
  await page.getByRole('link', { name: 'Read-only reporting' }).click();
  expect(Number.parseInt(await count(), 10)).toBe(few);
  expect(await page.locator('.brings li', { hasText: /^move_ticket$/ }).getAttribute('class')).toBe('off');
  expect(await page.locator('#expires-on').isVisible()).toBe(false);
  await page.getByLabel('When it expires').selectOption('on');
  await page.locator('#expires-on').fill('2001-01-01');
  await page.getByRole('button', { name: 'Create token' }).click();
  await page.getByText('It must be in the future.').waitFor();
  expect(await page.evaluate('document.activeElement?.getAttribute("aria-invalid")')).toBe('true');
  expect(await page.getByLabel('Label').inputValue()).toBe('kept');
});

test('a double click makes one: a comment, a ticket, a token whose text is shown', async () => {
  const toado = await startToado();
  const page = await openPage(toado.url + TICKET);
  await page.getByLabel('Your comment').fill('twice?');
  await page.getByRole('button', { name: 'Comment', exact: true }).dblclick();
  await page.locator('.comment', { hasText: 'twice?' }).waitFor();
  await page.waitForTimeout(400);
  expect(await page.locator('.comment', { hasText: 'twice?' }).count()).toBe(1);
  await visit(page, toado.url + BOARD);
  await page.getByRole('button', { name: 'New ticket' }).click();
  await page.getByLabel('Title').fill('twice as well?');
  await page.getByRole('button', { name: 'Create' }).dblclick();
  await page.locator('.card', { hasText: 'twice as well?' }).waitFor();
  await page.waitForTimeout(400);
  expect(await page.locator('.card', { hasText: 'twice as well?' }).count()).toBe(1);
  await visit(page, `${toado.url}/settings/tokens/new`);
  await page.getByLabel('Label').fill('double');
  await page.getByRole('button', { name: 'Create token' }).dblclick();
  expect(await page.locator('#token-text').innerText()).toMatch(/^tok_01/);
});

test('a ticket made by the keyboard is said to be made: its card may be out of sight', async () => {
  const toado = await startToado();
  const page = await openPage(toado.url + BOARD);
  await page.keyboard.press('c');
  await page.keyboard.type('Made by keys');
  await page.keyboard.press('Enter');
  await page.getByRole('status').filter({ hasText: 'Created, at the end of its column.' }).waitFor();
  expect(await page.locator('.column .card').filter({ hasText: 'Made by keys' }).count()).toBe(1);
});

test('what can’t be sent from a dialog is said in it, and what was typed stays', async () => {
  const toado = await startToado();
  const page = await openPage(toado.url + BOARD, { mayComplain: true });
  const heading = page.getByRole('heading', { name: 'New ticket' });
  await page.keyboard.press('c');
  await heading.waitFor();
  await page.keyboard.type('Not yet');
  await page.route('**/tickets', (route) => route.abort());
  await page.keyboard.press('Enter');
  const alert = page.getByRole('dialog').getByRole('alert');
  await alert.filter({ hasText: 'The sandbox doesn’t answer.' }).waitFor();
  await toado.request('POST', `${BOARD}/tickets`, { title: 'By an agent' });
  await page.locator('.card', { hasText: 'By an agent' }).waitFor();
  expect(await alert.isVisible()).toBe(true);
  expect(await page.getByLabel('Title').inputValue()).toBe('Not yet');
  await page.keyboard.press('Escape');
  // The focus leaves a closed dialog with the next frame; until then, a letter is typed into it.
  await expect.poll(() => focused(page)).toBe('');
  await page.keyboard.press('c');
  await heading.waitFor();
  expect(await alert.count()).toBe(0);
  await page.unroute('**/tickets');
  await page.getByRole('button', { name: 'Create' }).click();
  await page.locator('.card', { hasText: 'Not yet' }).waitFor();
});

test('what is typed while a comment is on its way stays', async () => {
  const toado = await startToado();
  const page = await openPage(toado.url + TICKET);
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/comments', async (route) => {
    await held;
    await route.continue();
  });
  const field = page.getByLabel('Your comment');
  await field.fill('first');
  await page.getByRole('button', { name: 'Comment', exact: true }).click();
  await field.fill('first, and a second thought');
  release();
  await page.locator('.comment', { hasText: 'first' }).waitFor();
  await page.waitForTimeout(300);
  expect(await field.inputValue()).toBe('first, and a second thought');
});

test('who saves over a newer text is shown both, and nothing is lost', async () => {
  const toado = await startToado();
  const page = await openPage(toado.url + TICKET);
  await page.getByRole('button', { name: 'Edit' }).click();
  await page.getByRole('textbox', { name: 'Description' }).fill('What I wrote');
  await toado.request('PATCH', TICKET, { description: 'What the **agent** wrote' });
  await page.locator('#description', { hasText: 'What the agent wrote' }).waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { level: 1, name: 'Changed meanwhile' }).waitFor();
  expect(await page.locator('.prose').innerText()).toBe('What the agent wrote');
  expect(await page.getByRole('textbox', { name: 'Description' }).inputValue()).toBe('What I wrote');
  const stored = async () =>
    ((await toado.request('GET', `${TICKET}?include=`)).body as { description: string }).description;
  expect(await stored()).toBe('What the **agent** wrote');
  await page.getByRole('button', { name: 'Save yours' }).click();
  await page.getByRole('heading', { level: 1, name: /Checkout/ }).waitFor();
  expect(await stored()).toBe('What I wrote');
});

test('revoking asks once, and can be thought better of', async () => {
  const toado = await startToado();
  const page = await openPage(`${toado.url}/settings/tokens/tkn_triage`);
  await page.getByRole('button', { name: /^Revoke / }).click();
  await page.getByRole('button', { name: 'Keep it' }).click();
  expect((await toado.request('GET', '/companies')).status).toBe(200);
  await page.getByRole('button', { name: /^Revoke / }).click();
  await page.getByRole('button', { name: /^Yes, revoke / }).click();
  await page.locator('.badge', { hasText: 'Revoked' }).first().waitFor();
  expect((await toado.request('GET', '/companies')).status).toBe(401);
});

test('a token that could not be revoked is said so in the dialog, where no letter is a shortcut', async () => {
  const toado = await startToado();
  const page = await openPage(`${toado.url}/settings/tokens`, { mayComplain: true });
  const first = page.getByRole('button', { name: /^Revoke / }).first();
  await first.click();
  await page.route('**/revoke', (route) => route.abort());
  await page.getByRole('button', { name: /^Yes, revoke / }).click();
  const alert = page.getByRole('dialog').getByRole('alert');
  await alert.filter({ hasText: 'The sandbox doesn’t answer.' }).waitFor();
  await page.keyboard.press('?');
  expect(await page.getByRole('heading', { name: 'Keyboard shortcuts' }).count()).toBe(0);
  await page.keyboard.press('Escape');
  await first.click();
  expect(await alert.count()).toBe(0);
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await page.getByRole('heading', { name: 'Keyboard shortcuts' }).waitFor();
});

test('a ticket is copied for an agent: id, title, where; no token', async () => {
  const toado = await startToado();
  const page = await openPage(toado.url + TICKET, { permissions: ['clipboard-read', 'clipboard-write'] });
  await toado.request('PATCH', TICKET, { title: 'Two\nlines \u202eand more' });
  await page.getByRole('heading', { level: 1, name: /Two/ }).waitFor();
  await page.getByRole('button', { name: 'Copy for an agent' }).click();
  await page.getByText('Copied.').waitFor();
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
    [
      'Toado ticket t-7Kq2Mx (Storefront, To Do): "Two⟦U+000A⟧lines ⟦U+202E⟧and more"',
      `${toado.url}${TICKET}`,
      'Read it with get_ticket t-7Kq2Mx before you change anything.',
    ].join('\n'),
  );
});

test('the board’s five columns fit at 1280', async () => {
  const toado = await startToado();
  const page = await openPage(toado.url + BOARD, { viewport: { width: 1280, height: 800 } });
  const [whole, shown] = (await page.evaluate(
    'const b = document.getElementById("board"); [b.scrollWidth, b.clientWidth]',
  )) as [number, number];
  expect(whole).toBe(shown);
  expect(await page.locator('.column').count()).toBe(5);
});

test('on a phone column and assignees come before the description', async () => {
  const toado = await startToado();
  const page = await openPage(toado.url + TICKET, { viewport: PHONE, hasTouch: true });
  const top = async (selector: string) => (await page.locator(selector).boundingBox())!.y;
  expect(await top('#assign-to')).toBeLessThan(await top('#description'));
  expect(await top('#move-to')).toBeLessThan(PHONE.height / 2);
  expect(await top('#history')).toBeGreaterThan(await top('#description'));
});

describe.each([
  ['1280', { width: 1280, height: 800 }],
  ['a phone', PHONE],
])('network rows at %s', (_, viewport) => {
  test('keep the path’s end and say when they began', async () => {
    const toado = await startToado();
    const page = await openPage(`${toado.url}${TICKET}?panel=network&status=400`, { viewport });
    const row = page.locator('#devtools .entry', { hasText: '/api/checkout/session' }).first();
    const end = row.locator('.url-end');
    expect(await end.innerText()).toBe('session');
    const isCut = await page.evaluate(
      `[...document.querySelectorAll('#devtools .url-end')].filter((end) => end.textContent === 'session')
        .some((end) => end.scrollWidth > end.clientWidth)`,
    );
    expect(isCut).toBe(false);
    expect(await row.locator('.started').innerText()).toMatch(/^\+[\d.]+ m?s$/);
    expect(await row.locator('.started').isVisible()).toBe(true);
  });
});

test('a comment in Markdown is shown as it, and asks nobody for anything', async () => {
  const toado = await startToado();
  const asked: string[] = [];
  const page = await openPage(toado.url + TICKET);
  page.on('request', (request) => asked.push(request.url()));
  await toado.request('POST', `${TICKET}/comments`, {
    body: '## Found\n\n| a | b |\n|--:|---|\n| 1 | 2 |\n\n- one\n  - two\n\n> said\n\n![x](https://attacker.example/x.png)',
  });
  const comment = page.locator('.comment', { hasText: 'Found' });
  await comment.locator('h4').waitFor();
  expect(await comment.locator('td').count()).toBe(2);
  expect(await comment.locator('li li').innerText()).toBe('two');
  expect(await comment.locator('blockquote').innerText()).toBe('said');
  expect(await comment.locator('a').getAttribute('rel')).toBe('noopener noreferrer nofollow');
  expect(await comment.locator('td').first().getAttribute('class')).toBe('align-right');
  expect(asked.filter((url) => !url.startsWith(toado.url))).toEqual([]);
});
