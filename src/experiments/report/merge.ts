/** The parts that several machines ran, as the one result that one machine would have. */
import { ExperimentError } from '../base/error.ts';
import { nameOf, planned } from '../run/plan.ts';
import type { Results } from '../run/results.ts';

/** What makes runs comparable. */
const DECISIVE: [what: string, of: (results: Results) => unknown][] = [
  ['the agent is', ({ agent }) => agent],
  ['the version of toado-mcp is', ({ program }) => program],
  ['the scenarios are', ({ plan }) => plan.scenarios],
  ['--times is', ({ plan }) => plan.times],
  ['the scenarios’ tasks are', ({ scenarios }) => scenarios],
];

/** @throws ExperimentError where they are not parts of the same. */
export function mergeResults(parts: readonly { folder: string; results: Results }[]): Results {
  const [first] = parts;
  if (!first) throw new ExperimentError('name the folders to merge.');
  const { scenarios, times } = first.results.plan;
  for (const { folder, results } of parts) {
    const different = DECISIVE.find(
      ([, of]) => JSON.stringify(of(results)) !== JSON.stringify(of(first.results)),
    );
    if (different)
      throw new ExperimentError(
        `${folder} is not a part of the same as ${first.folder}: ${different[0]} not the same in both.`,
      );
  }
  const runs = new Map<string, Results['runs'][number]>();
  for (const { folder, results } of parts) {
    for (const run of results.runs) {
      if (runs.has(nameOf(run)))
        throw new ExperimentError(`${folder} holds ${nameOf(run)}, which another folder holds, too.`);
      runs.set(nameOf(run), run);
    }
  }
  const plan = planned(scenarios, times).map(nameOf);
  return {
    ...first.results,
    started_at: parts.map(({ results }) => results.started_at).sort()[0]!,
    plan: { scenarios, times, shard: null },
    runs: plan.flatMap((name) => runs.get(name) ?? []),
    missing: plan.filter((name) => !runs.has(name)),
  };
}
