/** Starts this program as a client would, and talks MCP with it over its pipes. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const ANSWER_MS = 15_000;
const END_MS = 3_000;

export interface Handshake {
  protocolVersion: string;
  serverVersion: string;
  tools: string[];
  /** Until the answer to `initialize`, and to `tools/list`. */
  initializeMs: number;
  listMs: number;
  /** Whether it ended by itself when its stdin was closed. */
  endedCleanly: boolean;
}

interface Message {
  id?: number;
  result?: Record<string, unknown>;
  error?: { message?: string };
}

/** @throws Error in a sentence, with what the child said on stderr. */
export async function shakeHands(env: Record<string, string | undefined>): Promise<Handshake> {
  const began = performance.now();
  const child = spawn(process.execPath, [process.argv[1]!], { env, stdio: 'pipe' });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  child.stdin.on('error', () => {});
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();

  const answerTo = async (id: number): Promise<Record<string, unknown>> => {
    for (;;) {
      const { value: line, done } = await lines.next();
      if (done) throw new Error(`It ended before it answered. ${stderr.trim()}`);
      const message = readMessage(line);
      if (message.id !== id) continue;
      if (message.error) throw new Error(`It answered with an error: ${message.error.message}`);
      return message.result ?? {};
    }
  };
  const send = (message: object) => child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);

  const talk = async (): Promise<Handshake> => {
    send({
      id: 1,
      method: 'initialize',
      params: {
        protocolVersion: '2025-11-25',
        capabilities: {},
        clientInfo: { name: 'toado-mcp doctor', version: '1' },
      },
    });
    const opened = await answerTo(1);
    const initializeMs = sinceStart();
    send({ method: 'notifications/initialized' });
    send({ id: 2, method: 'tools/list' });
    const { tools } = (await answerTo(2)) as { tools: { name: string }[] };
    const listMs = sinceStart();
    child.stdin.end();
    const code = await withTimeout(ended, END_MS).catch(() => undefined);
    return {
      protocolVersion: String(opened.protocolVersion),
      serverVersion: String((opened.serverInfo as { version?: unknown } | undefined)?.version),
      tools: tools.map(({ name }) => name),
      initializeMs,
      listMs,
      endedCleanly: code === 0,
    };
  };
  const sinceStart = () => Math.round(performance.now() - began);

  try {
    return await withTimeout(talk(), ANSWER_MS);
  } finally {
    child.kill('SIGKILL');
  }
}

function readMessage(line: string): Message {
  try {
    return JSON.parse(line) as Message;
  } catch {
    throw new Error('It wrote something on stdout that is not JSON-RPC.');
  }
}

function withTimeout<Value>(promise: Promise<Value>, ms: number): Promise<Value> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`It gave no answer within ${ms / 1000} s.`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
