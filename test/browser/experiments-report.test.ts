/** report.html as a person opens it: from a file, without a network. */
import { expect, test } from 'vitest';
import { openPage, useBrowser } from './pages.ts';
import { reportFile } from './report-file.ts';

useBrowser();

test('shows the numbers, and a run with its time line, checks and board', async () => {
  const page = await openPage(reportFile());
  expect(await page.locator('.facts').innerText()).toContain('150 of 200');
  expect(await page.locator('tbody tr').count()).toBe(20);
  expect(await page.locator('.plot circle').count()).toBe(20);
  await page.locator('a[href="#fix-ticket-1"]').click();
  const run = page.getByRole('region', { name: 'Run fix-ticket-1' });
  await run.waitFor();
  expect(await run.locator('.time li').count()).toBe(31);
  expect(await run.innerText()).toContain('answer lost');
  expect(await run.innerText()).toContain('t-000002 ends in In Review');
  expect(await run.locator('.board').first().getByText('Checkout is broken').count()).toBe(1);
  // A link to a run leads there.
  await page.reload();
  await run.waitFor();
  // What agents wrote stays text.
  expect(await page.title()).toBe('Toado experiments');
  expect(await page.locator('.run img').count()).toBe(0);
});
