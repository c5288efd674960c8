/** Runs an agent's command line in its place, and ends it with all of its children. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { ExperimentError } from '../error.ts';
import type { AgentOutcome } from '../record/types.ts';
import { withoutToado } from '../sandbox/start.ts';
import { killTree, RUN_MARK } from './kill-tree.ts';
import type { Place } from './place.ts';

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

/** @throws ExperimentError where there is no such command. */
export async function runCommand(
  agent: CommandAgent,
  place: Place,
  { timeoutMs, signal }: RunLimits,
): Promise<AgentOutcome> {
  agent.prepare?.(place);
  const [program, ...args] = agent.command.map((part) => filled(part, place));
  if (!program) throw new ExperimentError('the agent’s command is empty.');
  const mark = randomUUID();
  const startedAt = Date.now();
  const child = spawn(program, args, {
    cwd: place.workdir,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    env: {
      ...withoutToado(process.env),
      ...filledEnv(agent.env ?? {}, place),
      TOADO_EXPERIMENT_PROMPT: place.prompt,
      TOADO_EXPERIMENT_PROMPT_FILE: place.promptFile,
      TOADO_EXPERIMENT_MCP_CONFIG: place.mcpConfig,
      TOADO_EXPERIMENT_WORKDIR: place.workdir,
      [RUN_MARK]: mark,
    },
  });
  const [out, err] = [lastOf(child.stdout), lastOf(child.stderr)];
  let timedOut = false;
  const end = () => killTree(child, mark, TERM_MS);
  const timer = setTimeout(() => {
    timedOut = true;
    void end();
  }, timeoutMs);
  const onAbort = () => void end();
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted) onAbort();
  try {
    const [exitCode, ended] = await new Promise<[number | null, string | null]>((resolve, reject) => {
      child.once('error', (error: NodeJS.ErrnoException) =>
        reject(
          new ExperimentError(
            error.code === 'ENOENT'
              ? `there is no program ${JSON.stringify(program)} on the PATH.`
              : `${program} can't be started: ${error.message}`,
          ),
        ),
      );
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
    await killTree(child, mark, 0);
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
