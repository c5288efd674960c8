/** The same as in `rest-styles.test.ts`, on each of the conventions. */
import { expect, test } from 'vitest';
import { runToEnd } from '../support/command.ts';
import { STYLES } from '../support/rest-styles/index.ts';
import { startStyledApi } from '../support/styled-api.ts';
import { speaksAs } from '../support/styled-story.ts';

test.each(Object.keys(STYLES))('%s', speaksAs, 120_000);

test.each(Object.keys(STYLES))('doctor --probe understands it: %s', async (style) => {
  const api = await startStyledApi(STYLES[style]!);
  const { stdout } = await runToEnd(['doctor', '--probe', '--json'], { env: api.env() });
  const { probe } = JSON.parse(stdout) as { probe: { routes: { verdict: string }[] } };
  const { routes } = probe;
  const asked = routes.filter(({ verdict }) => verdict !== 'not probed');
  expect(asked.length).toBeGreaterThan(8);
  for (const one of asked) expect(['confirmed', 'understood'], JSON.stringify(one)).toContain(one.verdict);
  expect(api.requests.length).toBeLessThanOrEqual(30);
}, 60_000);
