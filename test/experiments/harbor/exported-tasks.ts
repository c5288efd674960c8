/** Two scenarios as Harbor tasks, exported once for a file of tests. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { shared } from '../../support/ending.ts';
import { PROGRAM } from '../../support/program.ts';
import { temporaryFolder } from '../../support/temporary.ts';

/** @returns the folder in which they lie, in the tests. */
export function useTasks(): () => string {
  return shared(async () => {
    const tasks = temporaryFolder();
    const names = ['fix-ticket', 'read-only'];
    await promisify(execFile)(process.execPath, [
      ...[PROGRAM, 'experiments', 'export', ...names],
      ...['--harbor', tasks],
    ]);
    return tasks;
  });
}
