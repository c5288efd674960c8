/** The story of every tool on an API of a well-known convention, compared with the contract's. */
import { expect } from 'vitest';
import { STYLES } from './rest-styles/index.ts';
import { comparable, missing, play, playOn } from './story.ts';
import { startStyledApi } from './styled-api.ts';

let plain: ReturnType<typeof play> | undefined;

export async function speaksAs(style: string): Promise<void> {
  plain ??= play();
  const api = await startStyledApi(STYLES[style]!);
  const { steps } = await playOn(api.env());
  for (const { text, step } of steps) expect(text, step).not.toContain('outcome_unknown');
  const expected = comparable((await plain).steps, true);
  expect(missing(expected, comparable(steps, true))).toEqual([]);
  expect(steps.at(-1)!.text).toMatch(/ticket/i);
}
