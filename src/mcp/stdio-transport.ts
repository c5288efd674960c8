/**
 * MCP over stdin and stdout: one JSON-RPC message a line. The SDK's own transport goes deaf after a message of
 * more than 10 MiB and says nothing to a line that isn't JSON; this one answers both and goes on. It is also the
 * one door through which messages leave, so the token is taken out here.
 */
import type { Readable, Writable } from 'node:stream';
import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/server';
import type { Redactor } from '../respond/redact.ts';
import { readToolsCall } from './tools-call.ts';

export const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;
/** How much of an oversized message's two ends is kept, to find its id. */
const END_BYTES = 1024;

const PARSE_ERROR = -32700;
const INVALID_REQUEST = -32600;
const INVALID_PARAMS = -32602;
const NEWLINE = 0x0a;

interface Streams {
  stdin: Readable;
  stdout: Writable;
}

export class StdioTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (message: JSONRPCMessage) => void;

  readonly #streams: Streams;
  readonly #redactor: Redactor;
  #chunks: Buffer[] = [];
  #bytes = 0;
  /** The last bytes of a message that is already too large. */
  #tail: Buffer = Buffer.alloc(0);
  /** Lines that leave together at the end of this turn of the event loop: many answers at once cost one write. */
  #pending = '';
  #closed = false;
  /** Nobody reads stdout any more. */
  #unread = false;

  constructor(redactor: Redactor, streams: Streams = process) {
    this.#redactor = redactor;
    this.#streams = streams;
  }

  async start(): Promise<void> {
    const { stdin, stdout } = this.#streams;
    stdin.on('data', this.#onData);
    process.once('exit', this.#flush);
    // The end of either stream is the life of the process' business (serve.ts), which then closes this transport:
    // answers to writes under way still leave while stdout is open.
    stdin.on('error', () => {});
    stdout.on('error', () => {
      this.#unread = true;
    });
  }

  async send(message: JSONRPCMessage): Promise<void> {
    if (this.#closed || this.#unread) return;
    if (this.#pending === '') setImmediate(this.#flush);
    this.#pending += `${this.#redactor.redactJson(message)}\n`;
  }

  readonly #flush = () => {
    if (this.#pending === '') return;
    this.#streams.stdout.write(this.#pending);
    this.#pending = '';
  };

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#flush();
    process.off('exit', this.#flush);
    this.#streams.stdin.off('data', this.#onData);
    this.#chunks = [];
    this.onclose?.();
  }

  readonly #onData = (chunk: Buffer) => {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      this.#keep(chunk.subarray(from, at));
      this.#endOfLine();
      from = at + 1;
    }
    if (from < chunk.length) this.#keep(chunk.subarray(from));
  };

  #keep(part: Buffer): void {
    this.#bytes += part.length;
    if (this.#bytes <= MAX_MESSAGE_BYTES) {
      this.#chunks.push(part);
      return;
    }
    if (this.#chunks.length > 1) this.#chunks = [Buffer.concat(this.#chunks).subarray(0, END_BYTES)];
    this.#tail = Buffer.concat([this.#tail, part.subarray(-END_BYTES)]).subarray(-END_BYTES);
  }

  #endOfLine(): void {
    const bytes = this.#bytes;
    const kept = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks);
    const tail = this.#tail;
    this.#chunks = [];
    this.#bytes = 0;
    this.#tail = Buffer.alloc(0);
    if (bytes > MAX_MESSAGE_BYTES) {
      this.#refuse(
        INVALID_REQUEST,
        `The message has ${bytes} bytes; ${MAX_MESSAGE_BYTES / 1024 / 1024} MiB is the most. Nothing was done with it.`,
        idIn(kept.toString('utf8', 0, END_BYTES), tail.toString('utf8')),
      );
      return;
    }
    const line = kept.toString('utf8').trimEnd();
    if (line === '') return;
    let message: JSONRPCMessage;
    try {
      message = JSON.parse(line);
    } catch {
      this.#refuse(
        PARSE_ERROR,
        'A line on stdin is not JSON.',
        idIn(line.slice(0, END_BYTES), line.slice(-END_BYTES)),
      );
      return;
    }
    if (
      typeof message !== 'object' ||
      message === null ||
      Array.isArray(message) ||
      message.jsonrpc !== '2.0'
    ) {
      this.#refuse(INVALID_REQUEST, 'A message on stdin is not a JSON-RPC 2.0 message.', idOf(message));
      return;
    }
    const read = readToolsCall(message);
    if (typeof read === 'string') this.#refuse(INVALID_PARAMS, read, idOf(message));
    else this.onmessage?.(read);
  }

  #refuse(code: number, message: string, id: string | number | null): void {
    this.onerror?.(new Error(message));
    void this.send({ jsonrpc: '2.0', id, error: { code, message } } as JSONRPCMessage);
  }
}

function idOf(message: unknown): string | number | null {
  const id = typeof message === 'object' && message !== null && 'id' in message ? message.id : null;
  return typeof id === 'string' || typeof id === 'number' ? id : null;
}

/** The request's id, from the two ends of a message that can't be read as a whole: clients write it first or last. */
function idIn(head: string, tail: string): string | number | null {
  const id = '(\\d+|"[^"\\\\]*")';
  const found =
    new RegExp(`^\\{(?:"jsonrpc":"2.0",)?(?:"method":"[^"]*",)?"id":${id}`).exec(head)?.[1] ??
    new RegExp(`\\},(?:"jsonrpc":"2.0",)?"id":${id}(?:,"jsonrpc":"2.0")?\\}\\s*$`).exec(tail)?.[1];
  return found === undefined ? null : (JSON.parse(found) as string | number);
}
