/**
 * serveStdio for the bundle. Loading the SDK and making its schemas is the largest part of a start beyond Node's own,
 * and its checks are a large part of a small call (docs/performance.md). So the messages that mostly come, where they
 * are plain, are answered here from the server's own handlers, as the SDK would answer them; with the first that is not
 * plain, the connection is handed over to the SDK, which serves it from then on. test/build compares both, message by
 * message.
 */
import { randomUUID } from 'node:crypto';
import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/server';
import type { serveStdio as sdkServeStdio } from '@modelcontextprotocol/server/stdio';
import { Aborter } from '../../../src/base/abort.ts';
import {
  type Era,
  isPlainNotification,
  MODERN_VERSION,
  type PlainRequest,
  plainlyCancelled,
  plainRequestOf,
} from './plain.ts';
import { type Handler, type McpServer, ProtocolErrorCode, type RememberingServer } from './server.ts';

/** The 2025 revisions, the newest first; the build takes them from the SDK. */
declare const MCP_VERSIONS: readonly string[];

type Factory = (context: { era: Era }) => McpServer;
type Id = string | number;

interface Options {
  transport: Transport;
  onerror?: (error: Error) => void;
}

export function serveStdio(factory: Factory, { transport, onerror }: Options): { close(): Promise<void> } {
  const connection = new Connection(factory, transport, onerror);
  transport.onmessage = (message) => connection.take(message);
  transport.onerror = onerror;
  void transport.start();
  return connection;
}

class Connection {
  readonly #factory: Factory;
  readonly #wire: Transport;
  readonly #onerror?: (error: Error) => void;
  /** From the first plain request on, while it is served here. */
  #server?: RememberingServer;
  #era?: Era;
  /** What brings the SDK to where the client is, when it takes over. */
  readonly #opening: { method: string; params?: Record<string, unknown> }[] = [];
  /** What came while it took over. */
  readonly #heard: JSONRPCMessage[] = [];
  readonly #running = new Map<Id, Aborter>();
  #handedOver?: Promise<Relay>;
  #relay?: Relay;
  #closed = false;

  constructor(factory: Factory, wire: Transport, onerror?: (error: Error) => void) {
    this.#factory = factory;
    this.#wire = wire;
    this.#onerror = onerror;
  }

