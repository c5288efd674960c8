/** Tunnels through a real HTTP proxy: what it is told, what it answers, and what is left open where it fails. */
import { once } from 'node:events';
import { createServer, Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createHttp } from '../../../src/toado-api/http/http.ts';
import {
  type HttpProxy,
  openTunnel,
  ProxyFailure,
  throughProxy,
} from '../../../src/toado-api/http/proxy-tunnel.ts';
import { createAuthority } from '../../support/certificates.ts';
import { listen } from '../../support/listen.ts';
import { startProxy } from '../../support/proxy.ts';
import { send } from './socket-server.ts';

const named = (address: string): HttpProxy => ({ url: new URL(address), variable: 'HTTPS_PROXY' });

/** A proxy that answers each CONNECT with these bytes; and the sockets that it was given. */
async function proxyThat(answer: string) {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    socket.once('data', () => socket.write(answer));
    onTestFinished(() => void socket.destroy());
  });
  return { proxy: named(`http://127.0.0.1:${await listen(server)}`), sockets };
}

const failureOf = (tunnel: Promise<Socket>) =>
  tunnel.then(
    () => expect.fail('it was opened'),
    (error: unknown) => error,
  );

describe('what the proxy is told', () => {
  test('where to connect to, and a name and password only where it has them', async () => {
    const target = await listen(createServer((socket) => void socket.end('here')));
    const { port, seen, connects } = await startProxy({ hosts: { 'toado.example': target } });
    const socket = await openTunnel(named(`http://127.0.0.1:${port}`), 'toado.example:8443', 5_000);
    expect(String(await once(socket, 'data'))).toBe('here');
    expect(connects).toEqual(['toado.example:8443']);
    expect(seen().toLowerCase()).toContain('"host","toado.example:8443"');
    expect(seen()).not.toMatch(/proxy-authorization/i);
  });

  test('a name and password as they are, not as an address writes them', async () => {
    const target = await listen(createServer(() => {}));
    const { port } = await startProxy({ login: 'j@son:s:c%t ü', hosts: { 'toado.example': target } });
    const proxy = named(`http://j%40son:s%3Ac%25t%20%C3%BC@127.0.0.1:${port}`);
    (await openTunnel(proxy, 'toado.example:443', 5_000)).destroy();
  });

  test.each([
    ['http://127.0.0.1', { host: '127.0.0.1', port: 80 }],
    ['https://127.0.0.1', { host: '127.0.0.1', port: 443 }],
    ['http://127.0.0.1:3128', { host: '127.0.0.1', port: 3128 }],
    ['http://[::1]:3128', { host: '::1', port: 3128 }],
  ])('%s is connected to at its own port', async (address, at) => {
    const connect = vi.spyOn(Socket.prototype, 'connect').mockReturnThis();
    onTestFinished(() => connect.mockRestore());
    await failureOf(openTunnel(named(address), 'toado.example:443', 1));
    expect([connect.mock.calls[0]].flat(2)).toContainEqual(expect.objectContaining(at));
  });
});

