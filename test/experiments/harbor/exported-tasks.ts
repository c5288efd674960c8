/** Two scenarios as Harbor tasks, exported once for a file of tests. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll } from 'vitest';
import { PROGRAM } from '../../support/program.ts';

/** @returns the folder in which they lie, in the tests. */
export function useTasks(): () => string {
  let tasks: string;
  beforeAll(async () => {
    tasks = mkdtempSync(join(tmpdir(), 'toado-mcp-test-'));
    await promisify(execFile)(process.execPath, [
      PROGRAM,
      'experiments',
      'export',
      'fix-ticket',
      'read-only',
      '--harbor',
      tasks,
    ]);
  }, 60_000);
  afterAll(() => rmSync(tasks, { recursive: true, force: true }));
  return () => tasks;
}
