/**
 * Connections through an HTTP proxy (CONNECT): one attempt for each that is asked for.
 */
import type { Socket } from 'node:net';

export interface HttpProxy {
  url: URL;
  /** The variable that names it. */
  variable: string;
}

/** What went wrong between here and the proxy, and not behind it. */
export class ProxyFailure extends Error {
  override readonly name = 'ProxyFailure';

  constructor(
    readonly proxy: HttpProxy,
    /** What the proxy answered, where it did. */
    readonly status: number | undefined,
    cause?: unknown,
  ) {
    super(status ? `the proxy answered ${status}` : 'the proxy gave no answer', { cause });
  }
}

/** @param target `host:port` */
export async function openTunnel(proxy: HttpProxy, target: string, timeoutMs: number): Promise<Socket> {
  const { username, password, hostname, port, protocol } = proxy.url;
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const isSecure = protocol === 'https:';
  // Few go through a proxy; whoever doesn't need not load this.
  const http = isSecure ? await import('node:https') : await import('node:http');
  return new Promise((resolve, reject) => {
    const fail = (cause?: unknown, status?: number) => {
      clearTimeout(timer);
      reject(new ProxyFailure(proxy, status, cause));
      request.destroy();
    };
    const request = http.request({
      method: 'CONNECT',
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port) || (isSecure ? 443 : 80),
      path: target,
      headers: {
        host: target,
        ...(username && { 'proxy-authorization': `Basic ${Buffer.from(login).toString('base64')}` }),
      },
      agent: false,
    });
    const timer = setTimeout(
      () => fail(Object.assign(new Error('too slow'), { code: 'CONNECT_TIMEOUT' })),
      timeoutMs,
    );
    request.once('error', (error) => fail(error));
    // Node takes every answer to CONNECT for this one, a refusal too.
    request.once('connect', ({ statusCode = 0 }, socket, head) => {
      if (statusCode < 200 || statusCode > 299) return fail(undefined, statusCode);
      clearTimeout(timer);
      if (head.length > 0) socket.unshift(head);
      resolve(socket);
    });
    request.end();
  });
}

interface Target {
  hostname: string;
  port?: string | null;
  servername?: string | null | undefined;
}

type Connected = (...outcome: [error: null, socket: Socket] | [error: Error, socket: null]) => void;

/** How an agent of Node's HTTP client, or of undici, is told to open its sockets. */
export function throughProxy(proxy: HttpProxy, timeoutMs: number) {
  return (target: Target, done: Connected): void => {
    void connectThrough(proxy, target, timeoutMs).then(
      (socket) => done(null, socket),
      (error: Error) => done(error, null),
    );
  };
}

/** Only https goes through a proxy: http is for this machine alone. */
async function connectThrough(
  proxy: HttpProxy,
  { hostname, port, servername }: Target,
  timeoutMs: number,
): Promise<Socket> {
  const host = hostname.replace(/^\[|\]$/g, '');
  const [tls, { isIP }] = await Promise.all([import('node:tls'), import('node:net')]);
  const tunnel = await openTunnel(proxy, `${hostname}:${port || 443}`, timeoutMs);
  return new Promise((resolve, reject) => {
    const name = servername || (isIP(host) ? '' : host);
    const socket = tls.connect({ socket: tunnel, host, servername: name, ALPNProtocols: ['http/1.1'] });
    const fail = (error: Error) => {
      clearTimeout(timer);
      socket.destroy();
      reject(error);
    };
    const timer = setTimeout(
      () => fail(Object.assign(new Error('too slow'), { code: 'CONNECT_TIMEOUT' })),
      timeoutMs,
    );
    socket.once('error', fail);
    socket.once('secureConnect', () => {
      clearTimeout(timer);
      socket.off('error', fail);
      socket.setNoDelay(true);
      resolve(socket);
    });
  });
}
