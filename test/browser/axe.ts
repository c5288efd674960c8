import axe from 'axe-core';
import type { Page } from 'playwright-core';

interface AxeResult {
  violations: { id: string; impact: string; nodes: { target: unknown; failureSummary: string }[] }[];
}

/** Everything that axe finds serious or critical, by rule and place. */
export async function seriousFindings(page: Page): Promise<string[]> {
  const isThere = await page.evaluate('"axe" in window');
  if (!isThere) await page.evaluate(axe.source);
  // What holds is not described: on a long page that takes longer than the rest.
  const options = { resultTypes: ['violations'] };
  const { violations } = (await page.evaluate(`axe.run(${JSON.stringify(options)})`)) as AxeResult;
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target}: ${failureSummary}`),
    );
}
