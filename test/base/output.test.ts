/** What commands print, and whether in colours. */
import { expect, onTestFinished, test } from 'vitest';
import { markdownTable, styled } from '../../src/base/output.ts';

/** Whether stdout is a terminal, and the two variables that people set. */
function looking(isTTY: boolean, env: Record<string, string>) {
  const before = { isTTY: process.stdout.isTTY, env: { ...process.env } };
  onTestFinished(() => {
    process.stdout.isTTY = before.isTTY;
    for (const name of ['NO_COLOR', 'FORCE_COLOR']) {
      delete process.env[name];
      if (before.env[name] !== undefined) process.env[name] = before.env[name];
    }
  });
  process.stdout.isTTY = isTTY;
  delete process.env.NO_COLOR;
  delete process.env.FORCE_COLOR;
  Object.assign(process.env, env);
}

test.each<[isTTY: boolean, env: Record<string, string>, hasColours: boolean]>([
  [true, {}, true],
  [true, { NO_COLOR: '1' }, false],
  [true, { NO_COLOR: '' }, true],
  [true, { FORCE_COLOR: '0' }, false],
  [true, { NO_COLOR: '1', FORCE_COLOR: '1' }, true],
  [false, {}, false],
  [false, { FORCE_COLOR: '1' }, true],
  [false, { FORCE_COLOR: '' }, false],
])('a terminal: %s, %o: colours: %s', (isTTY, env, hasColours) => {
  looking(isTTY, env);
  const shown = styled('green', 'ok');
  if (hasColours) expect(shown).toBe('\u001b[32mok\u001b[39m');
  else expect(shown).toBe('ok');
});

test('what stands in a cell does not end it', () => {
  expect(
    markdownTable([
      ['a', 'b'],
      ['x|y', ''],
    ]),
  ).toBe('| a | b |\n| --- | --- |\n| x\\|y |  |');
});
