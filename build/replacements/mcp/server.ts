/**
 * The SDK's server for the bundle: remembers what it was made of, so that `stdio.ts` can answer plain messages from
 * its handlers, and makes the SDK's own of it when the connection is handed over.
 */
import type {
  ProtocolErrorCode as Codes,
  Implementation,
  JSONRPCMessage,
  McpServer as SdkServer,
  ServerOptions,
} from '@modelcontextprotocol/server';
import type { AbortLike } from '../../../src/base/abort.ts';

export interface Request {
  method: string;
  params?: Record<string, unknown>;
}

/** What a handler of ours uses of the SDK's context. */
export interface Context {
  mcpReq: {
    /** Stands where the SDK's context has an AbortSignal. */
    signal: AbortLike;
    _meta?: { progressToken?: string | number };
    notify(notification: Request): Promise<void>;
  };
}

export type Handler = (request: Request, context: Context) => unknown;

type Sdk = typeof SdkServer;

export class McpServer {
  readonly server: RememberingServer;

  constructor(info: Implementation, options: ServerOptions) {
    this.server = new RememberingServer(info, options);
  }
}

export class RememberingServer {
  readonly handlers = new Map<string, Handler>([['ping', () => ({})]]);
  /** Set while `stdio.ts` serves the client. */
  send?: (message: JSONRPCMessage) => Promise<void>;
  #sdk?: SdkServer['server'];

  constructor(
    readonly info: Implementation,
    readonly options: ServerOptions,
  ) {}

  /** Whether somebody is connected. */
  get transport(): unknown {
    return this.#sdk ? this.#sdk.transport : this.send;
  }

  setRequestHandler(method: string, handler: Handler): void {
    this.handlers.set(method, handler);
  }

  async sendToolListChanged(): Promise<void> {
    await (this.#sdk ? this.#sdk.sendToolListChanged() : this.#changed('tools'));
  }

  async sendPromptListChanged(): Promise<void> {
    await (this.#sdk ? this.#sdk.sendPromptListChanged() : this.#changed('prompts'));
  }

  async sendResourceListChanged(): Promise<void> {
    await (this.#sdk ? this.#sdk.sendResourceListChanged() : this.#changed('resources'));
  }

  async #changed(what: string): Promise<void> {
    await this.send?.({ jsonrpc: '2.0', method: `notifications/${what}/list_changed` });
  }

  /** The SDK's server of the same make, which serves from now on. */
  become(Server: Sdk): SdkServer {
    const made = new Server(this.info, this.options);
    const set = made.server.setRequestHandler.bind(made.server) as unknown as (
      method: string,
      handler: Handler,
    ) => void;
    for (const [method, handler] of this.handlers) set(method, handler);
    this.#sdk = made.server;
    this.send = undefined;
    return made;
  }
}

/** What the SDK looks at in an error: its code, its message, its data. */
export class ProtocolError extends Error {
  override name = 'ProtocolError';

  constructor(
    readonly code: number,
    message: string,
    readonly data?: unknown,
  ) {
    super(message);
  }
}

/** JSON-RPC's own. */
export const ProtocolErrorCode = {
  ParseError: -32700,
  InvalidRequest: -32600,
  MethodNotFound: -32601,
  InvalidParams: -32602,
  InternalError: -32603,
} satisfies Partial<Record<keyof typeof Codes, number>>;
