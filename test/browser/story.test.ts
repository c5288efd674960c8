/** What a person does with it: make a token, give it to an agent, watch it work, pull the plug. */
import { expect, test } from 'vitest';
import { sandboxGuide } from '../../src/cli/target/sandbox-guide.ts';
import { connect } from '../support/program.ts';
import { startToado } from '../support/toado.ts';
import { expectNotReloaded, markPage, openPage, useBrowser, visit } from './pages.ts';

useBrowser();

/** As an installation starts it. */
const LAUNCH = { command: 'node', args: ['/opt/toado-mcp/dist/main.js'] };

test('a token made in the page, an agent that works with it, its revocation', async () => {
  const toado = await startToado({ guide: sandboxGuide(LAUNCH) });
  const tokens = await openPage(`${toado.url}/settings/tokens`);
  await tokens.getByRole('link', { name: 'New token' }).first().click();
  await tokens.getByLabel('Label').fill('claude-code on macbook');
  await tokens.getByRole('checkbox', { name: /^tickets:write/ }).check();
  for (const included of [/^read/, /^comments/]) {
    const box = tokens.getByRole('checkbox', { name: included });
    expect(await box.isChecked()).toBe(true);
    expect(await box.isDisabled()).toBe(true);
  }
  await tokens.getByRole('checkbox', { name: /^Acme Studio/ }).check();
  expect(await tokens.getByRole('checkbox', { name: /^Field Service/ }).isDisabled()).toBe(true);
  await tokens.getByRole('checkbox', { name: /^Storefront/ }).check();
  await tokens.getByRole('button', { name: 'Create token' }).click();
  const token = (await tokens.locator('#token-text').innerText()).trim();
  expect(token).toMatch(/^tok_/);
  const command = await tokens.getByText('claude mcp add').first().innerText();
  expect(command).toMatch(/^claude mcp add toado-sandbox /);
  expect(command).toContain(`TOADO_API_URL=${toado.apiUrl}`);
  expect(command, 'no token on a command line').not.toContain(token);

  const board = await openPage(`${toado.url}/projects/proj_storefront`);
  const ticket = await openPage(`${toado.url}/tickets/t-7Kq2Mx`);
  await markPage(board);
  await markPage(ticket);
  await ticket.getByLabel('Your comment').fill('I am still writing this');

  const agent = await connect('sdk 2.x modern', {
    env: { TOADO_API_URL: toado.apiUrl, TOADO_API_TOKEN: token },
  });
  const who = 'Jason (claude-code on macbook) · via MCP';
  await agent.call('add_comment', { ticket_id: 't-7Kq2Mx', body: 'The webhook answers 500: see the log.' });
  const comment = ticket.locator('.comment', { hasText: 'The webhook answers 500: see the log.' });
  await comment.waitFor();
  expect(plain(await comment.locator('.byline').innerText())).toBe(who);
  expect(await ticket.getByLabel('Your comment').inputValue()).toBe('I am still writing this');
  expect(await ticket.evaluate('document.activeElement.id')).toBe('comment-body');

  await agent.call('move_ticket', { ticket_id: 't-7Kq2Mx', target_column_id: 'col_store_progress' });
  const card = board.locator('#col_store_progress #t-7Kq2Mx');
  await card.waitFor();
  const last = plain(await card.locator('.last').innerText());
  expect(last).toContain(`${who} moved it from To Do to In Progress`);
  await ticket.locator('.history li', { hasText: 'moved it from To Do to In Progress' }).waitFor();
  const written = ticket.locator('.history li', { hasText: 'moved it from To Do to In Progress' });
  expect(plain(await written.innerText())).toContain(who);
  await board.locator('.toast', { hasText: 'moved it from To Do to In Progress' }).waitFor();
  await expectNotReloaded(board);
  await expectNotReloaded(ticket);

  const elsewhere = await agent.call('list_columns', { project_id: 'proj_field' });
  expect(elsewhere.isError).toBe(true);

  await tokens.reload();
  expect(await tokens.title()).toContain('API tokens');
  expect(await tokens.content()).not.toContain(token);
  await tokens.getByRole('link', { name: 'claude-code on macbook', exact: true }).first().click();
  await tokens.locator('#activity', { hasText: 'commented' }).waitFor();
  expect(await tokens.locator('.activity li').count()).toBe(2);
  await tokens.getByRole('button', { name: 'Revoke claude-code on macbook' }).click();
  await tokens.getByRole('button', { name: 'Yes, revoke it: claude-code on macbook' }).click();
  await tokens.getByText('Revoked', { exact: true }).first().waitFor();
  const refused = await agent.call('add_comment', { ticket_id: 't-7Kq2Mx', body: 'Too late.' });
  expect(refused.isError).toBe(true);
  expect(JSON.stringify(refused)).toContain('unauthorized');
});

