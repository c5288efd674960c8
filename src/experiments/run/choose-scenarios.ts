/** Which scenarios there are, those that come with the program and a person's own, and which of them are meant. */
import { thereIsNo } from '../../base/nearest.ts';
import { ExperimentError } from '../base/error.ts';
import { readScenarios } from '../scenario/read-files.ts';
import type { Scenario } from '../scenario/schema.ts';

export async function builtInScenarios(): Promise<Scenario[]> {
  return (await import('../built-in-scenarios/index.ts')).scenarios;
}

/** Every scenario there is, those of the folder last; one of its may stand in for a built-in one of that name. */
export async function loadScenarios(folder?: string): Promise<Scenario[]> {
  const byName = new Map((await builtInScenarios()).map((one) => [one.name, one]));
  if (folder !== undefined) for (const one of await readScenarios(folder)) byName.set(one.name, one);
  return [...byName.values()];
}

/** `all`, or names; in the order in which they are listed. */
export function chosen(all: readonly Scenario[], names: readonly string[]): Scenario[] {
  const known = all.map(({ name }) => name);
  for (const name of names) {
    if (name === 'all' || known.includes(name)) continue;
    throw new ExperimentError(
      `${thereIsNo('scenario', name, known)} \`toado-mcp experiments list\` names them all.`,
    );
  }
  if (names.length === 0) throw new ExperimentError('name at least one scenario, or `all`.');
  return names.includes('all') ? [...all] : all.filter(({ name }) => names.includes(name));
}
