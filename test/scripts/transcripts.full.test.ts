import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { play, WAYS } from '../../scripts/transcripts/play.ts';
import { BEGIN, END, tables } from '../../scripts/transcripts/table.ts';

/** Ids and times differ a little each time, and stories are edited; a page that is off by more is out of date. */
const TOLERANCE = 0.05;
const FIGURE = /\d[\d,]*(?:\.\d+)?/g;

test('what Toado’s documented workflows cost to read, and the page that says so', async () => {
  const played = await play();
  const [ours, raw, careful] = WAYS.map((way) =>
    played.transcripts[way].map(({ steps }) => steps.reduce((sum, { tokens }) => sum + tokens, 0)),
  );
  const [fix, triage, verify] = ours!;
  // 3,097, 9,785 and 5,435 before the text said each thing once.
  expect(fix).toBeLessThan(2_700);
  expect(triage).toBeLessThan(8_300);
  expect(verify).toBeLessThan(4_000);
  for (const at of [0, 1, 2]) {
    expect(ours![at]).toBeLessThan(raw![at]!);
    expect(ours![at]).toBeLessThan(careful![at]!);
  }
  for (const { steps } of played.transcripts['toado-mcp'])
    for (const { what, tokens } of steps) expect(tokens, what).toBeLessThan(2_500);

  const fresh = tables(played);
  console.log(fresh.split('\n\n').slice(0, 2).join('\n\n'));
  const page = readFileSync(new URL('../../docs/transcripts.md', import.meta.url), 'utf8');
  const written = page.slice(page.indexOf(BEGIN) + BEGIN.length, page.indexOf(END)).trim();
  const hint = 'out of date: npm run transcripts -- --write';
  expect(written.replace(FIGURE, '#'), hint).toBe(fresh.replace(FIGURE, '#'));
  const figures = (text: string) => (text.match(FIGURE) ?? []).map((one) => Number(one.replaceAll(',', '')));
  for (const [at, figure] of figures(fresh).entries()) {
    const shown = figures(written)[at]!;
    expect(Math.abs(shown - figure), `${hint} (${shown} is ${figure} now)`).toBeLessThanOrEqual(
      Math.max(20, figure * TOLERANCE),
    );
  }
}, 120_000);
