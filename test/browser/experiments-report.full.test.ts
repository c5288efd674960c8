import { expect, test } from 'vitest';
import { seriousFindings } from './axe.ts';
import { openPage, useBrowser } from './pages.ts';
import { reportFile } from './report-file.ts';

useBrowser();

test('opens within a second with 200 runs', async () => {
  const page = await openPage(reportFile());
  expect(await page.locator('.runs a').count()).toBe(200);
  // The page's own processor time: the machine may be busy with something else.
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.reload();
  await page.locator('.runs a').first().waitFor();
  const { metrics } = await session.send('Performance.getMetrics');
  const seconds = metrics.find(({ name }) => name === 'TaskDuration')!.value;
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThan(1);
});

for (const colorScheme of ['light', 'dark'] as const)
  test(`axe finds nothing serious in a report on a desktop, ${colorScheme}`, async () => {
    const page = await openPage(`${reportFile()}#fix-ticket-1`, { colorScheme });
    await page.locator('.run').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  });
