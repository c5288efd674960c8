/**
 * The one place that talks HTTP to Toado. It adds the token, sends one request, reads one answer within limits of
 * time and size, and says whether anything had left this machine when it went wrong. It follows no redirect.
 */
import type { Dispatcher } from 'undici';
import Pool from 'undici/lib/dispatcher/pool.js';
import { Failure } from '../base/failure.ts';
import { ACCEPT_ENCODING, createBody, type DecodedBody } from './decoded-body.ts';
import { describeNetworkError } from './network-errors.ts';
import { type HttpProxy, throughProxy } from './tunnel.ts';

/** As many calls at once as a client is likely to make; undici opens sockets only as they are needed. */
const SOCKETS = 64;
const CONNECT_MS = 5_000;
const HEADERS_MS = 12_000;
const BODY_IDLE_MS = 8_000;
/** Unpacked. A busy ticket with its devtools is about 2 MB. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

export interface HttpRequest {
  method: Dispatcher.HttpMethod;
  /** Changes nothing, so that an answer which doesn't come leaves nothing open. */
  isRead: boolean;
  token: string;
  /** Path and query below the base address, percent-encoded. */
  target: string;
  headers: Record<string, string>;
  body?: string;
  signal?: AbortSignal;
  /** For the whole exchange, in milliseconds. */
  timeoutMs: number;
}

export interface HttpResponse {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string | string[] | undefined>;
  text: string;
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
  proxy?: HttpProxy;
}

export function createHttp({ baseUrl, userAgent, proxy }: HttpOptions): Http {
  const { origin, pathname } = new URL(baseUrl);
  const prefix = pathname.replace(/\/+$/, '');
  const limits = {
    connections: SOCKETS,
    headersTimeout: HEADERS_MS,
    bodyTimeout: BODY_IDLE_MS,
    connect: proxy ? throughProxy(proxy, CONNECT_MS) : { timeout: CONNECT_MS },
  };
  const dispatcher: Dispatcher = new Pool(origin, limits);
  const common = {
    accept: 'application/json',
    'accept-encoding': ACCEPT_ENCODING,
    'user-agent': userAgent,
    'x-toado-client': 'mcp',
  };

  return {
    send: (request) =>
      exchange(dispatcher, origin, {
        ...request,
        target: prefix + request.target,
        headers: {
          ...common,
          ...request.headers,
          authorization: `Bearer ${request.token}`,
          ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
      }),
    close: () => dispatcher.destroy(),
  };
}

function exchange(dispatcher: Dispatcher, origin: string, request: HttpRequest): Promise<HttpResponse> {
  const { signal, isRead } = request;
  return new Promise((resolve, reject) => {
    let sent = false;
    let done = false;
    let controller: Dispatcher.DispatchController | undefined;
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
      body?.destroy();
      // A write that was accepted stays accepted where the rest of its answer got lost, or has no end.
      const isAccepted = !isRead && status >= 200 && status < 300;
      if (isAccepted && code !== 'cancelled') {
        resolve({ status, headers, text: '' });
        controller?.abort(new Error('given up'));
        return;
      }
      const outcome = !sent ? 'not_sent' : isRead ? 'no_answer' : 'outcome_unknown';
      const failure = new Failure(code, sentence, next, { outcome, ...more });
      controller?.abort(failure);
      reject(failure);
    };
    const onAbort = () =>
      fail('cancelled', 'The call was cancelled before Toado answered.', 'Call again if it is still wanted.');
    const timer = setTimeout(
      () =>
        fail(
          'timeout',
          `Toado (${origin}) gave no complete answer within ${Math.round(request.timeoutMs / 1000)} s.`,
          'Call again in a moment; `toado-mcp doctor` measures the connection.',
        ),
      request.timeoutMs,
    );
    if (signal?.aborted) return onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });

    dispatcher.dispatch(
      { origin, path: request.target, method: request.method, headers: request.headers, body: request.body },
      {
        onRequestStart(started) {
          controller = started;
          // Given up while it waited for a socket, or a write that already went out once: it must not leave.
          if (done || (sent && !isRead)) started.abort(new Error('given up'));
          else sent = true;
        },
        onResponseStart(its, statusCode, answerHeaders) {
          status = statusCode;
          headers = answerHeaders;
          body = createBody(headers['content-encoding'], MAX_ANSWER_BYTES, {
            onText(text) {
              if (done) return;
              settle();
              resolve({ status, headers, text });
            },
            onTooLarge: () =>
              fail(
                'bad_answer',
                `Toado's answer is larger than ${MAX_ANSWER_BYTES / 1024 / 1024} MB and was not read to its end.`,
                'Ask for less: a smaller limit, or without include.',
                // With its status it is an answer, and another attempt would bring the same.
                { status },
              ),
            onBroken: (error) =>
              fail('unreachable', 'Toado’s compressed answer was damaged on its way.', 'Call again.', {
                cause: error,
              }),
            onFull: (isFull) => (isFull ? its.pause() : its.resume()),
          });
          if (!body)
            fail(
              'bad_answer',
              'Toado’s answer is compressed in a way that was not asked for.',
              'Something in between changes answers: `toado-mcp doctor` tests the connection.',
            );
        },
        onResponseData(_, chunk) {
          body?.push(chunk);
        },
        onResponseEnd() {
          if (!done) body?.end();
        },
        onResponseError(_, error) {
          // Whatever it says: a request that was begun may have arrived.
          const { code, sentence, next } = describeNetworkError(error, origin);
          fail(code, sentence, next, { cause: error });
        },
      },
    );
  });
}
