/** What lies deeper than anybody reads is left out, and that it was is said. */
import { expect, test } from 'vitest';
import { respond } from '../../src/respond/respond.ts';

function nested(depth: number, innermost: unknown): Record<string, unknown> {
  let value: unknown = innermost;
  for (let level = 0; level < depth; level++) value = { inside: value };
  return { top: value };
}

const WIDE = Object.fromEntries(Array.from({ length: 400 }, (_, at) => [`field_${at}`, `value ${at}`]));

test('an object that lies too deep is left out, and counted', async () => {
  const { content } = await respond({ data: nested(9, WIDE) }, { tokens: 600, structured: false });
  const said = content.map((one) => ('text' in one ? one.text : '')).join();
  expect(said).toMatch(/\b1 entries inside it were left out/);
  expect(said).not.toContain('value 0');
  expect(said.length).toBeLessThan(4_000);
});
