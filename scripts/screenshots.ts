/** Takes the pictures that the README shows, of the sandbox's pages and of a report on experiments: `npm run pictures`. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { type AgentFunction, scripted } from '../src/experiments/agent/connected.ts';
import { scenarios } from '../src/experiments/built-in-scenarios/index.ts';
import { html } from '../src/experiments/report/html.ts';
import { runAll } from '../src/experiments/run/run-all.ts';
import { promptOf } from '../src/experiments/scenario/prompt.ts';
import { type Sandbox, startSandbox } from '../src/sandbox/index.ts';
import { launchChromium } from '../test/browser/chromium.ts';

const FOLDER = 'docs/pictures';
const MOST_BYTES = 250_000;

const data = mkdtempSync(join(tmpdir(), 'toado-mcp-pictures-'));
const browser = await launchChromium();
const screen = { deviceScaleFactor: 1.5, reducedMotion: 'reduce' } as const;
try {
  mkdirSync(FOLDER, { recursive: true });
  if (wanted('sandbox')) await picturesOfSandbox();
  if (wanted('experiments')) await pictureOfReport();
} finally {
  await browser.close();
  rmSync(data, { recursive: true, force: true });
}

/** All of them, or those that are named: `npm run pictures -- experiments`. */
function wanted(name: string): boolean {
  return process.argv.length === 2 || process.argv.includes(name);
}

async function picturesOfSandbox(): Promise<void> {
  const sandbox = await startSandbox({ db: join(data, 'sandbox.db'), reset: true });
  try {
    const context = await browser.newContext({ viewport: { width: 1360, height: 850 }, ...screen });
    const page = await context.newPage();
    await agentBegins(sandbox);
    await open(page, `${sandbox.url}/projects/proj_storefront`);
    await agentMoves(sandbox);
    await page.locator('#col_store_progress #t-7Kq2Mx').waitFor();
    await page.locator('.toast').waitFor();
    await take(page, 'board');

    await open(page, `${sandbox.url}/tickets/t-7Kq2Mx?panel=network&status=400&q=checkout`);
    await page.setViewportSize({ width: 1360, height: 1740 });
    await take(page, 'ticket');

    await page.setViewportSize({ width: 1360, height: 850 });
    await open(page, `${sandbox.url}/settings/tokens`);
    await take(page, 'tokens');
  } finally {
    await sandbox.close();
  }
}

/** What a scripted agent made of all scenarios, two tries each: it knows how, and is careless now and then. */
async function pictureOfReport(): Promise<void> {
  const tries = new Map<string, number>();
  const byPrompt = new Map(scenarios.map((scenario, at) => [promptOf(scenario), { scenario, at }]));
  const agent: AgentFunction = (input) => {
    const { scenario, at } = byPrompt.get(input.prompt)!;
    const before = tries.get(scenario.name) ?? 0;
    tries.set(scenario.name, before + 1);
    const isCareless = at % 4 === 1 ? before === 0 : at % 7 === 5;
    return scripted(isCareless ? scenario.wrong![0]! : scenario.solution!)(input);
  };
  const results = await runAll({
    scenarios,
    agent,
    agentName: 'a scripted agent, careless now and then',
    times: 2,
    parallel: availableParallelism(),
    timeoutMs: 120_000,
    shard: null,
    out: data,
  });
  const file = join(data, 'report.html');
  writeFileSync(file, html(results));
  const context = await browser.newContext({ viewport: { width: 1240, height: 880 }, ...screen });
  const page = await context.newPage();
  await page.goto(pathToFileURL(file).href);
  await page.locator('.runs a').first().waitFor();
  await take(page, 'experiments');
}

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.waitForSelector('[data-connection="open"]', { state: 'attached' });
  await page.evaluate('document.fonts.ready');
}

/** What Claude Code would do first: so that the pictures show what they are about. */
async function agentBegins(sandbox: Sandbox): Promise<void> {
  await write(sandbox, '/tickets/start-work', {
    ticket_ids: ['t-7Kq2Mx'],
    branch_name: 't-7Kq2Mx-checkout-session-422',
  });
  await write(sandbox, '/tickets/t-7Kq2Mx/comments', {
    body: 'Found it: since 4.18.0 `POST /api/checkout/session` sends amounts as they are shown. The API wants cents and answers 422 to `"1.249,00"`. Fixing it on `t-7Kq2Mx-checkout-session-422`.',
  });
  await write(sandbox, '/tickets/t-7Kq2Mx/assignees', { user_id: 'usr_jason' });
}

async function agentMoves(sandbox: Sandbox): Promise<void> {
  await write(sandbox, '/tickets/t-7Kq2Mx/move', { target_column_id: 'col_store_progress', position: 0 });
}

async function write(sandbox: Sandbox, path: string, body: unknown): Promise<void> {
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
