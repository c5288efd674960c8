/**
 * One client's connection. What every client asks at its start (`initialize` or `server/discover`, `ping`, the four
 * lists) is answered here, since loading the SDK takes longer than the whole start (docs/performance.md). With the
 * first message that is anything else, or not plain, the SDK takes the connection over for good: the opening is played
 * to it, without its answers, and then whatever comes. test/mcp/opening/opening.e2e.test.ts compares both, message by
 * message.
 */
import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/server';
import { toRpcError } from '../calls/failures.ts';
import type { ListMethod, ListName, Lists, TrackedLists } from '../lists/lists.ts';
import type { RequestId } from '../protocol/json-rpc.ts';
import { DISCOVER_REVISIONS, INITIALIZE_REVISIONS } from '../protocol/revisions.ts';
import { CAPABILITIES, SERVER_INFO } from '../protocol/server-info.ts';
import {
  type Era,
  isPlainNotification,
  type PlainRequest,
  plainlyCancelled,
  plainRequestOf,
} from './plain-messages.ts';

/** Who answers everything but the opening: the SDK (server.ts). */
export interface SdkServer {
  /** Tells the client which lists have changed. */
  listsChanged(changed: readonly ListName[]): void;
  close(): Promise<void>;
}

interface Options {
  transport: Transport;
  lists: Lists;
  /** The lists that the client holds and that are different now. */
  changed: TrackedLists['changed'];
  instructions: string;
  /** Loads the SDK, which serves over the given transport from then on. */
  takeOver: (transport: Transport) => Promise<SdkServer>;
}

type AnsweredRequest = Pick<PlainRequest, 'method' | 'params'>;

export class Opening {
  /** Decided by the first plain request. */
  #era?: Era;
  #isInitialized = false;
  /** Something changed before the client may be told. */
  #owesChange = false;
  /** What brings the SDK to where the client is, when it takes over. */
  readonly #opening: AnsweredRequest[] = [];
  /** Lists that wait for the API. */
  readonly #running = new Map<RequestId, AbortController>();
  /** What came while the SDK was being loaded. */
  readonly #waiting: JSONRPCMessage[] = [];
  #takingOver?: Promise<SdkServer>;
  #sdkServer?: SdkServer;
  #relay?: Relay;

  constructor(private readonly options: Options) {
    const { transport } = options;
    transport.onmessage = (message) => this.#receive(message);
    void transport.start();
  }

