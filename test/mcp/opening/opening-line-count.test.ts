import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const FOLDER = new URL('../../../src/mcp/opening/', import.meta.url);

/** What answers in the SDK's place stays small enough to be read at once. */
test('the opening is at most 350 lines', () => {
  const lines = readdirSync(FOLDER).map(
    (name) => readFileSync(new URL(name, FOLDER), 'utf8').trimEnd().split('\n').length,
  );
  expect(lines.reduce((sum, count) => sum + count)).toBeLessThanOrEqual(350);
});
