/** The 2 MB ticket over a real socket that lets through 20 Mbit/s with 30 ms of delay, compressed and not. */

import type { AddressInfo } from 'node:net';
import { createServer, connect as open, type Server } from 'node:net';
import { type Candidate, Child } from './child.ts';
import { median, ratio, short, table } from './statistics.ts';

const BYTES_PER_MS = 20_000_000 / 8 / 1000;
const DELAY_MS = 30;
const ROUNDS = 7;
const BIG = { ticket_id: 't-bigBIG', include: ['devtools'] };

export interface Addresses {
  /** `http://127.0.0.1:1234` */
  origin: string;
  ours: (apiUrl: string) => Candidate;
}

export async function benchNetwork(node: string, { origin, ours }: Addresses): Promise<string> {
  const link = await narrowLink(Number(new URL(origin).port));
  const near = `http://127.0.0.1:${(link.address() as AddressInfo).port}`;
  const plain = new Child(node, ours(`${near}/api/v1`));
  const packed = new Child(node, ours(`${near}/gzip/api/v1`));
  const times = { plain: [] as number[], packed: [] as number[] };
  try {
    for (const child of [plain, packed]) {
      await child.initialize();
      await child.request('tools/list');
    }
    // The first round only warms up.
    for (let round = -1; round < ROUNDS; round++) {
      const took = {
        plain: await plain.call('get_ticket', BIG),
        packed: await packed.call('get_ticket', BIG),
      };
      if (round < 0) continue;
      times.plain.push(took.plain);
      times.packed.push(took.packed);
    }
  } finally {
    await Promise.all([plain.end(), packed.end()]);
    link.close();
  }
  const [without, gzip] = [median(times.plain), median(times.packed)];
  return table(
    ['what', 'gzip, ms', 'not compressed, ms', 'ratio', 'aim'],
    [
      [
        '2 MB ticket over 20 Mbit/s with 30 ms, p50',
        short(gzip),
        short(without),
        ratio(gzip, without),
        '≤ 0.35 ×',
      ],
    ],
  );
}

/** A proxy on a real socket: what comes back is let through no faster than the line, and later. */
function narrowLink(port: number): Promise<Server> {
  const server = createServer((client) => {
    const upstream = open(port, '127.0.0.1');
    client.pipe(upstream);
    let free = 0;
    upstream.on('data', (chunk) => {
      const now = performance.now();
      free = Math.max(now, free) + chunk.length / BYTES_PER_MS;
      setTimeout(() => client.write(chunk), free + DELAY_MS - now);
    });
    for (const one of [client, upstream]) {
      one.on('error', () => {});
      one.on('close', () => {
        client.destroy();
        upstream.destroy();
      });
    }
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
