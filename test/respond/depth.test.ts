/** What lies deeper than anybody reads is left out, and that it was is said. */
import { expect, test } from 'vitest';
import { Slices } from '../../src/base/time-slices.ts';
import { respond } from '../../src/respond/respond.ts';
import { sanitize } from '../../src/respond/sanitize.ts';

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

test('wide objects inside of a wide one are left out where together they are far too much, and every field is counted', async () => {
  const [outer, inner] = [4_900, 200];
  const row = Object.fromEntries(Array.from({ length: inner }, (_, at) => [`g${at}`, at]));
  const wide = Object.fromEntries(Array.from({ length: outer }, (_, at) => [`f${at}`, row]));
  const { data, omitted } = await sanitize({ id: 't-1', wide }, 8_000, new Slices());
  const kept = Object.values(data.wide as Record<string, object>);
  expect(JSON.stringify(data).length).toBeLessThan(500_000);
  const inside = kept.reduce((sum, one) => sum + Object.keys(one).length, 0);
  // Of the objects that are shown each field is counted; of the others the objects.
  expect(omitted).toBe(kept.length * inner - inside + outer - kept.length);
});
