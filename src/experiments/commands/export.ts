/** `experiments export --harbor`, and what runs inside such a task. */
import { join } from 'node:path';
import { print } from '../../base/output.ts';
import { ExperimentError } from '../base/error.ts';
import { withWriteErrors } from '../base/with-write-errors.ts';
import { exportTask } from '../harbor/export.ts';
import { gradeTask, writeRewards } from '../harbor/task-sandbox.ts';
import { chosen, loadScenarios } from '../run/choose-scenarios.ts';

export async function exportHarbor(
  names: readonly string[],
  { harbor, scenarios: folder }: { harbor: string; scenarios?: string },
): Promise<void> {
  const scenarios = chosen(await loadScenarios(folder), names.length === 0 ? ['all'] : names);
  withWriteErrors(harbor, () => {
    for (const scenario of scenarios) exportTask(join(harbor, scenario.name), scenario);
  });
  await print(
    `${scenarios.length} ${scenarios.length === 1 ? 'task' : 'tasks'} in ${harbor}. Run with: harbor run -p ${harbor} -a <agent> -m <model>`,
  );
}

/** A task that was failed is no error of the grader: the reward says it. */
export async function gradeHarbor({
  folder,
  answer,
  rewards,
}: {
  folder: string;
  answer: string;
  rewards: string;
}): Promise<void> {
  try {
    const { checks, passed } = await gradeTask(folder, answer, rewards);
    const lines = checks.map(
      ({ held, must, label, saw }) => `${held ? 'ok  ' : 'FAIL'} ${label}${must ? '' : ' (score)'}: ${saw}`,
    );
    await print([...lines, passed ? 'passed' : 'failed'].join('\n'));
  } catch (error) {
    if (!(error instanceof ExperimentError)) throw error;
    writeRewards(rewards, 0);
    await print(`failed: ${error.message}`);
  }
}
