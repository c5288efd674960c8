/** Takes the pictures of the sandbox's pages that the README shows: `npm run pictures`. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { startSandbox } from '../src/sandbox/index.ts';
import { launchChromium } from '../test/browser/chromium.ts';

const FOLDER = 'docs/pictures';
const MOST_BYTES = 250_000;

const data = mkdtempSync(join(tmpdir(), 'toado-mcp-pictures-'));
const sandbox = await startSandbox({ db: join(data, 'sandbox.db'), reset: true });
const browser = await launchChromium();
try {
  mkdirSync(FOLDER, { recursive: true });
  const context = await browser.newContext({
    viewport: { width: 1360, height: 850 },
    deviceScaleFactor: 1.5,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await agentBegins();
  await open(page, '/projects/proj_storefront');
  await agentMoves();
  await page.locator('#col_store_progress #t-7Kq2Mx').waitFor();
  await page.locator('.toast').waitFor();
  await take(page, 'board');

  await open(page, '/tickets/t-7Kq2Mx?panel=network&status=400&q=checkout');
  await page.setViewportSize({ width: 1360, height: 1740 });
  await take(page, 'ticket');

  await page.setViewportSize({ width: 1360, height: 850 });
  await open(page, '/settings/tokens');
  await take(page, 'tokens');
} finally {
  await browser.close();
  await sandbox.close();
  rmSync(data, { recursive: true, force: true });
}

async function open(page: Page, path: string): Promise<void> {
  await page.goto(sandbox.url + path);
  await page.waitForSelector('[data-connection="open"]', { state: 'attached' });
  await page.evaluate('document.fonts.ready');
}

/** What Claude Code would do first: so that the pictures show what they are about. */
async function agentBegins(): Promise<void> {
  await write('/tickets/start-work', {
    ticket_ids: ['t-7Kq2Mx'],
    branch_name: 't-7Kq2Mx-checkout-session-422',
  });
  await write('/tickets/t-7Kq2Mx/comments', {
    body: 'Found it: since 4.18.0 `POST /api/checkout/session` sends amounts as they are shown. The API wants cents and answers 422 to `"1.249,00"`. Fixing it on `t-7Kq2Mx-checkout-session-422`.',
  });
  await write('/tickets/t-7Kq2Mx/assignees', { user_id: 'usr_jason' });
}

async function agentMoves(): Promise<void> {
  await write('/tickets/t-7Kq2Mx/move', { target_column_id: 'col_store_progress', position: 0 });
}

async function write(path: string, body: unknown): Promise<void> {
  const token = sandbox.readyTokens.find(({ name }) => name === 'triage')!.token;
  const answer = await fetch(sandbox.apiUrl + path, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'x-toado-client': 'mcp',
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
}

/** As few colours as a page has, so that the file is small. */
async function take(page: Page, name: string): Promise<void> {
  const png = await sharp(await page.screenshot())
    .png({ palette: true, quality: 100, dither: 0.6, effort: 10 })
    .toBuffer();
  if (png.length > MOST_BYTES)
    throw new Error(`${name}.png has ${png.length} bytes, more than ${MOST_BYTES}.`);
  writeFileSync(join(FOLDER, `${name}.png`), png);
  console.error(`${FOLDER}/${name}.png: ${Math.round(png.length / 1000)} kB`);
}
