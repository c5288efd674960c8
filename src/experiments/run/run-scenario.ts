/** One run: a fresh sandbox, the agent, the record, the grade. */

import { stripVTControlCharacters } from 'node:util';
import { visibleInLine } from '../../base/visible.ts';
import { type CommandAgent, type RunLimits, runCommand } from '../agent/command.ts';
import { type AgentFunction, runConnected } from '../agent/connected.ts';
import { makePlace, type Place } from '../agent/workspace.ts';
import { ExperimentError } from '../base/error.ts';
import { type Grade, grade } from '../grade/grade.ts';
import type { AgentOutcome, SandboxRecord } from '../record/types.ts';
import { type ScenarioSandbox, startScenarioSandbox } from '../sandbox/start.ts';
import { promptOf } from '../scenario/prompt.ts';
import type { Scenario } from '../scenario/schema.ts';

/** A command line with placeholders, or a function on a connected client. */
export type Agent = CommandAgent | AgentFunction;

export interface Run {
  scenario: Scenario;
  prompt: string;
  record: SandboxRecord;
  agent: AgentOutcome;
  grade: Grade;
}

/** The longest that Node's timers take: 24 days. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** How a run's sandbox is started. */
export type StartSandbox = (scenario: Scenario) => Promise<ScenarioSandbox>;

/**
 * @param start in a process of its own by default.
 * @throws ExperimentError where it could not be run.
 */
export async function runOnce(
  scenario: Scenario,
  agent: Agent,
  limits: RunLimits,
  start: StartSandbox = startScenarioSandbox,
): Promise<Run> {
  const { timeoutMs, signal } = limits;
  if (!(timeoutMs >= 1 && timeoutMs <= MAX_TIMEOUT_MS))
    throw new ExperimentError(`the time limit has to be 1 to ${MAX_TIMEOUT_MS} ms, and is ${timeoutMs}.`);
  requireNotAborted(signal);
  const sandbox = await start(scenario);
  const prompt = promptOf(scenario);
  const place = makePlace(prompt, sandbox.access);
  try {
    // Who listens to the signal only from now on hears of no abort that came while the sandbox started.
    requireNotAborted(signal);
    const outcome =
      typeof agent === 'function'
        ? await runFunction(agent, place, limits)
        : await runCommand(agent, place, limits);
    requireNotAborted(signal);
    const record = await sandbox.finish();
    const graded = grade(scenario, record, outcome);
    const { connected, calls } = graded.session;
    const didNothing = calls.length === 0 && graded.changes.length === 0 && record.tampered.length === 0;
    if (!outcome.timedOut && outcome.exitCode !== 0 && didNothing)
      throw new ExperimentError(
        howItEnded(outcome, ` before it ${connected ? 'called a tool' : 'connected to the server'}`),
      );
    return { scenario, prompt, record, agent: outcome, grade: graded };
  } finally {
    await sandbox.close();
    place.remove();
  }
}

function requireNotAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new ExperimentError('the run was aborted by its caller.');
}

/** Lines of a stack trace: they say where something went wrong, not what. */
const STACK = /^at .*[:)]|^Node\.js v\d/;

/** Of an agent that ended with an error. @param when a part of the sentence. */
export function howItEnded({ stderr, stdout, signal, exitCode }: AgentOutcome, when = ''): string {
  const lines = stripVTControlCharacters(`${stdout}\n${stderr}`)
    .split('\n')
    .map((line) => line.trim());
  const last = lines.findLast((line) => line !== '' && !STACK.test(line))?.slice(0, 300);
  const how = signal ? `by ${signal}` : `with exit code ${exitCode}`;
  return `the agent ended ${how}${when}.${last ? ` Its last words: ${visibleInLine(last)}` : ''}`;
}

async function runFunction(
  run: AgentFunction,
  { prompt, server }: Place,
  { timeoutMs, signal }: RunLimits,
): Promise<AgentOutcome> {
  const startedAt = Date.now();
  const timeout = AbortSignal.timeout(timeoutMs);
  const either = AbortSignal.any([timeout, ...(signal ? [signal] : [])]);
  const aborted = new Promise<never>((_, reject) => {
    either.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
  });
  let answer = '';
  let stderr = '';
  let failed = false;
  try {
    const given: unknown = await Promise.race([runConnected(run, server, prompt, either), aborted]);
    if (typeof given !== 'string')
      throw new TypeError(
        `The agent's function has to return its answer as a text, and returned ${typeof given}.`,
      );
    answer = given;
  } catch (error) {
    failed = true;
    stderr = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  return {
    answer,
    stdout: answer,
    stderr,
    exitCode: failed ? 1 : 0,
    signal: null,
    timedOut: timeout.aborted,
    startedAt,
    ms: Date.now() - startedAt,
  };
}
