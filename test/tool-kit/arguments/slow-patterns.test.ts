/** Texts on which a pattern that looks back would take minutes: each is read in a moment. */
import { expect, test } from 'vitest';
import { fittingName, fittingPerson } from '../../../src/tool-kit/arguments/name-forms.ts';
import { commentBody, readTicketId } from '../../../src/tool-kit/arguments/parameters.ts';
import { listItems, withoutDecoration } from '../../../src/tool-kit/arguments/written-ids.ts';

/** As many as nobody has. */
const named = (name: string) => Array.from({ length: 500 }, (_, at) => ({ id: `col_${at}`, name }));

test.each<[string, () => unknown]>([
  ['a link without an end', () => readTicketId(`[a](${' '.repeat(1_990)}`)],
  ['a link with a title without an end', () => readTicketId(`[a](x${' "'.repeat(900)}`)],
  ['brackets in front', () => readTicketId('['.repeat(1_990))],
  ['decoration all over', () => withoutDecoration(`${'*'.repeat(999)}a${'*'.repeat(999)}b`)],
  ['opened links', () => listItems('[a;'.repeat(300_000))],
  ['opened addresses', () => listItems('[a]('.repeat(200_000))],
  ['quotes that open', () => commentBody.safeParse('«\\n'.repeat(100_000))],
  ['quotes that open, and none closes', () => commentBody.safeParse(`\\n\\n${'“'.repeat(400_000)}`)],
  ['a board of pictures', () => fittingName('done', named(`x${' 🚀'.repeat(330)}y`))],
  ['joined pictures', () => fittingName('done', named('👩\u200d'.repeat(333)))],
  ['names of one letter', () => fittingName('done', named('a_'.repeat(500)))],
  ['people', () => fittingPerson(`<${'a@'.repeat(400)}`, named('a-'.repeat(500)))],
  ['apostrophes', () => commentBody.safeParse(`\\n\\n${" '".repeat(200_000)}`)],
])('%s', (_, read) => {
  const began = process.cpuUsage();
  read();
  const { user } = process.cpuUsage(began);
  // The patterns before took tens of seconds.
  expect(user / 1_000).toBeLessThan(2_000);
});
