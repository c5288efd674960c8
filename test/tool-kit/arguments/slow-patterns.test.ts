/** Texts on which a pattern that looks back would take minutes: each is read in a moment. */
import { expect, test } from 'vitest';
import { commentBody, readTicketId } from '../../../src/tool-kit/arguments/parameters.ts';
import { listItems, withoutDecoration } from '../../../src/tool-kit/arguments/written-ids.ts';

test.each<[string, () => unknown]>([
  ['a link without an end', () => readTicketId(`[a](${' '.repeat(1_990)}`)],
  ['a link with a title without an end', () => readTicketId(`[a](x${' "'.repeat(900)}`)],
  ['brackets in front', () => readTicketId('['.repeat(1_990))],
  ['decoration all over', () => withoutDecoration(`${'*'.repeat(999)}a${'*'.repeat(999)}b`)],
  ['opened links', () => listItems('[a;'.repeat(300_000))],
  ['opened addresses', () => listItems('[a]('.repeat(200_000))],
  ['quotes that open', () => commentBody.safeParse('«\\n'.repeat(100_000))],
  ['quotes that open, and none closes', () => commentBody.safeParse(`\\n\\n${'“'.repeat(400_000)}`)],
  ['apostrophes', () => commentBody.safeParse(`\\n\\n${" '".repeat(200_000)}`)],
])('%s', (_, read) => {
  const began = performance.now();
  read();
  // The patterns before took tens of seconds; the rest is for a machine that is busy.
  expect(performance.now() - began).toBeLessThan(2_000);
});
