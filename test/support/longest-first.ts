/**
 * The order of test files: the ones that take longest begin first, so that nobody waits for them alone at the end.
 * By itself vitest goes by the durations of the run before, which a fresh clone doesn't have, and then by size, and
 * these are small.
 */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Those of ten seconds and more. Most of them wait, so that ones that work stand between them. */
export const LONGEST = [
  'test/faults/shutdown.posix.test.ts',
  'test/faults/lost-answers.test.ts',
  'test/faults/equal-writes.test.ts',
  'test/experiments/built-in-scenarios/scenarios.e2e.test.ts',
  'test/e2e/odd-proxies.test.ts',
  'test/faults/large-answers.test.ts',
  'test/cli/doctor/probe.test.ts',
  'test/e2e/dialects.test.ts',
  'test/cli/doctor/probe-of-dialects.test.ts',
  'test/faults/calls-under-way.test.ts',
  'test/e2e/reads-send-only-get.test.ts',
  'test/experiments/commands/command-line.e2e.test.ts',
  'test/faults/start-without-toado.test.ts',
  'test/e2e/wrong-settings.test.ts',
  'test/cli/doctor/doctor.test.ts',
  'test/e2e/proxy.test.ts',
  'test/e2e/explained-refusals.test.ts',
  'test/faults/answer-budgets.test.ts',
  'test/faults/unreachable.test.ts',
];

/** Mostly they wait, so that others can work meanwhile. */
const FIRST_PROJECT = 'posix';

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = await super.sort(files);
    const place = ({ moduleId }: TestSpecification) => {
      const at = LONGEST.findIndex((file) => moduleId.endsWith(file));
      return at < 0 ? LONGEST.length : at;
    };
    // Projects stay together: a worker goes on only with files of its own.
    const projects = [...new Set(usual.map(({ project }) => project))].sort(
      (a, b) => Number(b.name === FIRST_PROJECT) - Number(a.name === FIRST_PROJECT),
    );
    return projects.flatMap((one) =>
      usual.filter(({ project }) => project === one).sort((a, b) => place(a) - place(b)),
    );
  }
}
