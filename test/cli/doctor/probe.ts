/** What a probe found, and that nothing of the content is in it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { runHere } from '../../support/command.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import type { Toado } from '../../support/toado.ts';

export interface Probed {
  route: string;
  method: string;
  verdict: string;
  status?: number;
  how: string[];
}

export async function probe(toado: Toado, token = 'triage') {
  const file = join(temporaryFolder(), 'report.md');
  const { stdout, stderr } = await runHere(
    ['doctor', '--probe', '--json', '--report', file],
    toado.env(token),
  );
  const { probe: found } = JSON.parse(stdout) as {
    probe: { routes: Probed[]; headers: Record<string, boolean>; requests: number };
  };
  return { ...found, report: readFileSync(file, 'utf8'), stdout, stderr };
}

export const reads = (routes: Probed[]) => routes.filter(({ method }) => method === 'GET');
export const verdicts = (routes: Probed[]) => new Set(reads(routes).map(({ verdict }) => verdict));

/** Words of the content, ids and the token: none of them may stand in a report. */
export async function expectNothingOf(toado: Toado, report: string, token = 'triage'): Promise<void> {
  for (const word of ['Storefront', 'Acme', 'Jason', 'co_acme', 'proj_', 'usr_', 'tkn_', toado.token(token)])
    expect(report).not.toContain(word);
  expect(report).not.toMatch(/\bt-[A-Za-z0-9]{6}\b/);
}
