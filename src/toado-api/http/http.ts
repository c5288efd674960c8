/** The one place that talks HTTP to Toado: it adds the token, keeps the sockets, and follows no redirect. */
import type { Agent, RequestOptions } from 'node:http';
import type { ConnectionOptions as TlsOptions } from 'node:tls';
import { ACCEPT_ENCODING } from './decoded-body.ts';
import { CONNECT_MS, Exchange } from './exchange.ts';
import type { HttpRequest, HttpResponse } from './messages.ts';
import { type HttpProxy, throughProxy } from './proxy-tunnel.ts';

/** As many calls at once as a client is likely to make; sockets are opened only as they are needed. */
const SOCKETS = 64;
/** A socket that nobody has used for this long is closed: servers close theirs after five seconds and more. */
const SOCKET_IDLE_MS = 4_000;

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
  const { origin, pathname, protocol, hostname, port } = new URL(baseUrl);
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
  const target: RequestOptions = { agent, hostname: hostname.replace(/^\[|\]$/g, ''), port };
  const common = {
    accept: 'application/json',
    'accept-encoding': ACCEPT_ENCODING,
    'user-agent': userAgent,
    'x-toado-client': 'mcp',
  };

  return {
    send: (request) => {
      const headers = {
        ...common,
        ...request.headers,
        authorization: `Bearer ${request.token}`,
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      };
      const options = { ...target, method: request.method, path: prefix + request.target, headers };
      return new Exchange(origin, request).send(() => http.request(options));
    },
    close: async () => agent.destroy(),
  };
}
