import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** What answers in the SDK's place stays small enough to be read at once. */
test('the opening is at most 350 lines', () => {
  const lines = ['opening', 'plain-messages'].map(
    (name) =>
      readFileSync(new URL(`../../../src/mcp/opening/${name}.ts`, import.meta.url), 'utf8')
        .trimEnd()
        .split('\n').length,
  );
  expect(lines[0]! + lines[1]!).toBeLessThanOrEqual(350);
});
