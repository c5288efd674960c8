import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

/**
 * - `unit`: in this process. No build, no child processes, no built program.
 * - `sandbox`: the same for the local Toado, each test with one of its own: real HTTP, a real SQLite file.
 * - `e2e`: a client of the built program (or of another process), or of a session of the same sources.
 * - `posix`: need signals, modes, links, a shell or /proc.
 * - `browser`: drive Chromium.
 * - `full`: take long by their nature; left out of `npm test`, which has a case of most kinds: masses of data, soak, long
 *   windows, whole products of tables, other people's frameworks, the package as it is installed, rarer ways through
 *   pages. Properties (`*.property.test.ts`) run with a few rounds in their own project and here with many.
 *
 * A file's folder or its ending says which it is; test/vitest-projects.e2e.test.ts holds `unit` and `sandbox` to their word.
 * `npm test` runs all but `full` as one: test/all.config.ts.
 */
const E2E = ['e2e', 'faults', 'cli', 'build', 'distribution', 'scripts'];
export const ending = (name: string) => `test/**/*.${name}.test.ts`;
const ofBrowser = [ending('browser'), 'test/browser/**/*.test.ts'];
const ofE2e = [ending('e2e'), ...E2E.map((folder) => `test/${folder}/**/*.test.ts`)];
const ofSandbox = ['test/sandbox/**/*.test.ts'];
const elsewhere = [...ofE2e, ...ofBrowser, ending('posix'), ending('full')];

/**
 * While some wait for time limits and child processes, others work. Modules are imported once a worker, not once a file,
 * which would take longer than most files' tests; nor is code that runs for seconds worth optimizing (of 43 s of processor
 * time for `unit` and `sandbox`, 40 are left without).
 */
export const SIDE_BY_SIDE = { isolate: false, maxWorkers: 5, execArgv: ['--no-opt'] };
export const OF_THE_BUILT_PROGRAM = { globalSetup: './test/support/built.ts' };

function project(name: string, include: string[], exclude: string[], more: object = {}) {
  return { extends: true as const, test: { name, include, exclude, ...more } };
}

export const COMMON = {
  testTimeout: 30_000,
  // Those of `sideBySide` wait for time limits, by the dozen.
  maxConcurrency: 20,
  hookTimeout: 30_000,
  // Machines that run tests are busy: what is waited for may take a while.
  expect: { poll: { timeout: 15_000 } },
  reporters: ['default', './test/support/summary-reporter.ts'],
  // What a test prints is shown when it fails.
  silent: 'passed-only' as const,
  pool: 'forks' as const,
  sequence: { sequencer: LongestFirst },
  experimental: { fsModuleCache: true },
};

export default defineConfig({
  test: {
    ...COMMON,
    projects: [
      project('unit', ['test/**/*.test.ts'], [...elsewhere, ...ofSandbox], SIDE_BY_SIDE),
      project('sandbox', ofSandbox, elsewhere, SIDE_BY_SIDE),
      project('e2e', ofE2e, [...ofBrowser, ending('posix'), ending('full')], {
        ...SIDE_BY_SIDE,
        ...OF_THE_BUILT_PROGRAM,
      }),
      project('posix', [ending('posix')], [], { ...SIDE_BY_SIDE, ...OF_THE_BUILT_PROGRAM }),
      project('browser', ofBrowser, [ending('full')], { ...SIDE_BY_SIDE, ...OF_THE_BUILT_PROGRAM }),
      project('full', [ending('full'), ending('property')], [], {
        ...OF_THE_BUILT_PROGRAM,
        isolate: false,
        maxWorkers: 2,
        // Rounds by the hundred thousand, on machines that do other things, too.
        testTimeout: 180_000,
        env: { TEST_ROUNDS: 'many' },
        // After the others: it has another number of workers.
        sequence: { groupOrder: 1 },
      }),
    ],
  },
});
