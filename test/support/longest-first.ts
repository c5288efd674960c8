/**
 * The order of test files: the ones that wait for minutes begin first, so that nobody waits for them alone at the end.
 * By itself vitest goes by the durations of the run before, which a fresh clone doesn't have, and then by size, and
 * these are small.
 */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Those of half a minute and more. */
export const LONGEST = [
  'test/faults/lost-answers.test.ts',
  'test/experiments/built-in-scenarios/scenarios.e2e.test.ts',
  'test/faults/start-without-toado.test.ts',
  'test/faults/large-answers.test.ts',
  'test/faults/equal-writes.test.ts',
  'test/faults/slices.test.ts',
  'test/faults/shutdown.posix.test.ts',
  'test/experiments/run/run-scenario.posix.test.ts',
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => LONGEST.some((file) => moduleId.endsWith(file));
    // Projects stay together: a worker goes on only with files of its own.
    const projects = [...new Set(usual.map(({ project }) => project))];
    return projects.flatMap((one) => {
      const own = usual.filter(({ project }) => project === one);
      return [...own.filter(isLong), ...own.filter((file) => !isLong(file))];
    });
  }
}
