/**
 * `toado-mcp experiments mcp`, what an agent's MCP configuration starts: this program's server as anybody gets it, in a
 * process of its own, and a copy of every message for the recorder.
 */

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { END_SIGNALS } from '../../base/end-process.ts';
import { isJson } from '../../base/is-json.ts';
import { programFile } from '../base/program-file.ts';

const RECORDER = 'TOADO_EXPERIMENT_RECORDER';

/** @param settings a JSON file with `apiUrl`, `token` and `recorder`, where they aren't in the environment. */
export async function recordedServer(settings?: string): Promise<number> {
  const env: NodeJS.ProcessEnv = { ...process.env };
  if (settings !== undefined) {
    const { apiUrl, token, recorder } = JSON.parse(readFileSync(settings, 'utf8')) as Record<string, string>;
    Object.assign(env, { TOADO_API_URL: apiUrl, TOADO_API_TOKEN: token, [RECORDER]: recorder });
  }
  const recorder = openRecorder(env[RECORDER]);
  // Hosts hand their own environment on; the server takes a TOADO_ variable that it doesn't know for a mistake.
  for (const name of Object.keys(env)) if (name.startsWith('TOADO_EXPERIMENT_')) delete env[name];
  const child = spawn(process.execPath, [programFile()], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  for (const signal of END_SIGNALS) process.on(signal, () => child.kill(signal));
  child.stdin.on('error', () => {});
  process.stdout.on('error', () => child.stdin.end());
  const fromAgent = new Copy('agent', recorder.send);
  const fromServer = new Copy('server', recorder.send);
  process.stdin.on('data', (chunk: Buffer) => {
    fromAgent.take(chunk);
    child.stdin.write(chunk);
  });
  process.stdin.on('end', () => child.stdin.end());
  child.stdout.on('data', (chunk: Buffer) => {
    fromServer.take(chunk);
    process.stdout.write(chunk);
  });
  const code = await new Promise<number>((resolve) => {
    child.once('error', () => resolve(1));
    child.once('close', (ended) => resolve(ended ?? 1));
  });
  await recorder.end();
  return code;
}

/** A longer line is no message of anybody's; of it the beginning is kept. */
const MAX_LINE = 64 * 1024 * 1024;
const MAX_SHOWN = 1_000;

/** Whole lines of a stream, each a message. */
class Copy {
  /** Of a line that has not ended: joined once, when it does. */
  #pieces: string[] = [];
  #length = 0;
  readonly #from: string;
  readonly #send: (line: string) => void;
  readonly #decoder = new TextDecoder();

  constructor(from: string, send: (line: string) => void) {
    this.#from = from;
    this.#send = send;
  }

  take(chunk: Buffer): void {
    const parts = this.#decoder.decode(chunk, { stream: true }).split('\n');
    const rest = parts.pop()!;
    for (const part of parts) {
      this.#add(part);
      this.#record(this.#pieces.join(''), this.#length);
      this.#pieces = [];
      this.#length = 0;
    }
    this.#add(rest);
  }

  #add(piece: string): void {
    this.#length += piece.length;
    if (this.#length <= MAX_LINE) this.#pieces.push(piece);
    else this.#pieces = [this.#pieces.join('').slice(0, MAX_SHOWN)];
  }

  #record(line: string, length: number): void {
    if (line.trim() === '') return;
    // A message is JSON already; what isn't JSON is recorded as the text that it is.
    const isMessage = length <= MAX_LINE && isJson(line);
    const message = isMessage ? line : JSON.stringify({ unreadable: line.slice(0, MAX_SHOWN) });
    this.#send(`{"at":${Date.now()},"from":"${this.#from}","message":${message}}`);
  }
}

/** Where nobody listens the session goes on; the run's grader then says that it was not recorded. */
function openRecorder(address: string | undefined): {
  send: (line: string) => void;
  end: () => Promise<void>;
} {
  const parts = address?.match(/^([\d.]+):(\d+)\/(\w+)$/);
  if (!parts) return { send: () => {}, end: async () => {} };
  const [, host, port, key] = parts;
  const socket = connect(Number(port), host);
  socket.on('error', () => {});
  socket.write(`${key}\n`);
  return {
    send: (line) => void socket.write(`${line}\n`),
    end: () =>
      new Promise((resolve) => {
        if (socket.destroyed) return resolve();
        socket.once('close', () => resolve());
        socket.end();
      }),
  };
}