  take(message: JSONRPCMessage): void {
    const cancelled = plainlyCancelled(message);
    if (cancelled !== undefined && this.#running.has(cancelled)) {
      this.#running.get(cancelled)!.abort();
      return;
    }
    if (this.#relay) this.#relay.onmessage?.(message);
    else if (this.#handedOver) this.#heard.push(message);
    else if (!this.#answerPlainly(message) && !this.#hearPlainly(message, cancelled)) {
      this.#heard.push(message);
      // Where that fails, the process ends with the reason.
      this.#handedOver = this.#handOver();
    }
  }

  #answerPlainly(message: JSONRPCMessage): boolean {
    const era = plainRequestOf(message);
    const request = message as PlainRequest;
    if (!era || era !== (this.#era ?? era)) return false;
    if (!this.#server) {
      if (era === 'legacy' && request.method !== 'initialize') return false;
      this.#server = this.#factory({ era }).server;
      this.#era = era;
    } else if (request.method === 'initialize') return false;
    const handler = this.#openingHandler(request) ?? this.#server.handlers.get(request.method);
    if (handler) void this.#answer(handler, request);
    return handler !== undefined;
  }

  /** For the requests that the SDK answers by itself. */
  #openingHandler({ method, params }: PlainRequest): Handler | undefined {
    const { info, options } = this.#server!;
    const { capabilities, instructions } = options;
    if (method === 'initialize') {
      this.#opening.push({ method, params });
      this.#server!.send = (one) => this.#wire.send(one);
      const asked = params!.protocolVersion as string;
      const protocolVersion = MCP_VERSIONS.includes(asked) ? asked : MCP_VERSIONS[0];
      return () => ({ protocolVersion, capabilities, serverInfo: info, instructions });
    }
    // A client of the 2026 revision is bound to it by its first other request. The list does for whichever it was.
    if (this.#era === 'modern') {
      const { _meta } = params!;
      const played = method === 'server/discover' ? method : 'tools/list';
      if (!this.#opening.some((one) => one.method === played || one.method === 'tools/list'))
        this.#opening.push({ method: played, params: { _meta } });
    }
    if (method === 'server/discover')
      return () => ({ supportedVersions: [MODERN_VERSION], capabilities, instructions });
    return undefined;
  }

  #hearPlainly(message: JSONRPCMessage, cancelled: Id | undefined): boolean {
    if (this.#era !== 'legacy') return false;
    if (cancelled !== undefined) return true;
    if (!isPlainNotification(message)) return false;
    const { method } = message as { method: string };
    if (method === 'notifications/initialized') this.#opening.push({ method });
    return true;
  }

  async #answer(handler: Handler, request: PlainRequest): Promise<void> {
    const { id, params } = request;
    const controller = new Aborter();
    const { signal } = controller;
    this.#running.set(id, controller);
    try {
      const result = await handler(request, {
        mcpReq: {
          signal,
          _meta: params?._meta as { progressToken?: Id } | undefined,
          notify: async (notification) => this.#send({ ...notification, jsonrpc: '2.0' }),
        },
      });
      if (!signal.aborted)
        this.#send({ result: this.#encode(request, result as object), jsonrpc: '2.0', id });
    } catch (error) {
      if (!signal.aborted) this.#send({ jsonrpc: '2.0', id, error: inWords(error) });
    } finally {
      if (this.#running.get(id) === controller) this.#running.delete(id);
    }
  }

  /** The 2026 revision wants to know more of a result: that it is all, how long it holds, whose it is. */
  #encode({ method }: PlainRequest, result: { _meta?: object }): object {
    if (this.#era === 'legacy') return result;
    return Object.assign({}, result, {
      resultType: 'complete',
      ...(method === 'tools/call' ? {} : { ttlMs: 0, cacheScope: 'private' }),
      _meta: { ...result._meta, 'io.modelcontextprotocol/serverInfo': this.#server!.info },
    });
  }

  #send(message: object): void {
    if (!this.#closed) void this.#wire.send(message as JSONRPCMessage);
  }

  async #handOver(): Promise<Relay> {
    const sdk = await import('./sdk.ts');
    const relay = new Relay(this.#wire);
    let remembered = this.#server;
    const serve = sdk.serveStdio as unknown as typeof sdkServeStdio;
    relay.handle = serve(
      ({ era }) => {
        const server = remembered ?? this.#factory({ era }).server;
        remembered = undefined;
        return server.become(sdk.McpServer);
      },
      { transport: relay, onerror: this.#onerror },
    );
    for (const one of this.#opening) relay.play(one);
    this.#relay = relay;
    for (const message of this.#heard.splice(0)) relay.onmessage?.(message);
    return relay;
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const controller of this.#running.values()) controller.abort();
    const relay = await this.#handedOver?.catch(() => undefined);
    await (relay ? relay.handle?.close() : this.#wire.close());
  }
}

/** What the SDK takes for the wire: what came before it is played to it, and what was answered stays answered. */
class Relay implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (message: JSONRPCMessage) => void;
  handle?: { close(): Promise<void> };
  readonly #wire: Transport;
  /** Ids of played requests; no client has such ones. */
  readonly #played = new Set<unknown>();

  constructor(wire: Transport) {
    this.#wire = wire;
  }

  play(message: { method: string; params?: Record<string, unknown> }): void {
    if (message.method.startsWith('notifications/')) {
      this.onmessage?.({ ...message, jsonrpc: '2.0' });
      return;
    }
    const id = `played-${this.#played.size}-${randomUUID()}`;
    this.#played.add(id);
    this.onmessage?.({ ...message, jsonrpc: '2.0', id });
  }

  async start(): Promise<void> {}

  async send(message: JSONRPCMessage): Promise<void> {
    if (!('id' in message && this.#played.has(message.id))) await this.#wire.send(message);
  }

  async close(): Promise<void> {
    await this.#wire.close();
  }
}

function inWords(error: unknown): { code: number; message: string; data?: unknown } {
  const { code, message, data } = error as { code?: unknown; message?: string; data?: unknown };
  return {
    code: Number.isSafeInteger(code) ? (code as number) : ProtocolErrorCode.InternalError,
    message: message ?? 'Internal error',
    ...(data === undefined ? {} : { data }),
  };
}
