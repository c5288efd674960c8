/** `experiments run`. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { END_SIGNALS } from '../../base/end-process.ts';
import { print } from '../../base/output.ts';
import { visibleInLine } from '../../base/visible.ts';
import { type CommandAgent, requireProgram } from '../agent/command.ts';
import { presetAgent } from '../agent/presets.ts';
import { ExperimentError } from '../base/error.ts';
import { withWriteErrors } from '../base/with-write-errors.ts';
import { junit } from '../report/junit.ts';
import { textReport } from '../report/text.ts';
import { emptyForResults, writeResults } from '../report/write.ts';
import { chosen, loadScenarios } from '../run/choose-scenarios.ts';
import { exitCodeOf, type RunResult } from '../run/results.ts';
import { runAll } from '../run/run-all.ts';
import type { RunOptions } from './command-line.ts';

export async function run(
  names: readonly string[],
  options: RunOptions,
  agentCommand: readonly string[],
): Promise<void> {
  const scenarios = chosen(await loadScenarios(options.scenarios), names);
  const agent = agentOf(options, agentCommand);
  const out = options.out ?? join('experiments', new Date().toISOString().slice(0, 19).replaceAll(':', '-'));
  requireProgram(agent.agent.command);
  emptyForResults(out, options.overwrite === true);
  const abort = new AbortController();
  let interrupted = false;
  const stop = () => {
    interrupted = true;
    abort.abort();
  };
  for (const signal of END_SIGNALS) process.on(signal, stop);
  const results = await runAll({
    scenarios,
    agent: agent.agent,
    agentName: agent.name,
    times: options.times,
    parallel: options.parallel,
    timeoutMs: options.timeout * 1000,
    shard: options.shard ?? null,
    out,
    signal: abort.signal,
    onProgress: progress,
  });
  clearLine();
  // What can't be kept on a disk that is full is at least seen.
  await print(options.reporter === 'junit' ? junit(results) : textReport(results));
  writeResults(out, results);
  if (options.reporter === 'junit')
    withWriteErrors(out, () => writeFileSync(join(out, 'junit.xml'), junit(results)));
  process.stderr.write(`${interrupted ? 'Interrupted; w' : 'W'}hat was done: ${join(out, 'report.html')}\n`);
  process.exitCode = interrupted ? 130 : exitCodeOf(results, options.minPass);
}

function agentOf(
  { agent, model }: RunOptions,
  command: readonly string[],
): { agent: CommandAgent; name: string } {
  if (agent !== undefined)
    return {
      agent: presetAgent(agent, { model, more: command }),
      name: model ? `${agent} (${model})` : agent,
    };
  if (command.length === 0)
    throw new ExperimentError(
      'no agent: give --agent, or its command line after --, such as `-- my-agent {prompt}`.',
    );
  if (model !== undefined)
    throw new ExperimentError('--model goes with --agent; a command line says it itself.');
  return { agent: { command }, name: command.join(' ') };
}

function progress(done: number, of: number, { scenario, attempt, status, why, error }: RunResult): void {
  const line = visibleInLine(
    `${done}/${of}  ${scenario} ${attempt}  ${status}${why ? `: ${why}` : ''}${error ? `: ${error}` : ''}`,
  );
  if (!process.stderr.isTTY) {
    process.stderr.write(`${line}\n`);
    return;
  }
  clearLine();
  process.stderr.write(line.slice(0, (process.stderr.columns ?? 80) - 1));
}

function clearLine(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001B[2K');
}
