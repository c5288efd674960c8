/** A real Chromium: one that is installed, or else the one inside the npm package @sparticuz/chromium. */
import { existsSync, mkdirSync, rmdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
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

/** Nothing that asks the network by itself: a closed one makes it wait. One process draws all pages of a context. */
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
  '--disable-gpu',
  '--renderer-process-limit=1',
];

export async function launchChromium(): Promise<Browser> {
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath: await executable(),
    headless: true,
    // Chromium's own sandbox doesn't work for root.
    args: [...quiet, ...(isRoot ? ['--no-sandbox'] : [])],
  });
}

/** `CHROME_PATH` names the browser to use. */
async function executable(): Promise<string> {
  return process.env.CHROME_PATH || installed.find(existsSync) || oneAtATime(() => packaged.executablePath());
}

/** The package unpacks its browser at the first call; a second process must not start a half of it. */
async function oneAtATime<Result>(work: () => Promise<Result>): Promise<Result> {
  const lock = join(tmpdir(), 'toado-mcp-chromium.lock');
  while (!take(lock)) await setTimeout(50);
  try {
    return await work();
  } finally {
    rmdirSync(lock);
  }
}

function take(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    // Whoever took it and died a minute ago doesn't need it.
    if (existsSync(lock) && Date.now() - statSync(lock).mtimeMs > 60_000) rmdirSync(lock);
    return false;
  }
}
