import { expect } from 'vitest';
import { startToado } from '../../support/toado.ts';
import { expectNothingOf, probe, reads } from './probe.ts';

/** Each reading route is confirmed, or understood in a way that is told. */
export async function everyReadIsTold(dialect: string): Promise<void> {
  const toado = await startToado({ dialect });
  const { routes, report } = await probe(toado);
  for (const one of reads(routes)) {
    expect(['confirmed', 'understood'], JSON.stringify(one)).toContain(one.verdict);
    expect(one.how.length > 0).toBe(one.verdict === 'understood');
  }
  await expectNothingOf(toado, report);
}