describe('what the proxy answers', () => {
  test('what comes in one breath with its consent is the target’s', async () => {
    const { proxy } = await proxyThat('HTTP/1.1 200 OK\r\n\r\nfirst words');
    const socket = await openTunnel(proxy, 'toado.example:443', 5_000);
    expect(String(await once(socket, 'data'))).toBe('first words');
  });

  test.each([199, 300, 407, 502])('%d is no consent, and its socket is closed', async (status) => {
    const { proxy, sockets } = await proxyThat(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`);
    const failure = await failureOf(openTunnel(proxy, 'toado.example:443', 5_000));
    expect(failure).toBeInstanceOf(ProxyFailure);
    expect(failure).toMatchObject({ proxy, status });
    if (!sockets[0]!.closed) await once(sockets[0]!, 'close');
  });

  test('any 2xx is', async () => {
    const { proxy } = await proxyThat('HTTP/1.1 299 Yes\r\n\r\n');
    await openTunnel(proxy, 'toado.example:443', 5_000);
  });

  test('nothing: it is given up in time, and its socket is closed', async () => {
    const { proxy, sockets } = await proxyThat('');
    const failure = await failureOf(openTunnel(proxy, 'toado.example:443', 50));
    expect(failure).toMatchObject({ proxy, status: undefined, cause: { code: 'CONNECT_TIMEOUT' } });
    if (!sockets[0]!.closed) await once(sockets[0]!, 'close');
  });

  test('one that is not there; nothing goes on waiting for it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const failure = await failureOf(openTunnel(named('http://127.0.0.1:9'), 'toado.example:443', 5_000));
    expect(failure).toMatchObject({ name: 'ProxyFailure', cause: { code: 'ECONNREFUSED' } });
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('TLS inside of the tunnel', () => {
  function trusting() {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    const warnings = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    onTestFinished(() => {
      vi.unstubAllEnvs();
      warnings.mockRestore();
    });
  }
  const open = (proxy: HttpProxy, hostname: string, more: object = {}, timeoutMs = 5_000) =>
    new Promise<Socket>((resolve, reject) => {
      throughProxy(proxy, timeoutMs)({ hostname, ...more }, (error, socket) =>
        error ? reject(error) : resolve(socket),
      );
    });
  /** A target that speaks TLS, behind a proxy that leads every host to it. */
  async function target(...hosts: string[]) {
    const { certificate, key } = createAuthority('Nobody').certify(['toado.example']);
    const names: unknown[] = [];
    const sockets: TLSSocket[] = [];
    const server = createTlsServer(
      { cert: certificate, key, ALPNProtocols: ['h2', 'http/1.1'] },
      (socket) => {
        sockets.push(socket);
        socket.on('error', () => {});
        names.push(socket.servername, socket.alpnProtocol);
      },
    );
    const port = await listen(server);
    const { port: at, connects } = await startProxy({
      hosts: Object.fromEntries(hosts.map((host) => [host, port])),
    });
    return { proxy: named(`http://127.0.0.1:${at}`), names, connects, sockets };
  }

  test.each([
    ['toado.example', {}, 'toado.example:443', 'toado.example'],
    ['toado.example', { port: '8443' }, 'toado.example:8443', 'toado.example'],
    ['toado.example', { servername: 'other.example' }, 'toado.example:443', 'other.example'],
    ['10.0.0.1', {}, '10.0.0.1:443', false],
    ['[::1]', { port: '' }, '[::1]:443', false],
  ])('%s %j', async (hostname, more, connected, name) => {
    trusting();
    const { proxy, names, connects } = await target(hostname);
    const socket = await open(proxy, hostname, more);
    // The server’s side of the handshake ends a moment later.
    await expect.poll(() => names).toEqual([name, 'http/1.1']);
    expect(connects).toEqual([connected]);
    socket.destroy();
  });

  test('an open one has no timer any more, and its errors are those of whoever uses it', async () => {
    trusting();
    const { proxy, sockets } = await target('toado.example');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const socket = await open(proxy, 'toado.example');
    expect(vi.getTimerCount()).toBe(0);
    expect(socket.listenerCount('error')).toBe(0);
    await expect.poll(() => sockets).toHaveLength(1);
    socket.destroy();
  });

  test('a certificate that nobody vouches for is told as that', async () => {
    const { proxy } = await target('toado.example');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    await expect(open(proxy, 'toado.example')).rejects.toMatchObject({
      code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    });
    expect(vi.getTimerCount()).toBe(0);
  });

  test('requests to an API of another port go through it to that port', async () => {
    trusting();
    const { proxy, connects, names, sockets } = await target('toado.example');
    const http = createHttp({ baseUrl: 'https://toado.example:8443/api/v1', userAgent: 'test', proxy });
    const asked = expect(send(http)).rejects.toMatchObject({ code: 'unreachable' });
    await expect.poll(() => names).toEqual(['toado.example', 'http/1.1']);
    expect(connects).toEqual(['toado.example:8443']);
    sockets[0]!.destroy();
    await asked;
    await http.close();
  });

  test('one that never begins to speak TLS is given up in time, and the tunnel closed', async () => {
    const { proxy, sockets } = await proxyThat('HTTP/1.1 200 OK\r\n\r\n');
    await expect(open(proxy, 'toado.example', {}, 50)).rejects.toMatchObject({ code: 'CONNECT_TIMEOUT' });
    if (!sockets[0]!.closed) await once(sockets[0]!, 'close');
  });

  test('the proxy’s own refusal is told as the proxy’s', async () => {
    const { proxy } = await proxyThat('HTTP/1.1 403 No\r\ncontent-length: 0\r\n\r\n');
    await expect(open(proxy, 'toado.example')).rejects.toMatchObject({ name: 'ProxyFailure', status: 403 });
  });
});
