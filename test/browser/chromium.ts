/** A real Chromium: one that is installed, or else the one inside the npm package @sparticuz/chromium. */
import { existsSync } from 'node:fs';
import packaged from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Nothing that asks the network by itself: a closed one makes it wait. */
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
  '--disable-gpu',
];

/** `CHROME_PATH` names the browser to use. */
async function executable(): Promise<string> {
  const named = process.env.CHROME_PATH;
  if (named) return named;
  return installed.find(existsSync) ?? (await packaged.executablePath());
}

export async function launchChromium(): Promise<Browser> {
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath: await executable(),
    headless: true,
    // Chromium's own sandbox doesn't work for root.
    args: [...quiet, ...(isRoot ? ['--no-sandbox'] : [])],
  });
}
