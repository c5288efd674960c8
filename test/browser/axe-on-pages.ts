/** Pages held against axe's rules, in light on a desktop and in dark on a phone. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { seriousFindings } from './axe.ts';
import { openPage, PHONE, startGuided, visit } from './pages.ts';

interface Place {
  path: string;
  /** What somebody does there first. */
  open?: (page: Page) => Promise<void>;
}

const BOARD = '/projects/proj_storefront';

function dialogAfter(key: string): Place {
  return {
    path: BOARD,
    open: async (page) => {
      await page.keyboard.press(key);
      await page.locator('dialog[open]').waitFor();
    },
  };
}

/** Where people are most of the time. */
export const USUAL_PLACES: Record<string, Place> = {
  board: { path: BOARD },
  'new ticket': {
    path: BOARD,
    open: (page) => page.getByRole('button', { name: 'New ticket' }).click(),
  },
  'ticket, network': { path: '/tickets/t-Spn9Kr?panel=network&status=400' },
  tokens: { path: '/settings/tokens' },
};

export const EVERY_PLACE: Record<string, Place> = {
  ...USUAL_PLACES,
  'ticket, errors': { path: '/tickets/t-7Kq2Mx' },
  archived: { path: `${BOARD}/archived` },
  drafts: { path: `${BOARD}/drafts` },
  search: { path: '/search?q=checkout' },
  'empty search': { path: '/search?q=zzzzzz' },
  // The other panels of smaller captures: axe looks at every row.
  'ticket, console': { path: '/tickets/t-Spn9Kr?panel=console' },
  'ticket, performance': { path: '/tickets/t-Av4413?panel=performance' },
  'hostile ticket': { path: '/tickets/t-Inj3ct' },
  'new token': { path: '/settings/tokens/new' },
  'one token': { path: '/settings/tokens/tkn_triage' },
  'Arabic ticket': { path: '/tickets/t-R2Lshp' },
  limits: { path: '/settings/limits' },
  'try it': { path: '/try?with=triage' },
  'not found': { path: '/tickets/t-000000' },
  'token made': {
    path: '/settings/tokens/new',
    open: async (page) => {
      await page.getByLabel('Label').fill('made by axe');
      await page.getByRole('button', { name: 'Create token' }).click();
      await page.locator('#token-text').waitFor();
    },
  },
  revoking: {
    path: '/settings/tokens',
    open: (page) =>
      page
        .getByRole('button', { name: /^Revoke / })
        .first()
        .click(),
  },
  keys: dialogAfter('?'),
  'go to': dialogAfter('Control+k'),
};

export async function axeFindsNothing(places: Record<string, Place>): Promise<void> {
  const toado = await startGuided();
  const page = await openPage(toado.url, { colorScheme: 'light', reducedMotion: 'reduce' });
  const desktop = page.viewportSize()!;
  const protocol = await page.context().newCDPSession(page);
  const hold = async (device: 'desktop' | 'phone') => {
    const isPhone = device === 'phone';
    await page.emulateMedia({ colorScheme: isPhone ? 'dark' : 'light' });
    await protocol.send('Emulation.setTouchEmulationEnabled', { enabled: isPhone });
    await page.setViewportSize(isPhone ? PHONE : desktop);
  };
  const findings: Record<string, string[]> = {};
  const widths: Record<string, unknown> = {};
  for (const [name, { path, open }] of Object.entries(places)) {
    await visit(page, toado.url + path);
    await open?.(page);
    const onDesktop = await seriousFindings(page);
    await hold('phone');
    const onPhone = await seriousFindings(page);
    widths[name] = await page.evaluate('document.documentElement.scrollWidth');
    await hold('desktop');
    findings[name] = [...onDesktop, ...onPhone.map((one) => `phone, dark: ${one}`)];
  }
  expect(Object.entries(findings).filter(([, found]) => found.length > 0)).toEqual([]);
  expect(new Set(Object.values(widths)), JSON.stringify(widths)).toEqual(new Set([PHONE.width]));
}