test('archiving, assigning and a new ticket show up too', async () => {
  const toado = await startToado({ guide: sandboxGuide(LAUNCH) });
  const board = await openPage(`${toado.url}/projects/proj_storefront`);
  await markPage(board);
  await toado.request('POST', '/tickets/t-bK6fLt/assignees', { user_id: 'usr_lena' });
  await board.locator('#t-bK6fLt', { hasText: 'Assigned to Lena Hoffmann' }).waitFor();
  await toado.request('POST', '/tickets/t-bK6fLt/archive');
  await board.locator('#t-bK6fLt').waitFor({ state: 'detached' });
  await toado.request('POST', '/projects/proj_storefront/tickets', {
    title: 'Made just now <b>by an agent</b>',
  });
  await board.locator('.card', { hasText: 'Made just now <b>by an agent</b>' }).waitFor();
  await expectNotReloaded(board);
});

test('a person comments, edits, moves, archives and restores', async () => {
  const toado = await startToado({ guide: sandboxGuide(LAUNCH) });
  const page = await openPage(`${toado.url}/tickets/t-7Kq2Mx`);
  await markPage(page);
  await page.getByLabel('Your comment').fill('Which browser is it?');
  await page.getByRole('button', { name: 'Comment' }).click();
  const comment = page.locator('.comment', { hasText: 'Which browser is it?' });
  await comment.waitFor();
  expect(await comment.locator('.byline').innerText()).toBe('Jason');
  expect(await page.getByLabel('Your comment').inputValue()).toBe('');

  await page.getByRole('button', { name: 'Edit' }).click();
  await page.getByLabel('Title').fill('Checkout: nothing happens');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { level: 1, name: 'Checkout: nothing happens' }).waitFor();

  await page.locator('#move-to').selectOption({ label: 'In Review' });
  await page.locator('.history li', { hasText: 'moved it from To Do to In Review' }).waitFor();
  await page.locator('#assign-to').selectOption({ label: 'Lena Hoffmann' });
  await page.getByRole('button', { name: 'Unassign Lena Hoffmann' }).waitFor();

  await page.getByRole('button', { name: 'Archive' }).click();
  await page.getByText('Archived', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Restore' }).click();
  await page.getByRole('button', { name: 'Archive' }).waitFor();
  await expectNotReloaded(page);

  const { body } = await toado.request('GET', '/tickets/t-7Kq2Mx?include=');
  expect(body).toMatchObject({
    title: 'Checkout: nothing happens',
    column_id: 'col_store_review',
    status: 'active',
    assignees: [{ id: 'usr_lena' }],
    updated: { user: { name: 'Jason' }, token: null, via: 'web' },
  });
});

test('a card that is dragged lands where it was dropped', async () => {
  const toado = await startToado({ guide: sandboxGuide(LAUNCH) });
  const board = await openPage(`${toado.url}/projects/proj_storefront`);
  await markPage(board);
  const target = board.locator('#col_store_review .card').first();
  await board.locator('#t-7Kq2Mx').dragTo(target, { targetPosition: { x: 80, y: 4 } });
  await board.locator('#col_store_review .card').first().and(board.locator('#t-7Kq2Mx')).waitFor();
  await expect
    .poll(
      async () =>
        (await toado.request('GET', '/projects/proj_storefront/tickets?column_id=col_store_review')).body,
    )
    .toMatchObject({ items: [{ id: 't-7Kq2Mx' }, {}, {}] });
  await expectNotReloaded(board);
});

test('a new token is copied with one press, and the form that made it is not sent again', async () => {
  const toado = await startToado({ guide: sandboxGuide(LAUNCH) });
  const page = await openPage(`${toado.url}/settings/tokens/new`, {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await page.getByLabel('Label').fill('copied');
  await page.getByRole('button', { name: 'Create token' }).click();
  const token = (await page.locator('#token-text').innerText()).trim();
  await page.getByRole('button', { name: 'Copy the token' }).click();
  await page.getByText('Copied.').waitFor();
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(token);
  await page.getByRole('button', { name: 'Try it with this token' }).click();
  await page.getByRole('heading', { name: 'With this token' }).waitFor();
  await page.getByText('claude mcp add').first().waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Which token?' }).waitFor();
  expect(await page.content()).not.toContain(token);
});

test('Try it takes a ready-made token and shows a command that works', async () => {
  const toado = await startToado({ guide: sandboxGuide(LAUNCH) });
  const page = await openPage(`${toado.url}/try`);
  await page.getByLabel('Ready-made').selectOption('reader');
  await page.getByRole('combobox', { name: 'Client', exact: true }).selectOption('cursor');
  const configuration = JSON.parse(
    await page.getByText('"mcpServers"').filter({ visible: true }).innerText(),
  );
  const { args } = configuration.mcpServers['toado-sandbox'];
  expect(args).toEqual([LAUNCH.args[0], '--sandbox=reader', `--db=${toado.db}`]);
  const agent = await connect('sdk 1.x', { args: args.slice(1) });
  expect(await agent.text('whoami')).toContain('weekly numbers');
  await visit(page, `${toado.url}/settings/tokens/tkn_reader`);
  await page.locator('#token-facts', { hasText: 'just now' }).waitFor();
});

/** One space where the page has any white space. */
function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
