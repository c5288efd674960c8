/**
 * The order of test files: the ones that wait for minutes begin first, so that nobody waits for them alone at the end.
 * By itself vitest goes by the durations of the run before, which a fresh clone doesn't have, and then by size, and
 * these are small.
 */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Those that wait for a quarter of a minute and more. */
export const LONGEST = [
  'test/faults/lost-answers.test.ts',
  'test/faults/equal-writes.test.ts',
  'test/faults/shutdown.posix.test.ts',
  'test/cli/doctor/probe.test.ts',
  'test/experiments/built-in-scenarios/scenarios.e2e.test.ts',
  'test/e2e/odd-proxies.test.ts',
  'test/e2e/reads-send-only-get.test.ts',
  'test/faults/start-without-toado.test.ts',
  'test/cli/doctor/doctor.test.ts',
  'test/e2e/explained-refusals.test.ts',
  'test/faults/unreachable.test.ts',
];

/** Mostly they wait, so that others can work meanwhile. */
const FIRST_PROJECT = 'posix';

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => LONGEST.some((file) => moduleId.endsWith(file));
    // Projects stay together: a worker goes on only with files of its own.
    const projects = [...new Set(usual.map(({ project }) => project))].sort(
      (a, b) => Number(b.name === FIRST_PROJECT) - Number(a.name === FIRST_PROJECT),
    );
    return projects.flatMap((one) => {
      const own = usual.filter(({ project }) => project === one);
      return [...own.filter(isLong), ...own.filter((file) => !isLong(file))];
    });
  }
}
