/** Stands between a server and an API on a real socket and loses answers, some before and some after the request was carried out. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LosingProxy {
  apiUrl: string;
  /** Whether the next write's answer is lost, and when; undefined lets it through. */
  plan: () => 'before' | 'after' | undefined;
  /** Ids of the rows that the API made for requests that came this way. */
  made: Set<string>;
  close: () => void;
}

export async function startLosingProxy(apiUrl: string): Promise<LosingProxy> {
  const { origin, pathname } = new URL(apiUrl);
  const proxy: LosingProxy = {
    apiUrl: '',
    plan: () => undefined,
    made: new Set(),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  const server = createServer(async (incoming, outgoing) => {
    const isWrite = incoming.method === 'POST';
    const lost = isWrite ? proxy.plan() : undefined;
    const body = await bodyOf(incoming);
    if (lost === 'before') return incoming.socket.resetAndDestroy();
    const headers = Object.entries(incoming.headers).filter(
      ([name]) => !/^(host|connection|content-length|accept-encoding)$/.test(name),
    );
    const answer = await fetch(origin + incoming.url!, {
      method: incoming.method!,
      headers: headers as [string, string][],
      ...(isWrite && { body }),
    });
    const text = await answer.text();
    const { id } = isWrite && answer.ok ? (JSON.parse(text) as { id?: string }) : {};
    if (id) proxy.made.add(id);
    if (lost) return incoming.socket.resetAndDestroy();
    outgoing.writeHead(answer.status, {
      'content-type': 'application/json',
      date: answer.headers.get('date') ?? '',
    });
    outgoing.end(answer.status === 304 ? undefined : text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  proxy.apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}${pathname}`;
  return proxy;
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
