/**
 * One request and its answer, read within limits of time and size. Where it goes wrong, the failure says whether anything
 * had left this machine.
 */
import type { ClientRequest, IncomingMessage } from 'node:http';
import { Failure } from '../../base/failure.ts';
import { MAX_PART_LENGTH } from '../json/parse-json.ts';
import { createBody, type DecodedBody } from './decoded-body.ts';
import type { HttpRequest, HttpResponse } from './messages.ts';
import { describeNetworkError } from './network-errors.ts';

export const CONNECT_MS = 5_000;
const HEADERS_MS = 12_000;
const BODY_IDLE_MS = 8_000;
/** Unpacked. A busy ticket with its devtools is about 2 MB. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

type Told = [code: string, sentence: string, next: string, more?: { cause?: unknown; status?: number }];

export class Exchange {
  readonly #origin: string;
  readonly #request: HttpRequest;
  readonly #began = performance.now();
  readonly #answer: Promise<HttpResponse>;
  #resolve!: (answer: HttpResponse) => void;
  #reject!: (failure: Failure) => void;
  #isSent = false;
  #isDone = false;
  #outgoing: ClientRequest | undefined;
  #status = 0;
  #headers: HttpResponse['headers'] = {};
  #body: DecodedBody | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(origin: string, request: HttpRequest) {
    this.#origin = origin;
    this.#request = request;
    this.#answer = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** @throws Failure */
  send(open: () => ClientRequest): Promise<HttpResponse> {
    const { signal, timeoutMs, body } = this.#request;
    if (signal?.aborted) {
      this.#cancelled();
      return this.#answer;
    }
    this.#timer = setTimeout(() => this.#timedOut(), timeoutMs);
    signal?.addEventListener('abort', this.#cancelled, { once: true });
    try {
      this.#outgoing = open();
    } catch (error) {
      this.#broken(error);
      return this.#answer;
    }
    const outgoing = this.#outgoing;
    outgoing.on('error', this.#broken);
    outgoing.once('socket', (socket) => {
      const leaves = () => {
        this.#isSent = true;
        socket.setTimeout(HEADERS_MS);
      };
      if (socket.connecting) {
        socket.setTimeout(CONNECT_MS);
        socket.once('encrypted' in socket ? 'secureConnect' : 'connect', leaves);
      } else leaves();
    });
    outgoing.on('timeout', () => this.#broken(socketTimeout(this.#isSent, this.#status)));
    outgoing.once('response', (incoming) => this.#receive(incoming));
    outgoing.end(body);
    return this.#answer;
  }

  #receive(incoming: IncomingMessage): void {
    this.#status = incoming.statusCode ?? 0;
    this.#headers = incoming.headers;
    incoming.socket.setTimeout(BODY_IDLE_MS);
    const isSuccess = this.#status < 300;
    this.#body = createBody(this.#headers, isSuccess ? MAX_ANSWER_BYTES : MAX_PART_LENGTH, {
      onText: (text) => this.#complete(text),
      // Of a refusal, what can be read is enough.
      onUnreadable: (charset, text) =>
        isSuccess ? this.#fail(...unknownCharset(charset, this.#status)) : this.#complete(text),
      // With its status it is an answer, and another attempt would bring the same. Of a refusal, its beginning is enough.
      onTooLarge: () => this.#fail(...TOO_LARGE, isSuccess ? { status: this.#status } : {}),
      onBroken: (cause) =>
        this.#fail('unreachable', 'Toado’s compressed answer was damaged on its way.', 'Call again.', {
          cause,
        }),
      onFull: (isFull) => {
        // Nothing comes from a sender that isn't listened to; once all of it is here, the socket is another request's.
        if (!this.#isDone && !incoming.complete) incoming.socket.setTimeout(isFull ? 0 : BODY_IDLE_MS);
        if (isFull) incoming.pause();
        else incoming.resume();
      },
      whenLarge: this.#request.whenLarge,
    });
    if (!this.#body) {
      this.#fail(...UNKNOWN_ENCODING);
      return;
    }
    incoming.on('data', (chunk: Buffer) => this.#body?.push(chunk));
    incoming.once('end', () => {
      if (!this.#isDone) this.#body?.end();
    });
    // Whatever it says: a request that was begun may have arrived.
    incoming.on('error', this.#broken);
  }

  #settle(): void {
    this.#isDone = true;
    clearTimeout(this.#timer);
    this.#request.signal?.removeEventListener('abort', this.#cancelled);
  }

  #complete(text: string): void {
    if (this.#isDone) return;
    this.#settle();
    this.#resolve({ status: this.#status, headers: this.#headers, text });
  }

  #fail(...[code, sentence, next, more = {}]: Told): void {
    if (this.#isDone) return;
    this.#settle();
    this.#outgoing?.destroy();
    const { isRead } = this.#request;
    // A write that was accepted stays accepted where the rest of its answer got lost, or has no end; a refusal stays one.
    const isAccepted = !isRead && this.#status >= 200 && this.#status < 300;
    const isRefused = this.#status >= 300;
    if ((isAccepted || isRefused) && code !== 'cancelled') {
      const text = this.#body?.soFar() ?? '';
      this.#resolve({ status: this.#status, headers: this.#headers, text, isCut: true });
      this.#body?.destroy();
      return;
    }
    this.#body?.destroy();
    const outcome = !this.#isSent ? 'not_sent' : isRead ? 'no_answer' : 'outcome_unknown';
    this.#reject(new Failure(code, sentence, next, { outcome, ...more }));
  }

  readonly #broken = (error: unknown): void => {
    const { code, sentence, next } = describeNetworkError(error, this.#origin, this.#waited());
    this.#fail(code, sentence, next, { cause: error });
  };

  readonly #cancelled = (): void =>
    this.#fail(
      'cancelled',
      'The call was cancelled before Toado answered.',
      'Call again if it is still wanted.',
    );

  #timedOut(): void {
    this.#fail(
      'timeout',
      `Toado (${this.#origin}) gave no complete answer ${this.#waited()}.`,
      'Call again in a moment; `toado-mcp doctor` measures the connection.',
    );
  }

  #waited(): string {
    const { attempt = 1, callBegan = this.#began } = this.#request;
    const seconds = Math.round((performance.now() - callBegan) / 1000);
    return `within ${seconds} s${attempt > 1 ? `, in ${attempt} attempts` : ''}`;
  }
}

const TOO_LARGE = [
  'bad_answer',
  `Toado's answer is larger than ${MAX_ANSWER_BYTES / 1024 / 1024} MB and was not read to its end.`,
  'Ask for less: a smaller limit, or without include.',
] as const;

const UNKNOWN_ENCODING = [
  'bad_answer',
  'Toado’s answer is compressed in a way that was not asked for.',
  'Something in between changes answers: `toado-mcp doctor` tests the connection.',
] as const;

function unknownCharset(charset: string, status: number): Told {
  const name = /^[\w.:-]{1,40}$/.test(charset) ? ` (${charset})` : '';
  return [
    'bad_answer',
    `Toado’s answer is in a character set that this program can’t read${name}.`,
    'Something in between may change answers: `toado-mcp doctor` tests the connection.',
    { status },
  ];
}

/** What was waited for in vain: the connection, the answer's head, or the rest of it. */
function socketTimeout(isSent: boolean, status: number): Error {
  const what = !isSent ? 'CONNECT' : status === 0 ? 'HEADERS' : 'BODY';
  return Object.assign(new Error(`timed out: ${what.toLowerCase()}`), { code: `${what}_TIMEOUT` });
}
