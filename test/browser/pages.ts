/** Pages of a sandbox, as a person has them before them. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { beforeAll, expect, onTestFinished, vi } from 'vitest';
import { sandboxGuide } from '../../src/cli/target/sandbox-guide.ts';
import { startToado } from '../support/toado.ts';
import { launchChromium } from './chromium.ts';

let launched: Promise<Browser> | undefined;
let browser: Browser;

/** To be called once in a file: one browser for all tests of this process, with which it ends. */
export function useBrowser(): void {
  vi.setConfig({ testTimeout: 90_000 });
  beforeAll(async () => {
    launched ??= launchChromium();
    browser = await launched;
  }, 60_000);
}

/** A sandbox whose pages know how clients are connected. */
export const startGuided = () => startToado({ guide: sandboxGuide({ command: 'node', args: ['main.js'] }) });

export const PHONE = { width: 390, height: 844 };

/** A page of its own, with its own cookies. What its console complains about fails the test, unless it may. */
export async function openPage(
  address: string,
  { mayComplain = false, ...options }: BrowserContextOptions & { mayComplain?: boolean } = {},
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1360, height: 860 }, ...options });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    // A refusal that a test asks for is a failed request, and the browser says so.
    if (message.type() !== 'error' || /status of 40\d/.test(message.text())) return;
    complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  onTestFinished(async () => {
    await context.close();
    if (!mayComplain) expect(complaints).toEqual([]);
  });
  await visit(page, address);
  return page;
}

/** Goes there and waits until the page hears of changes. */
export async function visit(page: Page, address: string): Promise<void> {
  await page.goto(address);
  if (!(await runsScripts(page))) return;
  await page.waitForSelector('[data-connection="open"]', { state: 'attached' });
}

/** The page's own script marks the page as one that it serves. */
async function runsScripts(page: Page): Promise<boolean> {
  return (await page.locator('html.has-script').count()) > 0;
}

/** Sets a mark that a reload would wipe off. */
export async function markPage(page: Page): Promise<void> {
  await page.evaluate(`document.documentElement.setAttribute('data-test-mark', 'still here')`);
}

export async function expectNotReloaded(page: Page): Promise<void> {
  expect(await page.getAttribute('html', 'data-test-mark')).toBe('still here');
}
