/** The built program as a child process, over real pipes, with the clients that people have. */

import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { StdioClientTransport as FirstStdio } from '@modelcontextprotocol/sdk/client/stdio.js';
import { atEnd } from './ending.ts';
import { type ClientKind, type ClientOptions, clientOn, type SdkClient } from './sdk-client.ts';

export const PROGRAM = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** Programs of tests live for seconds: what V8 optimizes takes longer than it saves. */
export const NODE_FLAGS = ['--no-opt'];

export interface ProgramOptions extends ClientOptions {
  /** Another installation's `main.js`. */
  program?: string;
  args?: string[] | undefined;
  env?: Record<string, string>;
  cwd?: string | undefined;
  /** `structuredContent` beside the text, which most tests look into; false for what a model gets by default. */
  structured?: boolean;
  /** The modern client asks on a sibling process first, as the SDK does by itself; see `ProbesInPlace`. */
  sibling?: boolean;
}

/**
 * By itself the SDK's client starts the program twice: one that it asks `server/discover` and ends, and the one that it
 * then talks to. A subclass of its transport asks the program itself, which is half of the starts.
 */
class ProbesInPlace extends StdioClientTransport {}

/** What the child gets of our environment: nothing of Toado's, nothing of a proxy's. */
export function childEnv(env: Record<string, string> = {}): Record<string, string> {
  const { PATH = '', HOME = '' } = process.env;
  return { PATH, HOME, ...(process.platform === 'win32' && onWindows(env.HOME)), ...env };
}

/** What no program there does without, and where its home and its data are: a test's own home holds them, too. */
function onWindows(home: string | undefined): Record<string, string> {
  const { SystemRoot = '', TEMP = '', USERPROFILE = '' } = process.env;
  const USER = home || USERPROFILE;
  const data = join(USER, 'AppData');
  return {
    ...{ SystemRoot, TEMP, USERPROFILE: USER },
    ...{ APPDATA: join(data, 'Roaming'), LOCALAPPDATA: join(data, 'Local') },
  };
}

/** The variables of a program that tests call: with `structuredContent` unless they say otherwise. */
export function programEnv({ env, structured = true }: ProgramOptions): Record<string, string> {
  return childEnv({ ...(structured ? { TOADO_STRUCTURED: '1' } : {}), ...env });
}

export interface Connected extends SdkClient {
  stderr(): string;
  pid: number;
  /** `close` at once, where a test has no interest in how the program ends. */
  kill(): Promise<void>;
}

/** The built program as a child process, with a client on its pipes. */
export async function connect(kind: ClientKind, options: ProgramOptions = {}): Promise<Connected> {
  const { program = PROGRAM, args = [], cwd = tmpdir() } = options;
  const parameters = {
    command: process.execPath,
    args: [...NODE_FLAGS, program, ...args],
    env: programEnv(options),
    cwd,
    stderr: 'pipe' as const,
  };
  let stderr = '';
  const transport =
    kind === 'sdk 1.x'
      ? new FirstStdio(parameters)
      : new (options.sibling ? StdioClientTransport : ProbesInPlace)(parameters);
  transport.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk;
  });
  const client = await clientOn(kind, transport, options);
  const pid = transport.pid!;
  let isOpen = true;
  const close = () => {
    isOpen = false;
    return client.close();
  };
  const kill = async () => {
    try {
      if (isOpen) process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
    await close();
  };
  atEnd(kill);
  return { ...client, pid, close, kill, stderr: () => stderr };
}

export interface Raw {
  child: ChildProcess;
  /** Everything so far. */
  stdout(): string;
  stderr(): string;
  send(message: unknown): void;
  /** The answer with that id. */
  answer(id: number | string | null): Promise<Record<string, unknown>>;
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null; ms: number }>;
}

/** The program with nothing between: raw lines in, raw lines out. */
export function run({ program = PROGRAM, args = [], env, cwd = tmpdir() }: ProgramOptions = {}): Raw {
  const began = performance.now();
  const child = spawn(process.execPath, [...NODE_FLAGS, program, ...args], { env: childEnv(env), cwd });
  atEnd(() => child.kill('SIGKILL'));
  let stdout = '';
  let stderr = '';
  const waiting = new Set<() => void>();
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
    for (const look of [...waiting]) look();
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  child.stdin.on('error', () => {});
  return {
    child,
    stdout: () => stdout,
    stderr: () => stderr,
    send: (message) => {
      child.stdin.write(`${typeof message === 'string' ? message : JSON.stringify(message)}\n`);
    },
    answer: (id) =>
      new Promise((resolve) => {
        const look = () => {
          for (const line of stdout.split('\n').slice(0, -1)) {
            const message = JSON.parse(line) as Record<string, unknown>;
            if (message.id !== id || !('result' in message || 'error' in message)) continue;
            waiting.delete(look);
            resolve(message);
            return;
          }
        };
        waiting.add(look);
        look();
      }),
    exited: new Promise((resolve) => {
      child.on('close', (code, signal) => resolve({ code, signal, ms: performance.now() - began }));
    }),
  };
}

/** The opening of the 2025 revisions, as a client sends it. */
export const INITIALIZE = {
  jsonrpc: '2.0',
  id: 0,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
};
