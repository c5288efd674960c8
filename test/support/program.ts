/** The built program as a child process, over real pipes, with the clients that people have. */

import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Client as ModernClient } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/client/validators/ajv';
import { Client as FirstClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as FirstStdio } from '@modelcontextprotocol/sdk/client/stdio.js';
import { AjvJsonSchemaValidator as FirstValidator } from '@modelcontextprotocol/sdk/validation/ajv';
import { atEnd } from './ending.ts';

export const PROGRAM = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/**
 * - `sdk 1.x`: the maintenance line's client, 2025 revisions.
 * - `sdk 2.x legacy`: the current line's client, 2025 revisions.
 * - `sdk 2.x modern`: the same, 2026-07-28.
 */
export const CLIENTS = ['sdk 1.x', 'sdk 2.x legacy', 'sdk 2.x modern'] as const;
/** One client of each SDK, and with them both eras: what an end-to-end test runs with at least. */
export const SDKS = ['sdk 1.x', 'sdk 2.x modern'] as const satisfies readonly ClientKind[];
export type ClientKind = (typeof CLIENTS)[number];

export interface ProgramOptions {
  /** Another installation's `main.js`. */
  program?: string;
  args?: string[] | undefined;
  env?: Record<string, string>;
  cwd?: string | undefined;
  /** `structuredContent` beside the text, which most tests look into; false for what a model gets by default. */
  structured?: boolean;
  /** The modern client asks on a sibling process first, as the SDK does by itself; see `ProbesInPlace`. */
  sibling?: boolean;
  /** The client wants to hear of changed lists, for `toolsChanged`; a client of the 2026 revision then subscribes. */
  listChanged?: boolean;
  /** Told at each list_changed what changed. */
  onChange?: (what: 'tools' | 'prompts' | 'resources') => void;
}

export interface CallResult {
  isError?: boolean;
  content: { type: string; text?: string; data?: string; mimeType?: string; uri?: string }[];
  structuredContent?: Record<string, unknown>;
  _meta?: Record<string, unknown>;
}

export interface WireTool {
  name: string;
  title?: string;
  description?: string;
  inputSchema: Record<string, unknown>;
  outputSchema?: Record<string, unknown>;
  annotations?: Record<string, unknown>;
}

export interface Connected {
  /** In the order in which they came. */
  listTools(): Promise<WireTool[]>;
  toolNames(): Promise<string[]>;
  call(
    name: string,
    args?: Record<string, unknown>,
    options?: { signal?: AbortSignal; timeout?: number },
  ): Promise<CallResult>;
  /** The text of a call, all text blocks together. */
  text(name: string, args?: Record<string, unknown>): Promise<string>;
  /** Resolves at the next tools/list_changed; only where `listChanged` was asked for. */
  toolsChanged(): Promise<void>;
  instructions(): string | undefined;
  /** The SDK's client, for what this doesn't cover. */
  client: ModernClient | FirstClient;
  stderr(): string;
  pid: number;
  close(): Promise<void>;
  /** The same at once, where a test has no interest in how the program ends. */
  kill(): Promise<void>;
}

/** Compiling the output schemas of all tools takes longer than a start of the program, and they are always the same. */
function compiledOnce<Validator extends { getValidator(schema: never): unknown }>(
  validator: Validator,
): Validator {
  const compiled = new Map<string, unknown>();
  const compile = validator.getValidator.bind(validator);
  validator.getValidator = (schema: never) => {
    const key = JSON.stringify(schema);
    if (!compiled.has(key)) compiled.set(key, compile(schema));
    return compiled.get(key);
  };
  return validator;
}

/**
 * By itself the SDK's client starts the program twice: one that it asks `server/discover` and ends, and the one that it
 * then talks to. A subclass of its transport asks the program itself, which is half of the starts.
 */
class ProbesInPlace extends StdioClientTransport {}

const firstValidator = compiledOnce(new FirstValidator());
const validator = compiledOnce(new AjvJsonSchemaValidator());

/** What the child gets of our environment: nothing of Toado's, nothing of a proxy's. */
export function childEnv(env: Record<string, string> = {}): Record<string, string> {
  return { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env };
}

/** The variables of a program that tests call: with `structuredContent` unless they say otherwise. */
export function programEnv({ env, structured = true }: ProgramOptions): Record<string, string> {
  return childEnv({ ...(structured ? { TOADO_STRUCTURED: '1' } : {}), ...env });
}

export async function connect(kind: ClientKind, options: ProgramOptions = {}): Promise<Connected> {
  const {
    program = PROGRAM,
    args = [],
    cwd = tmpdir(),
    onChange,
    listChanged = onChange !== undefined,
  } = options;
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of [...listeners]) listener();
  };
  const told = (what: 'tools' | 'prompts' | 'resources') => ({
    autoRefresh: false,
    onChanged: () => {
      if (what === 'tools') changed();
      onChange?.(what);
    },
  });
  const hearing = listChanged
    ? { listChanged: { tools: told('tools'), prompts: told('prompts'), resources: told('resources') } }
    : {};
  const info = { name: 'toado-mcp-test', version: '1.0.0' };
  const parameters = {
    command: process.execPath,
    args: [program, ...args],
    env: programEnv(options),
    cwd,
    stderr: 'pipe' as const,
  };
  let stderr = '';
  let client: ModernClient | FirstClient;
  let pid: number;
  if (kind === 'sdk 1.x') {
    const first = new FirstClient(info, { ...hearing, jsonSchemaValidator: firstValidator });
    const transport = new FirstStdio(parameters);
    transport.stderr?.on('data', (chunk) => {
      stderr += chunk;
    });
    await first.connect(transport);
    pid = transport.pid!;
    client = first;
  } else {
    const modern = new ModernClient(info, {
      ...hearing,
      jsonSchemaValidator: validator,
      versionNegotiation: { mode: kind === 'sdk 2.x modern' ? { pin: '2026-07-28' } : 'legacy' },
    });
    const transport = new (options.sibling ? StdioClientTransport : ProbesInPlace)(parameters);
    transport.stderr?.on('data', (chunk: Buffer) => {
      stderr += chunk;
    });
    await modern.connect(transport);
    pid = transport.pid!;
    client = modern;
  }
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
  const call: Connected['call'] = async (name, args = {}, options) => {
    const request = { name, arguments: args };
    const result =
      client instanceof FirstClient
        ? await client.callTool(request, undefined, options)
        : await client.callTool(request, options);
    return result as unknown as CallResult;
  };
  const listTools = async () => (await client.listTools()).tools as unknown as WireTool[];
  return {
    client,
    pid,
    close,
    kill,
    call,
    listTools,
    toolNames: async () => (await listTools()).map((tool) => tool.name),
    text: async (name, args) => textOf(await call(name, args)),
    toolsChanged: async () => {
      if (!listChanged) throw new Error('connect with `listChanged: true` to hear of it');
      return new Promise<void>((resolve) => {
        const once = () => {
          listeners.delete(once);
          resolve();
        };
        listeners.add(once);
      });
    },
    instructions: () => client.getInstructions(),
    stderr: () => stderr,
  };
}

export function textOf({ content }: CallResult): string {
  return content.flatMap((block) => block.text ?? []).join('\n');
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
  const child = spawn(process.execPath, [program, ...args], { env: childEnv(env), cwd });
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
