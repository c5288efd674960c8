/**
 * MCP over stdin and stdout: one JSON-RPC message a line. The SDK's own transport goes deaf after a message of
 * more than 10 MiB and says nothing to a line that isn't JSON; this one answers both and goes on. It is also the
 * one place where messages leave, so the token is taken out here.
 */
import type { Readable, Writable } from 'node:stream';
import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/server';
import type { Redactor } from '../../respond/redact-token.ts';
import { ErrorCode, isRequestId, type RequestId } from '../protocol/json-rpc.ts';
import { Batches } from './batches.ts';
import { idOf, inOneSentence, readMessage } from './read-message.ts';
import { readToolsCall } from './read-tools-call.ts';

const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;
/** What has come and waits is no more than this; then stdin is not read until something has left. */
const MAX_WAITING_BYTES = MAX_MESSAGE_BYTES;
/** While more answers than this wait to be taken, nothing more is answered. */
const MAX_UNREAD_BYTES = 1024 * 1024;
/** Lines are taken for this long in one turn, then signals and answers have theirs. */
const TURN_MS = 20;
/** How much of an oversized message's two ends is kept, to find its id. */
const END_BYTES = 1024;

const NEWLINE = 0x0a;
const NO_BYTES = Buffer.alloc(0);

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
  /** What has come and is not read yet: while nobody takes the answers, nothing more is answered. */
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #isFull = false;
  #hasEnded = false;
  #turn?: NodeJS.Immediate;
  /** The last bytes of a message that is already too large. */
  #tail: Buffer = NO_BYTES;
  /** Lines that leave together at the end of this turn of the event loop: many answers at once cost one write. */
  #pending = '';
  readonly #batches = new Batches((answers) => this.#write(answers));
  /** Requests that nobody has answered yet. */
  readonly #open = new Set<RequestId>();
  #onAnswered?: () => void;
  /** Whether anything has come. */
  hasRead = false;
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
    stdin.once('end', this.#onEnd);
    process.once('exit', this.#flush);
    // The end of either stream is the life of the process' business (serve.ts), which then closes this transport:
    // answers to writes under way still leave while stdout is open.
    stdin.on('error', () => {});
    stdout.on('error', () => {
      this.#unread = true;
      this.#onDrain();
    });
    stdout.on('drain', this.#onDrain);
  }

  async send(message: JSONRPCMessage): Promise<void> {
    if (this.#closed) return;
    if ('method' in message) {
      this.#write(message);
      return;
    }
    const answer = 'error' in message ? { ...message, error: inOneSentence(message.error) } : message;
    const id = idOf(answer);
    if (!this.#batches.hold(id, answer)) this.#write(answer);
    if (id !== null) this.#isDone(id);
  }

  /** Resolves when every request that has been read is answered, and the answers have left the process. */
  async answered(): Promise<void> {
    if (this.#open.size > 0 || this.#waiting.length > 0) {
      await new Promise<void>((resolve) => {
        this.#onAnswered = resolve;
      });
    }
    this.#flush();
    const { stdout } = this.#streams;
    if (this.#unread || stdout.writableLength === 0) return;
    await new Promise<void>((resolve) => {
      stdout.write('', () => resolve());
      stdout.once('error', () => resolve());
    });
  }

  #isDone(id: RequestId): void {
    this.#open.delete(id);
    if (this.#open.size === 0 && this.#waiting.length === 0) this.#onAnswered?.();
  }

  #write(message: unknown): void {
    if (this.#unread) return;
    if (this.#pending === '') setImmediate(this.#flush);
    this.#pending += `${this.#redactor.redactJson(message)}\n`;
  }

  readonly #flush = () => {
    if (this.#pending === '') return;
    const { stdout } = this.#streams;
    stdout.write(this.#pending);
    this.#isFull = stdout.writableLength > MAX_UNREAD_BYTES && !this.#unread;
    this.#pending = '';
  };

  readonly #onDrain = () => {
    this.#isFull = false;
    this.#read();
  };

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#flush();
    process.off('exit', this.#flush);
    this.#streams.stdin.off('data', this.#onData);
    this.#streams.stdin.off('end', this.#onEnd);
    this.#streams.stdout.off('drain', this.#onDrain);
    this.#waiting = [];
    this.#chunks = [];
    this.onclose?.();
  }

  readonly #onData = (chunk: Buffer) => {
    this.#waiting.push(chunk);
    this.#waitingBytes += chunk.length;
    this.#read();
    if (this.#waitingBytes > MAX_WAITING_BYTES) this.#streams.stdin.pause();
  };

  readonly #onEnd = () => {
    this.#hasEnded = true;
    this.#read();
  };

  /** Takes the lines that wait, as long as somebody takes the answers and for one turn at most. */
  readonly #read = () => {
    clearImmediate(this.#turn);
    const began = performance.now();
    while (this.#waiting.length > 0 && !this.#isFull) {
      if (performance.now() - began > TURN_MS) {
        this.#turn = setImmediate(this.#read);
        return;
      }
      const chunk = this.#waiting[0]!;
      const at = chunk.indexOf(NEWLINE);
      const length = at < 0 ? chunk.length : at + 1;
      if (length === chunk.length) this.#waiting.shift();
      else this.#waiting[0] = chunk.subarray(length);
      this.#waitingBytes -= length;
      this.#keep(at < 0 ? chunk : chunk.subarray(0, at));
      if (at >= 0) this.#endOfLine();
    }
    if (this.#waitingBytes <= MAX_WAITING_BYTES && this.#streams.stdin.isPaused())
      this.#streams.stdin.resume();
    if (this.#waiting.length > 0) return;
    // The last line counts without its newline, too.
    if (this.#hasEnded && this.#bytes > 0) this.#endOfLine();
    if (this.#open.size === 0) this.#onAnswered?.();
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
    this.#tail = NO_BYTES;
    if (bytes > MAX_MESSAGE_BYTES) {
      this.#refuse(
        ErrorCode.InvalidRequest,
        `The message has ${bytes} bytes; ${MAX_MESSAGE_BYTES / 1024 / 1024} MiB is the most. Nothing was done with it.`,
        idIn(kept.toString('utf8', 0, END_BYTES), tail.toString('utf8')),
      );
      return;
    }
    // A byte order mark is white space, too.
    const line = kept.toString('utf8').trim();
    if (line === '') return;
    this.hasRead = true;
    let parsed: unknown;
    try {
      parsed = JSON.parse(line);
    } catch {
      this.#refuse(
        ErrorCode.ParseError,
        'A line on stdin is not JSON.',
        idIn(line.slice(0, END_BYTES), line.slice(-END_BYTES)),
      );
      return;
    }
    if (!Array.isArray(parsed) || parsed.length === 0) {
      this.#take(parsed);
      return;
    }
    this.#batches.read(parsed, (one) => this.#take(one));
  }

  #take(parsed: unknown): void {
    const read = readMessage(parsed);
    if ('refusal' in read) {
      const { code, message, id } = read.refusal;
      this.#refuse(code, message, id);
      return;
    }
    const message = readToolsCall(read.message);
    if (typeof message === 'string') {
      this.#refuse(ErrorCode.InvalidParams, message, idOf(read.message));
      return;
    }
    // A subscription is answered when it ends.
    if ('method' in message && 'id' in message && message.method !== 'subscriptions/listen') {
      this.#open.add(message.id);
      this.#batches.expect(message.id);
    }
    if ('method' in message && message.method === 'notifications/cancelled') {
      const id = (message.params as { requestId?: RequestId } | undefined)?.requestId;
      // The SDK gives no answer to a request that was cancelled.
      if (id !== undefined) {
        this.#batches.forget(id);
        this.#isDone(id);
      }
    }
    this.onmessage?.(message);
  }

  #refuse(code: number, message: string, id: string | number | null): void {
    this.onerror?.(new Error(message));
    void this.send({ jsonrpc: '2.0', id, error: { code, message } } as JSONRPCMessage);
  }
}

/**
 * The request's id, from the two ends of a message that can't be read as a whole: clients write it first or last. What
 * isn't JSON anyway may hold one that isn't, either.
 */
function idIn(head: string, tail: string): RequestId | null {
  const found = ID_FIRST.exec(head)?.[1] ?? ID_LAST.exec(tail)?.[1];
  if (found === undefined) return null;
  try {
    const id: unknown = JSON.parse(found);
    return isRequestId(id) ? id : null;
  } catch {
    return null;
  }
}

const ID = String.raw`"id"\s*:\s*(-?\d+|"(?:[^"\\]|\\.)*")\s*`;
/** What other members are as short as to stand on the same side of the parameters as the id. */
const SHORT = String.raw`"(?:jsonrpc|method)"\s*:\s*"[^"]*"\s*`;
const ID_FIRST = new RegExp(String.raw`^\{\s*(?:${SHORT},\s*)*${ID}[,}]`);
const ID_LAST = new RegExp(String.raw`\}\s*,\s*(?:${SHORT},\s*)*${ID}(?:,\s*${SHORT})*\}\s*$`);
