/** What lies deeper than anybody reads is left out, and that it was is said. */
import { expect, test } from 'vitest';
import { respond } from '../../src/respond/respond.ts';

function nested(depth: number, innermost: unknown): Record<string, unknown> {
  let value: unknown = innermost;
  for (let level = 0; level < depth; level++) value = { inside: value };
  return { top: value };
}

test.each([
  ['an object', { text: 'x'.repeat(20_000) }],
  ['a list', ['x'.repeat(20_000)]],
])('%s, deep inside', (_, innermost) => {
  const { content } = respond({ data: nested(12, innermost) }, { tokens: 600, structured: false });
  const said = content.map((one) => ('text' in one ? one.text : '')).join();
  expect(said).toMatch(/1 entries inside it were left out/);
  expect(said.length).toBeLessThan(4_000);
});
