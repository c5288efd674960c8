/** Every page held against axe's rules, in light on a desktop and in dark on a phone. */
import { expect } from 'vitest';
import { sandboxGuide } from '../../src/cli/target/sandbox-guide.ts';
import { startToado } from '../support/toado.ts';
import { seriousFindings } from './axe.ts';
import { openPage, PHONE, visit } from './pages.ts';

const PLACES = {
  board: '/projects/proj_storefront',
  archived: '/projects/proj_storefront/archived',
  drafts: '/projects/proj_storefront/drafts',
  search: '/search?q=checkout',
  'empty search': '/search?q=zzzzzz',
  'ticket, errors': '/tickets/t-7Kq2Mx',
  // The other panels of smaller captures: axe looks at every row.
  'ticket, console': '/tickets/t-Spn9Kr?panel=console',
  'ticket, network': '/tickets/t-Spn9Kr?panel=network&status=400',
  'ticket, performance': '/tickets/t-Av4413?panel=performance',
  'hostile ticket': '/tickets/t-Inj3ct',
  tokens: '/settings/tokens',
  'new token': '/settings/tokens/new',
  'one token': '/settings/tokens/tkn_triage',
  'Arabic ticket': '/tickets/t-R2Lshp',
  limits: '/settings/limits',
  'try it': '/try?with=triage',
  'not found': '/tickets/t-000000',
};

/** @param devices on each page, or by turns: half of the time. */
export async function axeFindsNothing(devices: 'both' | 'by turns'): Promise<void> {
  const toado = await startToado({ guide: sandboxGuide({ command: 'node', args: ['main.js'] }) });
  const page = await openPage(toado.url, { colorScheme: 'light', reducedMotion: 'reduce' });
  const desktop = page.viewportSize()!;
  const protocol = await page.context().newCDPSession(page);
  const hold = async (device: 'desktop' | 'phone') => {
    const isPhone = device === 'phone';
    await page.emulateMedia({ colorScheme: isPhone ? 'dark' : 'light' });
    await protocol.send('Emulation.setTouchEmulationEnabled', { enabled: isPhone });
    await page.setViewportSize(isPhone ? PHONE : desktop);
  };
  let count = 0;
  const findingsOf = async () => {
    const turn = count++ % 2 === 0 ? 'phone' : 'desktop';
    const isHeld = (device: 'desktop' | 'phone') => devices === 'both' || turn === device;
    const found = isHeld('desktop') ? await seriousFindings(page) : [];
    await hold('phone');
    const onPhone = isHeld('phone') ? await seriousFindings(page) : [];
    const width = await page.evaluate('document.documentElement.scrollWidth');
    await hold('desktop');
    return { width, found: [...found, ...onPhone.map((one) => `phone, dark: ${one}`)] };
  };
  const findings: Record<string, string[]> = {};
  const widths: Record<string, unknown> = {};
  for (const [name, path] of Object.entries(PLACES)) {
    await visit(page, toado.url + path);
    const { found, width } = await findingsOf();
    findings[name] = found;
    widths[name] = width;
  }
  await visit(page, `${toado.url}/projects/proj_storefront`);
  await page.getByRole('button', { name: 'New ticket' }).click();
  findings['new ticket'] = (await findingsOf()).found;
  await visit(page, `${toado.url}/settings/tokens/new`);
  await page.getByLabel('Label').fill('made by axe');
  await page.getByRole('button', { name: 'Create token' }).click();
  await page.locator('#token-text').waitFor();
  findings['token made'] = (await findingsOf()).found;
  await visit(page, `${toado.url}/settings/tokens`);
  await page
    .getByRole('button', { name: /^Revoke / })
    .first()
    .click();
  findings.revoking = (await findingsOf()).found;
  for (const [name, key] of [
    ['keys', '?'],
    ['go to', 'Control+k'],
  ] as const) {
    await visit(page, `${toado.url}/projects/proj_storefront`);
    await page.keyboard.press(key);
    await page.locator('dialog[open]').waitFor();
    findings[name] = (await findingsOf()).found;
  }
  expect(Object.entries(findings).filter(([, found]) => found.length > 0)).toEqual([]);
  expect(new Set(Object.values(widths)), JSON.stringify(widths)).toEqual(new Set([PHONE.width]));
}
