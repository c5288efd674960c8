/**
 * The one place that talks HTTP to Toado. It adds the token, sends one request, reads one answer within limits of
 * time and size, and says whether anything had left this machine when it went wrong. It follows no redirect.
 */
import type { Agent, ClientRequest, RequestOptions } from 'node:http';
import type { ConnectionOptions as TlsOptions } from 'node:tls';
import { Failure } from '../../base/failure.ts';
import { MAX_PART_LENGTH } from '../json/parse-json.ts';
import { ACCEPT_ENCODING, createBody, type DecodedBody } from './decoded-body.ts';
import { describeNetworkError } from './network-errors.ts';
import { type HttpProxy, throughProxy } from './proxy-tunnel.ts';

/** As many calls at once as a client is likely to make; sockets are opened only as they are needed. */
const SOCKETS = 64;
const CONNECT_MS = 5_000;
const HEADERS_MS = 12_000;
const BODY_IDLE_MS = 8_000;
/** No limit is shorter, so that none is noticed late. */
const CHECK_EVERY_MS = Math.min(CONNECT_MS, HEADERS_MS, BODY_IDLE_MS);
/** A socket that nobody has used for this long is closed: servers close theirs after five seconds and more. */
const SOCKET_IDLE_MS = 4_000;
/** Unpacked. A busy ticket with its devtools is about 2 MB. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Changes nothing, so that an answer which doesn't come leaves nothing open. */
  isRead: boolean;
  token: string;
  /** Path and query below the base address, percent-encoded. */
  target: string;
  /** Of a write: `Idempotency-Key`. */
  idempotencyKey?: string | undefined;
  /** Of the answer that is there already: `If-None-Match`. */
  etag?: string | undefined;
  body?: string | undefined;
  signal?: AbortSignal | undefined;
  /** Asked where the answer turns out large: the rest of it is read then. */
  whenLarge?: () => Promise<void>;
  /** For the whole exchange, in milliseconds. */
  timeoutMs: number;
  /** Which attempt of a call this is, and when the call began (`performance.now()`): a timeout tells of the whole call. */
  attempt?: number;
  callBegan?: number;
}

export interface HttpResponse {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string | string[] | undefined>;
  text: string;
  /** It broke off, or was not read to its end: this is what came. */
  isCut?: true;
}

export interface Http {
  send(request: HttpRequest): Promise<HttpResponse>;
  /** Closes every socket; what is under way fails. */
  close(): Promise<void>;
}

export interface HttpOptions {
  /** The API's base address, without a slash at its end. */
  baseUrl: string;
  userAgent: string;
  /** What requests go through. */
  proxy?: HttpProxy | undefined;
}

export function createHttp({ baseUrl, userAgent, proxy }: HttpOptions): Http {
  const { origin, pathname, protocol, host, hostname, port } = new URL(baseUrl);
  const prefix = pathname.replace(/\/+$/, '');
  const isSecure = protocol === 'https:';
  // Taken as it is: as a module, node:http also loads what belongs to fetch and WebSocket.
  const http = process.getBuiltinModule(isSecure ? 'node:https' : 'node:http');
  const agent: Agent = new http.Agent({
    keepAlive: true,
    maxSockets: SOCKETS,
    timeout: SOCKET_IDLE_MS,
    ...(isSecure && { ALPNProtocols: ['http/1.1'] }),
  });
  if (proxy) {
    const connect = throughProxy(proxy, CONNECT_MS);
    agent.createConnection = (target, done) => {
      connect({ hostname, port, servername: (target as TlsOptions).servername }, (error, socket) =>
        done!(error, socket!),
      );
      return undefined;
    };
  }
  // There is one place to connect to, so all sockets go by one name.
  agent.getName = () => origin;
  const target: RequestOptions = { agent, hostname: hostname.replace(/^\[|\]$/g, ''), port };
  // A list is written at once; an object's fields, one by one.
  const common = [
    ...['host', host, 'accept', 'application/json', 'accept-encoding', ACCEPT_ENCODING],
    ...['user-agent', userAgent, 'x-toado-client', 'mcp'],
  ];

  return {
    send: (request) => {
      const { method, body, idempotencyKey, etag } = request;
      const headers = [...common, 'authorization', `Bearer ${request.token}`];
      if (idempotencyKey) headers.push('idempotency-key', idempotencyKey);
      if (etag) headers.push('if-none-match', etag);
      if (body !== undefined) headers.push('content-type', 'application/json');
      if (method !== 'GET') headers.push('content-length', `${Buffer.byteLength(body ?? '')}`);
      const options = { ...target, method, path: prefix + request.target, headers };
      return exchange(origin, request, () => http.request(options));
    },
    close: async () => {
      // Whatever waits for a socket would open one for each that closes, and be sent.
      for (const waiting of Object.values(agent.requests)) for (const one of waiting ?? []) one.destroy();
      agent.destroy();
    },
  };
}

