/** Every kind of settings that can't be used, with a client that asks. */
import { expect, test } from 'vitest';
import { expectServesWhoami, toadoThatCounts, WRONG } from './wrong-settings.ts';

test.each(WRONG)('%s: whoami alone, which says it', { timeout: 60_000 }, async (...wrong) => {
  const toado = await toadoThatCounts();
  await expectServesWhoami(wrong, toado.url);
  expect(toado.requests()).toBe(0);
});
