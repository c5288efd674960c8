/** Runs an agent's command line in its place, and ends it with all of its children. */
import { type SpawnOptions, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { ExperimentError } from '../base/error.ts';
import type { AgentOutcome } from '../record/types.ts';
import { withoutToado } from '../sandbox/start.ts';
import { killTree, RUN_MARK, tracesOf } from './kill-tree.ts';
import type { Place } from './workspace.ts';

export interface CommandAgent {
  /** Program and arguments, with placeholders. */
  command: readonly string[];
  env?: Record<string, string>;
  /** Puts what the host wants to find into the place, before it is started. */
  prepare?: (place: Place) => void;
}

export interface RunLimits {
  timeoutMs: number;
  signal?: AbortSignal | undefined;
}

/** The two outputs are kept up to this many characters, from their ends. */
const OUTPUT_MAX = 2_000_000;
const TERM_MS = 2_000;
/** Linux refuses to start a program with a longer one; the prompt's file is there always. */
const MAX_VARIABLE = 120_000;

/** @throws ExperimentError where there is no such command. */
export async function runCommand(
  agent: CommandAgent,
  place: Place,
  { timeoutMs, signal }: RunLimits,
): Promise<AgentOutcome> {
  agent.prepare?.(place);
  const [program, ...args] = agent.command.map((part, at) => filled(fromHere(part, at === 0), place));
  if (!program) throw new ExperimentError('the agent’s command is empty.');
  const mark = randomUUID();
  const startedAt = Date.now();
  const child = start(program, args, {
    cwd: place.workdir,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    env: {
      ...withoutToado(process.env),
      ...filledEnv(agent.env ?? {}, place),
      ...(Buffer.byteLength(place.prompt) < MAX_VARIABLE && { TOADO_EXPERIMENT_PROMPT: place.prompt }),
      TOADO_EXPERIMENT_PROMPT_FILE: place.promptFile,
      TOADO_EXPERIMENT_MCP_CONFIG: place.mcpConfig,
      TOADO_EXPERIMENT_WORKDIR: place.workdir,
      [RUN_MARK]: mark,
    },
  });
  const traces = tracesOf(child, mark, dirname(place.workdir));
  const [out, err] = [lastOf(child.stdout), lastOf(child.stderr)];
  let timedOut = false;
  const end = () => killTree(child, traces, TERM_MS);
  const timer = setTimeout(() => {
    timedOut = true;
    void end();
  }, timeoutMs);
  const onAbort = () => void end();
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    const [exitCode, ended] = await new Promise<[number | null, string | null]>((resolve, reject) => {
      child.once('error', (error: NodeJS.ErrnoException) => reject(notStarted(program, error)));
      child.once('exit', (code, byWhat) => {
        // Pipes that a left-over child holds open don't keep the run.
        const late = setTimeout(() => resolve([code, byWhat]), 500);
        child.once('close', () => {
          clearTimeout(late);
          resolve([code, byWhat]);
        });
      });
    });
    const stdout = out();
    return {
      answer: stdout.trim(),
      stdout,
      stderr: err(),
      exitCode,
      signal: ended,
      timedOut,
      startedAt,
      ms: Date.now() - startedAt,
    };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
    // Whatever it left running.
    await killTree(child, traces, 0);
  }
}

type Started = ReturnType<typeof spawn> & { stdout: Readable; stderr: Readable };

function start(program: string, args: readonly string[], options: SpawnOptions): Started {
  try {
    return spawn(program, args, options) as Started;
  } catch (error) {
    throw notStarted(program, error as NodeJS.ErrnoException);
  }
}

function notStarted(program: string, { code, message }: NodeJS.ErrnoException): ExperimentError {
  if (code === 'ENOENT')
    return new ExperimentError(`there is no program ${JSON.stringify(program)} on the PATH.`);
  if (code === 'E2BIG')
    return new ExperimentError(
      'the task is too long for a command line: give the agent {prompt_file} in place of {prompt}.',
    );
  return new ExperimentError(`${program} can't be started: ${message}`);
}

/**
 * The agent is started in a folder of its own; a file that is named from where the person is, is meant all the same:
 * `./my-agent`, `node agent.mjs`.
 */
function fromHere(part: string, isProgram: boolean): string {
  // A program without a folder is looked for on the PATH, as by any shell.
  const isPath = isProgram ? /[/\\]/.test(part) : /[/\\.]/.test(part);
  return isPath && !isAbsolute(part) && isFile(part) ? resolve(part) : part;
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    // Not there, or no path at all: a program's text, a prompt.
    return false;
  }
}

/** @throws ExperimentError where there is no such program: told once, before anything is started. */
export function requireProgram([part = '']: readonly string[]): void {
  const program = fromHere(part, true);
  if (part === '') throw new ExperimentError('the agent’s command is empty.');
  // Windows looks for more than is named, and placeholders aren't filled yet.
  if (process.platform === 'win32' || part.includes('{')) return;
  const hasFolder = program.includes('/');
  const places = hasFolder
    ? [program]
    : (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, program));
  const found = places.filter(isFile);
  if (found.length === 0)
    throw new ExperimentError(
      hasFolder
        ? `there is no program ${part}.`
        : `there is no program ${JSON.stringify(part)} on the PATH.${isFile(part) ? ` Did you mean ./${part}?` : ''}`,
    );
  if (!found.some(isExecutable))
    throw new ExperimentError(`${found[0]} can't be run: make it executable (chmod +x).`);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The end of what a stream says, however much it is. */
function lastOf(stream: Readable): () => string {
  let chunks: string[] = [];
  let length = 0;
  const text = () => chunks.join('').slice(-OUTPUT_MAX);
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    chunks.push(chunk);
    length += chunk.length;
    if (length < 2 * OUTPUT_MAX) return;
    chunks = [text()];
    length = OUTPUT_MAX;
  });
  return text;
}

const PLACEHOLDERS: Record<string, (place: Place) => string> = {
  '{prompt}': ({ prompt }) => prompt,
  '{prompt_file}': ({ promptFile }) => promptFile,
  '{mcp_config}': ({ mcpConfig }) => mcpConfig,
  '{workdir}': ({ workdir }) => workdir,
  '{settings}': ({ settings }) => settings,
};

/** In one pass: what stands in the prompt is never taken for a placeholder. */
function filled(part: string, place: Place): string {
  return part.replaceAll(/\{(?:prompt|prompt_file|mcp_config|workdir|settings)\}/g, (found) =>
    PLACEHOLDERS[found]!(place),
  );
}

function filledEnv(env: Record<string, string>, place: Place): Record<string, string> {
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, filled(value, place)]));
}
