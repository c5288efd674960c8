/** `toado-mcp experiments` in this process, and agents to run. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { scenarios } from '../../../src/experiments/built-in-scenarios/index.ts';
import type { Results } from '../../../src/experiments/run/results.ts';
import { runHere } from '../../support/command.ts';

export const TIME = { timeout: 180_000 };
const AGENT = fileURLToPath(new URL('../../../dist/agent.js', import.meta.url));

/** In the checkout, whose files some commands name. */
export const experiments = (...args: string[]) =>
  runHere(['experiments', ...args], { NO_COLOR: '1' }, fileURLToPath(new URL('../../..', import.meta.url)));

export const resultsIn = (folder: string) =>
  JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8')) as Results;

/** An agent that plays the solution of read-only: passes there, and fails elsewhere. */
export function agent(folder: string): string[] {
  const file = join(folder, 'script.json');
  writeFileSync(file, JSON.stringify(scenarios.find(({ name }) => name === 'read-only')!.solution));
  return ['--', process.execPath, AGENT, file];
}

/** One that does nothing. */
export const idle = ['--', process.execPath, '-e', '0'];
