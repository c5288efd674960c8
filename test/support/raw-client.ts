/** The built program under a client that is nothing but lines: every byte it writes is kept and looked at. */
import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { atEnd } from './ending.ts';
import { INITIALIZE, NODE_FLAGS, PROGRAM, type ProgramOptions, programEnv } from './program.ts';
import type { CallResult } from './sdk-client.ts';

export interface Message {
  jsonrpc?: string;
  id?: number | string | null;
  method?: string;
  params?: Record<string, unknown>;
  result?: Record<string, unknown>;
  error?: { code: number; message: string; data?: unknown };
}

export interface RawSession {
  /** Everything that came, in order. */
  messages: Message[];
  stdout(): Buffer;
  stderr(): string;
  /** Writes a line as it is. */
  write(line: string): void;
  notify(method: string, params?: Record<string, unknown>): void;
  request(method: string, params?: Record<string, unknown>): Promise<Message>;
  call(name: string, args?: Record<string, unknown>, meta?: Record<string, unknown>): Promise<CallResult>;
  /** The same, and its id, for cancelling it. */
  begin(name: string, args?: Record<string, unknown>): { id: number; answer: Promise<CallResult> };
  /** The first message, earlier or later, that is like this. */
  next(like: (message: Message) => boolean): Promise<Message>;
}

export interface RawClient extends RawSession {
  child: ChildProcess;
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

export interface RawOptions extends ProgramOptions {
  /** Opens the session; true by default. */
  initialize?: boolean;
  /** What starts the program instead of Node. */
  command?: { file: string; args: string[] };
}

export async function startRaw(options: RawOptions = {}): Promise<RawClient> {
  const { args = [], cwd = tmpdir(), initialize = true, command } = options;
  const child = spawn(command?.file ?? process.execPath, command?.args ?? [...NODE_FLAGS, PROGRAM, ...args], {
    env: programEnv(options),
    cwd,
  });
  atEnd(() => child.kill('SIGKILL'));
  let stderr = '';
  child.stderr!.on('data', (chunk) => {
    stderr += chunk;
  });
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal }));
  });
  const session = rawOn({ stdin: child.stdin!, stdout: child.stdout!, stderr: () => stderr });
  if (initialize) await open(session);
  return { ...session, child, exited };
}

/** Lines on the two streams of a server. */
export function rawOn({
  stdin,
  stdout,
  stderr,
}: {
  stdin: Writable;
  stdout: Readable;
  stderr: () => string;
}): RawSession {
  const chunks: Buffer[] = [];
  const messages: Message[] = [];
  let unfinished = '';
  const waiting = new Set<(message: Message) => void>();
  const decoder = new TextDecoder();
  stdout.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    const lines = (unfinished + decoder.decode(chunk, { stream: true })).split('\n');
    unfinished = lines.pop()!;
    for (const line of lines) {
      const message = asMessage(line);
      messages.push(message);
      for (const look of [...waiting]) look(message);
    }
  });
  stdin.on('error', () => {});
  let lastId = 0;
  const write = (line: string) => void stdin.write(`${line}\n`);
  const next: RawSession['next'] = (like) => {
    const earlier = messages.find(like);
    if (earlier) return Promise.resolve(earlier);
    return new Promise((resolve) => {
      const look = (message: Message) => {
        if (!like(message)) return;
        waiting.delete(look);
        resolve(message);
      };
      waiting.add(look);
    });
  };
  const send = (method: string, params: Record<string, unknown> = {}) => {
    const id = ++lastId;
    const answer = new Promise<Message>((resolve) => {
      const look = (message: Message) => {
        if (message.id !== id || message.method) return;
        waiting.delete(look);
        resolve(message);
      };
      waiting.add(look);
    });
    write(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
    return { id, answer };
  };
  const begin = (name: string, callArgs: Record<string, unknown> = {}, meta?: Record<string, unknown>) => {
    const { id, answer } = send('tools/call', {
      name,
      arguments: callArgs,
      ...(meta ? { _meta: meta } : {}),
    });
    return { id, answer: answer.then(resultOf) };
  };
  return {
    messages,
    stdout: () => Buffer.concat(chunks),
    stderr,
    write,
    notify: (method, params) => write(JSON.stringify({ jsonrpc: '2.0', method, params })),
    request: (method, params) => send(method, params).answer,
    call: (name, callArgs, meta) => begin(name, callArgs, meta).answer,
    begin,
    next,
  };
}

/** Opens the session as clients of the 2025 revisions do. */
export async function open(session: RawSession): Promise<void> {
  await session.request('initialize', INITIALIZE.params);
  session.notify('notifications/initialized');
}

function asMessage(line: string): Message {
  try {
    return JSON.parse(line) as Message;
  } catch {
    return {};
  }
}

function resultOf({ result, error }: Message): CallResult {
  if (!result) throw new Error(`protocol error: ${JSON.stringify(error)}`);
  return result as unknown as CallResult;
}

/** The code and outcome of a failed call; undefined where it succeeded. */
export function errorOf(
  result: CallResult,
): { code: string; outcome: string; retry_after?: number } | undefined {
  if (!result.isError) return undefined;
  return result._meta!['toado/error'] as { code: string; outcome: string; retry_after?: number };
}
