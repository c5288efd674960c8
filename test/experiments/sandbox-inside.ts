/**
 * The sandbox of a run in the test's own process, which saves a process's start and filling its file anew. All else is
 * as in a run: its HTTP address, the recorder's port, the file that an agent could change.
 */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSandbox, type RunningSandbox } from '../../src/experiments/sandbox/process.ts';
import type { ScenarioSandbox } from '../../src/experiments/sandbox/start.ts';
import type { Scenario } from '../../src/experiments/scenario/schema.ts';
import { removeFolder } from '../support/temporary.ts';
import { fileAfter } from '../support/toado.ts';

interface Filled {
  file: Buffer;
  token: string;
}

/** The file of each scenario, filled once and copied for each of its runs: filling takes longest. */
const filled = new WeakMap<Scenario, Promise<Filled>>();

export async function openInside(scenario: Scenario): Promise<RunningSandbox> {
  const ready = filled.get(scenario) ?? fill(scenario);
  filled.set(scenario, ready);
  const { file, token } = await ready;
  const folder = mkdtempSync(join(tmpdir(), 'toado-mcp-test-'));
  const db = join(folder, 'sandbox.db');
  writeFileSync(db, file);
  const sandbox = await openSandbox({ scenario, db, token });
  return {
    ...sandbox,
    close: async () => {
      await sandbox.close();
      removeFolder(folder);
    },
  };
}

async function fill(scenario: Scenario): Promise<Filled> {
  let token = '';
  const file = await fileAfter(async (db) => {
    const sandbox = await openSandbox({ scenario, db });
    token = sandbox.access.token;
    await sandbox.close();
  });
  return { file, token };
}

/** As `runOnce` and `runAll` start one. */
export async function startInside(scenario: Scenario): Promise<ScenarioSandbox> {
  const { access, finish, close } = await openInside(scenario);
  return { access, finish: async () => finish(), close };
}