function exchange(origin: string, request: HttpRequest, open: () => ClientRequest): Promise<HttpResponse> {
  const { signal, isRead } = request;
  const began = performance.now();
  return new Promise((resolve, reject) => {
    let sent = false;
    let done = false;
    let outgoing: ClientRequest | undefined;
    let status = 0;
    let headers: HttpResponse['headers'] = {};
    let body: DecodedBody | undefined;

    const settle = () => {
      done = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
    const fail = (
      code: string,
      sentence: string,
      next: string,
      more: { cause?: unknown; status?: number } = {},
    ) => {
      if (done) return;
      settle();
      outgoing?.destroy();
      // A write that was accepted stays accepted where the rest of its answer got lost, or has no end; a refusal stays one.
      const isAccepted = !isRead && status >= 200 && status < 300;
      const isRefused = status >= 300;
      if ((isAccepted || isRefused) && code !== 'cancelled') {
        resolve({ status, headers, text: body?.soFar() ?? '', isCut: true });
        body?.destroy();
        return;
      }
      body?.destroy();
      const outcome = !sent ? 'not_sent' : isRead ? 'no_answer' : 'outcome_unknown';
      reject(new Failure(code, sentence, next, { outcome, ...more }));
    };
    const broken = (error: unknown) => {
      const { code, sentence, next } = describeNetworkError(error, origin, waited(request, began));
      fail(code, sentence, next, { cause: error });
    };
    const onAbort = () =>
      fail('cancelled', 'The call was cancelled before Toado answered.', 'Call again if it is still wanted.');
    const ends = began + request.timeoutMs;
    /** By when the next thing has to be here: the connection, the answer's head, another part of it. */
    let nextIsDue = Number.POSITIVE_INFINITY;
    const expectWithin = (ms: number) => {
      nextIsDue = performance.now() + ms;
    };
    // One timer for all limits: a socket's own would have to be set anew for each of them.
    const checkTime = () => {
      const now = performance.now();
      if (now >= ends) {
        fail(
          'timeout',
          `Toado (${origin}) gave no complete answer ${waited(request, began)}.`,
          'Call again in a moment; `toado-mcp doctor` measures the connection.',
        );
      } else if (now >= nextIsDue) broken(timedOut(sent, status));
      else timer = setTimeout(checkTime, Math.min(CHECK_EVERY_MS, nextIsDue - now, ends - now));
    };
    let timer = setTimeout(checkTime, Math.min(CHECK_EVERY_MS, request.timeoutMs));
    if (signal?.aborted) return onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });

    try {
      outgoing = open();
    } catch (error) {
      broken(error);
      return;
    }
    outgoing.on('error', broken);
    outgoing.once('socket', (socket) => {
      const leaves = () => {
        sent = true;
        nextIsDue = Number.POSITIVE_INFINITY;
      };
      // Where a request was given up at once, Node may hand on its socket in the midst of TLS's greetings.
      const { connecting, secureConnecting } = socket as typeof socket & { secureConnecting?: boolean };
      if (connecting || secureConnecting) {
        expectWithin(CONNECT_MS);
        socket.once('encrypted' in socket ? 'secureConnect' : 'connect', leaves);
        return;
      }
      // On a socket that the server has just closed, Node keeps the request back and tells of the end.
      if (socket.writable) leaves();
    });
    const expectHead = () => {
      if (status === 0) expectWithin(HEADERS_MS);
    };
    // A large body takes its time on a slow line: the answer is due once all of it has left.
    outgoing.once('finish', expectHead);
    // Whoever says that it is at work (102) has as long again.
    outgoing.on('information', expectHead);
    // After a change of protocol that nobody asked for (101), Node closes the socket and tells of nothing else.
    outgoing.once('close', () => {
      if (status === 0) broken(Object.assign(new Error('closed without an answer'), { code: 'ECONNRESET' }));
    });
    outgoing.once('response', (incoming) => {
      status = incoming.statusCode ?? 0;
      headers = incoming.headers;
      expectWithin(BODY_IDLE_MS);
      const isSuccess = status < 300;
      const onText = (text: string) => {
        if (done) return;
        settle();
        resolve({ status, headers, text });
      };
      body = createBody(headers, isSuccess ? MAX_ANSWER_BYTES : MAX_PART_LENGTH, {
        onText,
        onUnreadable(charset, text) {
          // Of a refusal, what can be read is enough.
          if (!isSuccess) return onText(text);
          const name = /^[\w.:-]{1,40}$/.test(charset) ? ` (${charset})` : '';
          fail(
            'bad_answer',
            `Toado’s answer is in a character set that this program can’t read${name}.`,
            'Something in between may change answers: `toado-mcp doctor` tests the connection.',
            { status },
          );
        },
        onTooLarge: () =>
          fail(
            'bad_answer',
            `Toado's answer is larger than ${MAX_ANSWER_BYTES / 1024 / 1024} MB and was not read to its end.`,
            'Ask for less: a smaller limit, or without include.',
            // With its status it is an answer, and another attempt would bring the same. Of a refusal, its beginning is enough.
            isSuccess ? { status } : {},
          ),
        onBroken: (error) =>
          fail('unreachable', 'Toado’s compressed answer was damaged on its way.', 'Call again.', {
            cause: error,
          }),
        onFull: (isFull) => {
          // Nothing comes from a sender that isn't listened to, and nothing more once all of it is here.
          expectWithin(isFull || incoming.readableEnded ? Number.POSITIVE_INFINITY : BODY_IDLE_MS);
          if (isFull) incoming.pause();
          else incoming.resume();
        },
        whenLarge: request.whenLarge,
      });
      if (!body) {
        fail(
          'bad_answer',
          'Toado’s answer is compressed in a way that was not asked for.',
          'Something in between changes answers: `toado-mcp doctor` tests the connection.',
        );
        return;
      }
      incoming.on('data', (chunk: Buffer) => {
        expectWithin(BODY_IDLE_MS);
        body?.push(chunk);
      });
      incoming.once('end', () => {
        nextIsDue = Number.POSITIVE_INFINITY;
        if (!done) body?.end();
      });
      // Whatever it says: a request that was begun may have arrived.
      incoming.on('error', broken);
    });
    outgoing.end(request.body);
  });
}

function waited({ attempt = 1, callBegan }: HttpRequest, began: number): string {
  const seconds = Math.round((performance.now() - (callBegan ?? began)) / 1000);
  return `within ${seconds} s${attempt > 1 ? `, in ${attempt} attempts` : ''}`;
}

/** What was waited for in vain: the connection, the answer's head, or the rest of it. */
function timedOut(sent: boolean, status: number): Error {
  const what = !sent ? 'CONNECT' : status === 0 ? 'HEADERS' : 'BODY';
  return Object.assign(new Error(`timed out: ${what.toLowerCase()}`), { code: `${what}_TIMEOUT` });
}
