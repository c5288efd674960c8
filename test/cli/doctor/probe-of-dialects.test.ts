import { describe, expect, test } from 'vitest';
import { DIALECTS } from '../../../src/sandbox/index.ts';
import { startToado } from '../../support/toado.ts';
import { expectNothingOf, probe, reads } from './probe.ts';

describe.each(Object.keys(DIALECTS))('%s', (dialect) => {
  test('every read is confirmed or understood, and says how', async () => {
    const toado = await startToado({ dialect });
    const { routes, report } = await probe(toado);
    for (const one of reads(routes)) {
      expect(['confirmed', 'understood'], JSON.stringify(one)).toContain(one.verdict);
      expect(one.how.length > 0).toBe(one.verdict === 'understood');
    }
    await expectNothingOf(toado, report);
  });
});
