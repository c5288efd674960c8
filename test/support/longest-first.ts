/**
 * The order of test files: the ones that take longest begin first, so that nobody waits for them alone at the end, and
 * between those that mostly wait stand ones that work. By itself Vitest goes by the durations of the run before, which a
 * fresh clone doesn't have, and then by size, and these are small.
 */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** They take ten seconds and more, most of which they wait. */
export const WAITING = [
  'test/faults/shutdown.posix.test.ts',
  'test/faults/lost-answers.test.ts',
  'test/faults/equal-writes.test.ts',
  'test/e2e/odd-proxies.test.ts',
  'test/cli/doctor/doctor.test.ts',
  'test/faults/calls-under-way.test.ts',
  'test/faults/start-without-toado.test.ts',
  'test/cli/doctor/probe.test.ts',
  'test/e2e/reads-send-only-get.test.ts',
  'test/e2e/explained-refusals.test.ts',
  'test/faults/unreachable.test.ts',
  'test/faults/odd-servers.test.ts',
  'test/faults/nowhere-to-write.test.ts',
];

/** They work for five seconds and more. */
export const WORKING = [
  'test/browser/axe-on-pages.test.ts',
  'test/experiments/built-in-scenarios/scenarios.e2e.test.ts',
  'test/faults/pauses.test.ts',
  'test/faults/odd-ids.test.ts',
  'test/experiments/commands/command-line.e2e.test.ts',
];

/** Mostly they wait, so that others can work meanwhile. */
const FIRST_PROJECT = 'posix';
/** How many that work come after one that waits. */
const BETWEEN = 3;

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = await super.sort(files);
    // Projects stay together: a worker goes on only with files of its own.
    const projects = [...new Set(usual.map(({ project }) => project))].sort(
      (a, b) => Number(b.name === FIRST_PROJECT) - Number(a.name === FIRST_PROJECT),
    );
    return projects.flatMap((one) => spread(usual.filter(({ project }) => project === one)));
  }
}

function spread(files: TestSpecification[]): TestSpecification[] {
  const named = (names: string[]) =>
    names.flatMap((name) => files.filter(({ moduleId }) => moduleId.endsWith(name)));
  const waiting = named(WAITING);
  const working = [...new Set([...named(WORKING), ...files])].filter((file) => !waiting.includes(file));
  return [
    ...waiting.flatMap((file, at) => [file, ...working.slice(at * BETWEEN, (at + 1) * BETWEEN)]),
    ...working.slice(waiting.length * BETWEEN),
  ];
}
