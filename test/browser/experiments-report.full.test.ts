/** report.html as a person opens it: from a file, without a network, on any screen. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { ExperimentError } from '../../src/experiments/base/error.ts';
import { html } from '../../src/experiments/report/html.ts';
import type { Results } from '../../src/experiments/run/results.ts';
import { toError } from '../../src/experiments/run/to-result.ts';
import { sampleResults } from '../experiments/report/sample-results.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { seriousFindings } from './axe.ts';
import { openPage, PHONE, useBrowser } from './pages.ts';
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

test('claims nothing of what could not be run', async () => {
  const results = sampleResults(2, 2);
  const error = (attempt: number) =>
    toError(results.scenarios[0]!.name, attempt, new ExperimentError('no model there'));
  const open = async (runs: Results['runs'], missing: string[] = []) => {
    const file = join(temporaryFolder(), 'report.html');
    writeFileSync(file, html({ ...results, runs, missing }));
    return openPage(pathToFileURL(file).href);
  };

  const half = await open([error(1), error(2), ...results.runs.slice(2)]);
  const [first, second] = await half.locator('tbody tr').allInnerTexts();
  expect(first).toContain('0 of 0');
  expect(first).not.toContain('%');
  expect(second).toContain('%');
  expect(await half.locator('.plot circle').count()).toBe(1);

  const none = await open([error(1), error(2)], [`${results.scenarios[1]!.name}-1`]);
  expect(await none.locator('.facts').innerText()).not.toContain('%');
  expect(await none.locator('.facts').innerText()).toContain('Not run');
  expect(await none.locator('body').innerText()).toContain(`Not done: ${results.scenarios[1]!.name}-1.`);

  const empty = await open([]);
  expect(await empty.locator('body').innerText()).not.toMatch(/NaN|undefined|Infinity/);
});

test('on a phone, in dark, nothing scrolls sideways but what has to, and axe finds nothing', async () => {
  const page = await openPage(`${reportFile()}#fix-ticket-1`, {
    colorScheme: 'dark',
    viewport: PHONE,
    hasTouch: true,
  });
  await page.locator('.run').waitFor();
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(PHONE.width);
  expect(await seriousFindings(page)).toEqual([]);
});

test('light and dark can be chosen', async () => {
  const page = await openPage(reportFile(), { colorScheme: 'light' });
  const ground = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
  const light = await ground();
  await page.getByRole('button', { name: 'Light or dark' }).click();
  expect(await ground()).not.toBe(light);
});
