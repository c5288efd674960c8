/** `experiments check`: a scenario that can't be passed, or can't be failed, tells nothing. */
import pLimit from 'p-limit';
import { columns, print } from '../../base/output.ts';
import { scripted } from '../agent/connected.ts';
import { ExperimentError } from '../base/error.ts';
import { chosen, loadScenarios } from '../run/choose-scenarios.ts';
import { type Run, runOnce } from '../run/run-scenario.ts';
import { readScenarios } from '../scenario/read-files.ts';
import type { Scenario, Script } from '../scenario/schema.ts';

const TIMEOUT_MS = 120_000;

interface Trial {
  scenario: Scenario;
  name: string;
  script: Script;
  /** Part of the label of a check that has to fail; undefined: all have to hold. */
  fails?: string;
}

export async function check(
  names: readonly string[],
  { scenarios: folder, parallel }: { scenarios?: string; parallel: number },
): Promise<void> {
  const meant =
    names.length === 0 && folder !== undefined
      ? await readScenarios(folder)
      : chosen(await loadScenarios(folder), names.length === 0 ? ['all'] : names);
  const trials = meant.flatMap(trialsOf);
  const inTurn = pLimit(parallel);
  const rows = await Promise.all(trials.map((trial) => inTurn(() => rowOf(trial))));
  await print(columns(rows));
  const bad = rows.filter(([, verdict]) => verdict !== 'as it should');
  if (bad.length > 0) process.exitCode = 1;
}

function trialsOf(scenario: Scenario): Trial[] {
  const { solution, wrong = [] } = scenario;
  if (!solution) throw new ExperimentError(`${scenario.name} has no solution to be held against.`);
  return [
    { scenario, name: 'solution', script: solution },
    { scenario, name: 'idle', script: { calls: [], answer: '' }, fails: '' },
    ...wrong.map(({ name, fails, calls, answer }) => ({ scenario, name, script: { calls, answer }, fails })),
  ];
}

async function rowOf(trial: Trial): Promise<string[]> {
  const run = await runOnce(trial.scenario, scripted(trial.script), { timeoutMs: TIMEOUT_MS });
  return [`${trial.scenario.name}: ${trial.name}`, problemWith(trial, run) ?? 'as it should'];
}

/** What is wrong with the scenario, as far as this trial tells. */
export function problemWith(
  { fails }: Pick<Trial, 'fails'>,
  { grade }: Pick<Run, 'grade'>,
): string | undefined {
  const failed = grade.checks.filter(({ must, held }) => must && !held);
  const which = failed.map(({ label, saw }) => `${label} (${saw})`).join('; ');
  if (fails === undefined) return failed.length === 0 ? undefined : `should pass, and fails: ${which}`;
  if (failed.length === 0) return 'should fail, and passes';
  if (failed.some(({ label, kind }) => label.toLowerCase().includes(fails.toLowerCase()) || kind === fails))
    return undefined;
  return `should fail “${fails}”, and fails: ${which}`;
}
