/** A real HTTP proxy that tunnels by CONNECT, and a real HTTPS address in front of a sandbox. */
import { writeFileSync } from 'node:fs';
import { createServer, request as forward } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { createAuthority } from './certificates.ts';
import { atEnd } from './ending.ts';
import { temporaryFolder } from './temporary.ts';
import type { Toado } from './toado.ts';

export interface Proxy {
  port: number;
  /** Every request line and header that it saw, and every byte that went through it in the clear. */
  seen(): string;
  /** Hosts and ports that it was asked to connect to. */
  connects: string[];
}

export interface ProxyOptions {
  /** `name:password` that it wants; none by default. */
  login?: string | undefined;
  /** Where names lead, instead of the network: host to port on this machine. */
  hosts: Record<string, number>;
}

export async function startProxy({ login, hosts }: ProxyOptions): Promise<Proxy> {
  const connects: string[] = [];
  let seen = '';
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    seen += `${request.method} ${request.url}\n${JSON.stringify(request.rawHeaders)}\n`;
    response.writeHead(405).end();
  });
  server.on('connect', (request, client: Socket) => {
    seen += `CONNECT ${request.url}\n${JSON.stringify(request.rawHeaders)}\n`;
    connects.push(request.url!);
    sockets.add(client);
    client.on('error', () => {});
    const expected = login && `Basic ${Buffer.from(login).toString('base64')}`;
    if (expected && request.headers['proxy-authorization'] !== expected)
      return void client.end('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n');
    const port = hosts[request.url!.replace(/:\d+$/, '')];
    if (!port) return void client.end('HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n');
    const target = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      target.pipe(client);
      client.on('data', (chunk) => {
        seen += chunk.toString('latin1');
      });
      client.pipe(target);
    });
    sockets.add(target);
    target.on('error', () => client.destroy());
    client.on('close', () => target.destroy());
  });
  const port = await listen(server, '127.0.0.1');
  atEnd(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port, connects, seen: () => seen };
}

export interface SecureToado {
  port: number;
  /** The file that NODE_EXTRA_CA_CERTS names. */
  authorityFile: string;
  /** From the next connection on it shows a certificate that nobody vouches for; open ones are cut. */
  distrust(): void;
  /** Shows its own certificate again. */
  trust(): void;
  /** Cuts what is open. */
  cut(): void;
}

/** The sandbox under https, with a certificate for these hosts by an authority that nobody knows. */
export async function secure(toado: Toado, hosts: readonly string[]): Promise<SecureToado> {
  const authority = createAuthority('Test authority of toado-mcp');
  const { certificate, key } = authority.certify(hosts);
  const server = createSecureServer({ cert: certificate, key }, (request, response) => {
    const { method, headers, url } = request;
    const passed = forward(toado.url + url!, {
      method,
      headers: { ...headers, host: new URL(toado.url).host },
    });
    passed.on('response', (answer) => {
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    });
    passed.on('error', () => response.destroy());
    request.pipe(passed);
  });
  const port = await listen(server, '0.0.0.0');
  atEnd(() => {
    server.closeAllConnections();
    server.close();
  });
  const authorityFile = join(temporaryFolder(), 'authority.pem');
  writeFileSync(authorityFile, authority.certificate);
  return {
    port,
    authorityFile,
    distrust() {
      const stranger = createAuthority('An authority that nobody knows').certify(hosts);
      server.setSecureContext({ cert: stranger.certificate, key: stranger.key });
      server.closeAllConnections();
    },
    trust() {
      server.setSecureContext({ cert: certificate, key });
      server.closeAllConnections();
    },
    cut: () => server.closeAllConnections(),
  };
}

function listen(server: Server, host: string): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, host, () => resolve((server.address() as AddressInfo).port));
  });
}
