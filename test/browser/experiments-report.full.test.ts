import { expect, test } from 'vitest';
import { seriousFindings } from './axe.ts';
import { openPage, useBrowser } from './pages.ts';
import { reportFile } from './report-file.ts';

useBrowser();

for (const colorScheme of ['light', 'dark'] as const)
  test(`axe finds nothing serious in a report on a desktop, ${colorScheme}`, async () => {
    const page = await openPage(`${reportFile()}#fix-ticket-1`, { colorScheme });
    await page.locator('.run').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  });
