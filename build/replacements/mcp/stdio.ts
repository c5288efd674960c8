/**
 * serveStdio for the bundle. Loading the SDK and making its schemas takes longer than everything else at a start, and
 * its checks longer than everything else of a small call. So the messages that mostly come, where they are plain, are
 * answered here from the server's own handlers, as the SDK would answer them; with the first that is not plain, the
 * connection is handed over to the SDK, which serves it from then on. test/build compares both, message by message.
 */

import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/server';
import type { serveStdio as sdkServeStdio } from '@modelcontextprotocol/server/stdio';
import { Aborter } from '../../../src/abort.ts';
import { isPlainNotification, isPlainRequest, type PlainRequest, plainlyCancelled } from './plain.ts';
import { type Handler, type McpServer, ProtocolErrorCode, type RememberingServer } from './server.ts';

/** The 2025 revisions, the newest first; the build takes them from the SDK. */
declare const MCP_VERSIONS: readonly string[];

type Factory = (context: { era: 'legacy' | 'modern' }) => McpServer;
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
  /** From `initialize` on, while it is served here. */
  #server?: RememberingServer;
  /** What the SDK has to hear as well when it takes over. */
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
    else if (!this.#answerPlainly(message, cancelled)) {
      this.#heard.push(message);
      // Where that fails, the process ends with the reason.
      this.#handedOver = this.#handOver();
    }
  }

  #answerPlainly(message: JSONRPCMessage, cancelled: Id | undefined): boolean {
    if (isPlainRequest(message)) {
      if (message.method === 'initialize') return this.#initialize(message);
      const handler = this.#server?.handlers.get(message.method);
      if (handler) void this.#answer(handler, message);
      return handler !== undefined;
    }
    if (!this.#server) return false;
    if (cancelled !== undefined) return true;
    if (!isPlainNotification(message)) return false;
    if ('method' in message && message.method === 'notifications/initialized') this.#heard.push(message);
    return true;
  }

  #initialize(message: PlainRequest): boolean {
    if (this.#server) return false;
    this.#heard.push(message);
    const { server } = this.#factory({ era: 'legacy' });
    this.#server = server;
    server.send = (one) => this.#wire.send(one);
    const asked = message.params!.protocolVersion as string;
    const { capabilities, instructions } = server.options;
    const result = {
      protocolVersion: MCP_VERSIONS.includes(asked) ? asked : MCP_VERSIONS[0],
      capabilities,
      serverInfo: server.info,
      instructions,
    };
    this.#send({ result, jsonrpc: '2.0', id: message.id });
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
      if (!signal.aborted) this.#send({ result, jsonrpc: '2.0', id });
    } catch (error) {
      if (!signal.aborted) this.#send({ jsonrpc: '2.0', id, error: inWords(error) });
    } finally {
      if (this.#running.get(id) === controller) this.#running.delete(id);
    }
  }

  #send(message: object): void {
    if (!this.#closed) void this.#wire.send(message as JSONRPCMessage);
  }

  async #handOver(): Promise<Relay> {
    const sdk = await import('./sdk.ts');
    const relay = new Relay(this.#wire, this.#server && (this.#heard[0] as PlainRequest).id);
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
  /** The id of the `initialize` that the client has its answer to. */
  #answered: Id | undefined;

  constructor(wire: Transport, answered: Id | undefined) {
    this.#wire = wire;
    this.#answered = answered;
  }

  async start(): Promise<void> {}

  async send(message: JSONRPCMessage): Promise<void> {
    if (this.#answered !== undefined && 'id' in message && message.id === this.#answered) {
      this.#answered = undefined;
      return;
    }
    await this.#wire.send(message);
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
