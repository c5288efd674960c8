/** Many runs, some at a time, each written down when it ends; an interruption keeps what was done. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { makeFolder } from '../../base/make-folder.ts';
import { version } from '../../base/version.ts';
import { ExperimentError, SandboxKilledError } from '../base/error.ts';
import { withWriteErrors } from '../base/with-write-errors.ts';
import type { Scenario } from '../scenario/schema.ts';
import { nameOf, type Planned, planned, shardOf } from './plan.ts';
import { RECORDS, type Results, type RunResult } from './results.ts';
import { type Agent, type Run, runOnce, type StartSandbox } from './run-scenario.ts';
import { toError, toKilled, toResult } from './to-result.ts';

export interface RunAllOptions {
  scenarios: readonly Scenario[];
  agent: Agent;
  /** What the reports call it. */
  agentName: string;
  times: number;
  parallel: number;
  timeoutMs: number;
  shard: string | null;
  /** Where the record of each run goes. */
  out: string;
  signal?: AbortSignal;
  /** In a process of its own by default. */
  startSandbox?: StartSandbox;
  onProgress?: (done: number, of: number, last: RunResult) => void;
}

export async function runAll(options: RunAllOptions): Promise<Results> {
  const { scenarios, times, shard, signal } = options;
  const names = scenarios.map(({ name }) => name);
  const mine = shardOf(planned(names, times), shard);
  const startedAt = new Date().toISOString();
  const inTurn = pLimit(Math.max(1, options.parallel));
  let count = 0;
  const results = await Promise.all(
    mine.map((one) =>
      inTurn(async () => {
        const result = signal?.aborted ? undefined : await runOneOf(one, options);
        if (result) options.onProgress?.(++count, mine.length, result);
        return result;
      }),
    ),
  );
  const done = results.filter((result) => result !== undefined);
  const did = new Set(done.map(nameOf));
  return {
    format: 1,
    program: `toado-mcp ${version}`,
    agent: options.agentName,
    started_at: startedAt,
    plan: { scenarios: names, times, shard },
    scenarios: scenarios.map(({ name, title, about, task }) => ({ name, title, about, task: task.trim() })),
    runs: done,
    missing: mine.map(nameOf).filter((name) => !did.has(name)),
  };
}

/** Undefined: it was interrupted. */
async function runOneOf(
  one: Planned,
  { scenarios, agent, timeoutMs, signal, out, startSandbox }: RunAllOptions,
): Promise<RunResult | undefined> {
  const scenario = scenarios.find(({ name }) => name === one.scenario)!;
  try {
    const run = await runOnce(scenario, agent, { timeoutMs, signal }, startSandbox);
    if (signal?.aborted) return undefined;
    keepRecord(join(out, RECORDS, nameOf(one)), run);
    return toResult(run, one.attempt);
  } catch (error) {
    if (signal?.aborted) return undefined;
    if (error instanceof SandboxKilledError) return toKilled(one.scenario, one.attempt, error);
    return toError(one.scenario, one.attempt, error instanceof ExperimentError ? error : ourOwn(error));
  }
}

/** A mistake of this program: it costs one run, not those that have gone on for hours. */
function ourOwn(error: unknown): ExperimentError {
  console.error(error);
  return new ExperimentError(`toado-mcp itself failed: ${error}`);
}

/** All of it, uncut, for whoever wants to look closer. */
function keepRecord(folder: string, { prompt, record, agent }: Run): void {
  const lines = (rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  const files = {
    'prompt.md': prompt,
    'mcp.jsonl': lines(record.messages),
    'requests.jsonl': lines(record.requests),
    'stdout.txt': agent.stdout,
    'stderr.txt': agent.stderr,
  };
  withWriteErrors(folder, () => {
    makeFolder(folder);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  });
}