  /** What is offered has changed: the client is told of the lists that it holds, once it may be told anything. */
  listsChanged(): void {
    this.#owesChange = this.#era === 'initialize' && !this.#isInitialized;
    if (this.#owesChange || (!this.#sdkServer && this.#era !== 'initialize')) return;
    const changed = this.options.changed();
    if (this.#sdkServer) this.#sdkServer.listsChanged(changed);
    else for (const list of changed) this.#send({ method: `notifications/${list}/list_changed` });
  }

  async close(): Promise<void> {
    for (const one of this.#running.values()) one.abort();
    const sdkServer = await this.#takingOver?.catch(() => undefined);
    await (sdkServer ?? this.options.transport).close();
  }

  #receive(message: JSONRPCMessage): void {
    this.#read(message);
    if ('method' in message && message.method === 'notifications/initialized') {
      this.#isInitialized = true;
      if (this.#owesChange) this.listsChanged();
    }
  }

  #read(message: JSONRPCMessage): void {
    const cancelled = plainlyCancelled(message);
    if (cancelled !== undefined && this.#running.has(cancelled)) this.#running.get(cancelled)!.abort();
    else if (this.#relay) this.#relay.onmessage?.(message);
    else if (this.#takingOver) this.#waiting.push(message);
    else if (!this.#isAnswered(message) && !this.#isHeard(message)) {
      this.#waiting.push(message);
      // Where that fails, the process ends with the reason.
      this.#takingOver = this.#takeOver();
    }
  }

  #isAnswered(message: JSONRPCMessage): boolean {
    const era = plainRequestOf(message);
    if (!era || era !== (this.#era ?? era)) return false;
    const request = message as PlainRequest;
    // A connection of the `initialize` era begins with that, and has it once.
    if (era === 'initialize' && (request.method === 'initialize') !== (this.#era === undefined)) return false;
    this.#era = era;
    void this.#answer(request);
    return true;
  }

  #isHeard(message: JSONRPCMessage): boolean {
    if (this.#era !== 'initialize') return false;
    if (plainlyCancelled(message) !== undefined) return true;
    if (!isPlainNotification(message)) return false;
    const { method } = message as { method: string };
    if (method === 'notifications/initialized') this.#opening.push({ method });
    return true;
  }

  async #answer(request: PlainRequest): Promise<void> {
    const { id } = request;
    const abort = new AbortController();
    this.#running.set(id, abort);
    try {
      const result = await this.#resultOf(request, abort.signal);
      if (!abort.signal.aborted) this.#send({ result: this.#inEra(result), id });
    } catch (error) {
      if (!abort.signal.aborted) this.#send({ id, error: await toRpcError(error) });
    } finally {
      if (this.#running.get(id) === abort) this.#running.delete(id);
    }
  }

  async #resultOf({ method, params }: PlainRequest, signal: AbortSignal): Promise<object> {
    if (this.#era === 'discover') this.#rememberDiscovery(method, params!);
    const offer = { capabilities: CAPABILITIES, instructions: this.options.instructions };
    switch (method) {
      case 'initialize': {
        this.#opening.push({ method, params });
        const asked = params!.protocolVersion as string;
        const protocolVersion = INITIALIZE_REVISIONS.includes(asked) ? asked : INITIALIZE_REVISIONS[0];
        return { protocolVersion, serverInfo: SERVER_INFO, ...offer };
      }
      case 'server/discover':
        return { supportedVersions: DISCOVER_REVISIONS, ...offer };
      case 'ping':
        return {};
      default:
        return this.options.lists[method as ListMethod](signal);
    }
  }

  /** Clients of that era are bound to it by their first other request; a list stands for whichever it was. */
  #rememberDiscovery(method: string, { _meta }: Record<string, unknown>): void {
    const played = method === 'server/discover' ? method : 'tools/list';
    if (this.#opening.some((one) => one.method === played || one.method === 'tools/list')) return;
    this.#opening.push({ method: played, params: { _meta } });
  }

  /** In the `discover` era a result says that it is all, how long it holds, whose it is and who made it. */
  #inEra(result: object): object {
    if (this.#era === 'initialize') return result;
    const _meta = { 'io.modelcontextprotocol/serverInfo': SERVER_INFO };
    return { ...result, resultType: 'complete', ttlMs: 0, cacheScope: 'private', _meta };
  }

  #send(message: object): void {
    void this.options.transport.send({ ...message, jsonrpc: '2.0' } as JSONRPCMessage);
  }

  async #takeOver(): Promise<SdkServer> {
    const relay = new Relay(this.options.transport);
    const sdkServer = await this.options.takeOver(relay);
    for (const one of this.#opening) relay.play(one);
    this.#relay = relay;
    this.#sdkServer = sdkServer;
    for (const message of this.#waiting.splice(0)) relay.onmessage?.(message);
    return sdkServer;
  }
}

/** What the SDK takes for the client's wire: it hears the opening there, and its answers to that go nowhere. */
class Relay implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (message: JSONRPCMessage) => void;
  readonly #played = new Set<unknown>();

  constructor(private readonly wire: Transport) {}

  play(message: AnsweredRequest): void {
    if (message.method.startsWith('notifications/')) {
      this.onmessage?.({ ...message, jsonrpc: '2.0' });
      return;
    }
    // No client has such an id.
    const id = `opening-${this.#played.size}-${crypto.randomUUID()}`;
    this.#played.add(id);
    this.onmessage?.({ ...message, jsonrpc: '2.0', id });
  }

  async start(): Promise<void> {}

  async send(message: JSONRPCMessage): Promise<void> {
    if (!('id' in message && this.#played.has(message.id))) await this.wire.send(message);
  }

  async close(): Promise<void> {
    await this.wire.close();
  }
}
