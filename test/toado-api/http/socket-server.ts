/** A server of raw sockets, and the client that speaks with it. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { createHttp, type Http } from '../../../src/toado-api/http/http.ts';

/** A server that answers each request head with what `act` writes; and how many sockets it was given. */
export async function serverThat(act: (socket: Socket, head: string, count: number) => void) {
  const sockets = new Set<Socket>();
  let requests = 0;
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    let text = '';
    socket.on('data', (part) => {
      text += part;
      const end = text.indexOf('\r\n\r\n');
      if (end < 0) return;
      const head = text.slice(0, end);
      text = '';
      act(socket, head, ++requests);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const http = createHttp({ baseUrl: `http://127.0.0.1:${port}/api/v1`, userAgent: 'test' });
  onTestFinished(async () => {
    await http.close();
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { http, sockets: () => sockets.size, requests: () => requests, port };
}

export function send(http: Http, more: Partial<Parameters<Http['send']>[0]> = {}) {
  return http.send({
    method: 'GET',
    isRead: true,
    token: 'tok_x',
    target: '/tickets',
    timeoutMs: 5_000,
    ...more,
  });
}

/** The last socket that this process has connected to a server. What else is open in it may open others meanwhile. */
export function lastSocketTo(port: number): () => Socket | undefined {
  let last: Socket | undefined;
  const note = (message: unknown) => {
    const { socket } = message as { socket: Socket };
    socket.once('connect', () => {
      if (socket.remotePort === port) last = socket;
    });
  };
  subscribe('net.client.socket', note);
  onTestFinished(() => void unsubscribe('net.client.socket', note));
  return () => last;
}
