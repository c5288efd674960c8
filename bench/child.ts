/** A server as a child process, spoken to in raw lines, so that no client's own cost is measured. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** In the form that Toado’s page shows: how long one is decides where it is looked for. */
export const TOKEN = 'tok_01HXYZ123ABCDEFGHJKMNPQRST';

export interface Candidate {
  name: string;
  /** After the path of Node. */
  args: string[];
  env: Record<string, string>;
  /** The most that its start may take, as a multiple of the floor's. */
  aim?: number | undefined;
  isPeer?: boolean;
  /** Spoken to as clients of the 2026-07-28 revision do. */
  modern?: boolean;
}

type Answer = { id?: unknown; result?: Record<string, unknown>; error?: unknown };

const INITIALIZE = {
  protocolVersion: '2025-11-25',
  capabilities: {},
  clientInfo: { name: 'toado-mcp-bench', version: '1' },
};

/** Every request of the 2026-07-28 revision brings it along. */
const ENVELOPE = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': INITIALIZE.clientInfo,
  'io.modelcontextprotocol/clientCapabilities': {},
};

export class Child {
  readonly process: ChildProcessWithoutNullStreams;
  readonly began = performance.now();
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  readonly #modern: boolean;
  #parts: string[] = [];
  #id = 0;

  constructor(node: string, { args, env, modern = false }: Candidate) {
    this.#modern = modern;
    const { PATH = '', HOME = '' } = process.env;
    this.process = spawn(node, args, { env: { PATH, HOME, ...env }, cwd: tmpdir() });
    this.process.stderr.resume();
    this.process.stdin.on('error', () => {});
    this.process.stdout.setEncoding('utf8').on('data', (part: string) => this.#read(part));
  }

  #read(part: string): void {
    // A large answer comes in many parts: they are put together once.
    const lines = part.split('\n');
    this.#parts.push(lines[0]!);
    for (const next of lines.slice(1)) {
      const message = JSON.parse(this.#parts.join('')) as Answer;
      this.#parts = [next];
      const waiting = this.#waiting.get(message.id as number);
      if (waiting && ('result' in message || 'error' in message)) {
        this.#waiting.delete(message.id as number);
        waiting(message);
      }
    }
  }

  request(method: string, given: Record<string, unknown> = {}): Promise<Answer> {
    const id = this.#id++;
    const params = this.#modern ? { ...given, _meta: ENVELOPE } : given;
    const line = JSON.stringify({ jsonrpc: '2.0', id, method, params });
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, resolve);
      this.process.once('exit', () => reject(new Error(`${method}: the server ended`)));
      this.process.setMaxListeners(0);
      this.process.stdin.write(`${line}\n`);
    });
  }

  async initialize(): Promise<void> {
    if (this.#modern) {
      await this.request('server/discover');
      return;
    }
    await this.request('initialize', INITIALIZE);
    this.process.stdin.write('{"jsonrpc":"2.0","method":"notifications/initialized"}\n');
  }

  /** @returns the milliseconds that it took. */
  async call(name: string, args: Record<string, unknown>): Promise<number> {
    const from = performance.now();
    const { result } = await this.request('tools/call', { name, arguments: args });
    if (!result || result.isError) throw new Error(`${name} failed: ${JSON.stringify(result).slice(0, 300)}`);
    return performance.now() - from;
  }

  /** Megabytes. */
  rss(): number {
    const status = readFileSync(`/proc/${this.process.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
  }

  /** Milliseconds that its main thread has worked: steadier than a clock on a busy machine. */
  worked(): number {
    try {
      const { pid } = this.process;
      return Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
    } catch {
      return Number.NaN;
    }
  }

  end(): Promise<void> {
    return new Promise((resolve) => {
      this.process.removeAllListeners('exit');
      this.process.once('exit', () => resolve());
      this.process.stdin.end();
      setTimeout(() => this.process.kill('SIGKILL'), 3_000).unref();
    });
  }
}

/** Starts a helper of the bench and waits for the first line that it prints. */
export function helper(args: string[]): Promise<{ line: string; ms: number; end: () => Promise<void> }> {
  const began = performance.now();
  const child = spawn(process.execPath, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    let text = '';
    child.once('exit', (code) => reject(new Error(`${args.join(' ')} ended with ${code}`)));
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      if (!text.includes('\n')) return;
      child.removeAllListeners('exit');
      const ended = new Promise<void>((done) => child.once('exit', () => done()));
      resolve({
        line: text.split('\n').find((one) => one.trim() !== '') ?? '',
        ms: performance.now() - began,
        end: () => {
          child.stdin.end();
          child.kill();
          return ended;
        },
      });
    });
  });
}
