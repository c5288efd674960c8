/**
 * The order of test files: the ones that take longest begin first, so that nobody waits for them alone at the end, and
 * between those that mostly wait stand ones that work. By itself Vitest goes by the durations of the run before, which a
 * fresh clone doesn't have, and then by size, and these are small.
 */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** They take three seconds and more, of which they wait for half or more. */
export const WAITING = [
  'test/faults/lost-answers.test.ts',
  'test/faults/shutdown.posix.test.ts',
  'test/faults/equal-writes.test.ts',
  'test/e2e/odd-proxies.test.ts',
  'test/faults/calls-under-way.test.ts',
  'test/cli/doctor/doctor.test.ts',
  'test/e2e/reads-send-only-get.test.ts',
  'test/faults/start-without-toado.test.ts',
  'test/sandbox/db/locked.posix.test.ts',
  'test/cli/doctor/probe.test.ts',
  'test/faults/odd-servers.test.ts',
  'test/e2e/explained-refusals.test.ts',
  'test/faults/unreachable.test.ts',
  'test/experiments/run/run-scenario.posix.test.ts',
  'test/faults/nowhere-to-write.posix.test.ts',
  'test/sandbox/command/command.posix.test.ts',
  'test/e2e/what-refusals-mean.test.ts',
  'test/experiments/run/hostile-agents.posix.test.ts',
  'test/e2e/odd-answers.test.ts',
  'test/cli/doctor/probe-of-dialects.test.ts',
  'test/sandbox/db/processes.e2e.test.ts',
  'test/mcp/process/watchdog.posix.test.ts',
  'test/faults/lost-additions.test.ts',
  'test/e2e/unlike-the-contract.test.ts',
  'test/settings/api-url.e2e.test.ts',
  'test/mcp/transport/backpressure.posix.test.ts',
  'test/faults/answers-at-the-end.test.ts',
  'test/faults/token-replaced.test.ts',
  'test/e2e/reach-changes.test.ts',
  'test/e2e/rotated-token.test.ts',
  'test/faults/cut-answers.test.ts',
];

/** They work for four seconds and more. */
export const WORKING = [
  'test/browser/by-hand.test.ts',
  'test/experiments/built-in-scenarios/scenarios.e2e.test.ts',
  'test/browser/story.test.ts',
  'test/browser/every-page.test.ts',
  'test/experiments/commands/command-line.e2e.test.ts',
  'test/browser/program.test.ts',
  'test/browser/axe-on-pages.test.ts',
  'test/e2e/wrong-settings.test.ts',
  'test/e2e/files.posix.test.ts',
  'test/pictures/get-capture-asset.e2e.test.ts',
  'test/browser/live-page.test.ts',
  'test/faults/odd-ids.property.test.ts',
];

/** How many that work come after one that waits. */
const BETWEEN = 6;

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = await super.sort(files);
    // Projects stay together: a worker goes on only with files of its own.
    const projects = [...new Set(usual.map(({ project }) => project))];
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
