/** How the program ends, whichever way its client goes. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { blackPng } from '../pictures/black-png.ts';
import { openDatabase } from '../support/database.ts';
import { shared } from '../support/ending.ts';
import { answering, type Fault, fault, startFaultProxy } from '../support/fault-proxy.ts';
import { listen } from '../support/listen.ts';
import { errorOf, type RawClient, startRaw } from '../support/raw-client.ts';
import { startToado } from '../support/toado.ts';

/** Far more than it takes, for machines that are busy with other things; what it took is printed. */
export const AT_ONCE_MS = 6_000;
export const COMMENT = { ticket_id: 't-vP4sTe', body: 'While the client goes.' };

export async function start() {
  const toado = await startToado();
  const proxy = await startFaultProxy(toado.apiUrl);
  const client = await startRaw({ env: { ...toado.env(), TOADO_API_URL: proxy.apiUrl } });
  await client.request('tools/list');
  return { toado, proxy, client, db: openDatabase(toado.db) };
}

/** Carries the request out, and answers after a while. */
export function late(ms: number): Fault {
  return {
    name: 'late',
    applies: true,
    transient: true,
    async act({ forward, response }) {
      const { status, headers, body } = await forward();
      setTimeout(() => {
        response.writeHead(status, headers);
        response.end(body);
      }, ms);
    },
  };
}

type Way = [name: string, go: (client: RawClient) => void];

export const WAYS: Way[] = [
  ['stdin closed', ({ child }) => void child.stdin!.end()],
  ['SIGTERM', ({ child }) => void child.kill('SIGTERM')],
  ['SIGINT', ({ child }) => void child.kill('SIGINT')],
  ['SIGHUP', ({ child }) => void child.kill('SIGHUP')],
  ['stdout closed', ({ child }) => void child.stdout!.destroy()],
];

export async function timeToEnd(client: RawClient, go: (client: RawClient) => void) {
  const began = performance.now();
  go(client);
  const { code } = await client.exited;
  return { code, ms: Math.round(performance.now() - began) };
}

/** @param ways of going. */
export function endsWithCallsUnderWay(ways: Way[]): void {
  test.each(ways)('%s: reads are aborted, also those that wait', async (_, go) => {
    const { client, proxy } = await start();
    proxy.plan = () => fault('hang_before');
    client.begin('list_companies');
    client.begin('get_ticket', { ticket_id: 't-vP4sTe' });
    await expect.poll(() => proxy.open()).toBe(2);
    const { code, ms } = await timeToEnd(client, go);
    expect(code).toBe(0);
    expect(ms).toBeLessThan(AT_ONCE_MS);
    await expect.poll(() => proxy.open()).toBe(0);
  });

  test.each(
    ways,
  )('%s: a write on the wire learns its outcome, and the answer still leaves', async (_, go) => {
    const { client, proxy, db } = await start();
    proxy.plan = ({ method }) => (method === 'POST' ? late(700) : undefined);
    const { answer } = client.begin('add_comment', COMMENT);
    await expect.poll(() => proxy.open()).toBe(1);
    go(client);
    expect(errorOf(await answer)).toBeUndefined();
    expect((await client.exited).code).toBe(0);
    expect(db.all('SELECT 1 FROM comments WHERE body = ?', COMMENT.body)).toHaveLength(1);
  });
}

/** Decoding is what Node can’t stop. */
export function endsWhilePicturesAreDecoded(ways: Way[]): void {
  /** Small as a file, and seconds of work. */
  const slowPicture = shared(async () => {
    const picture = blackPng(9_900, 'rgb');
    const server = createServer((_, response) => {
      response.setHeader('content-type', 'image/png').end(picture);
    });
    const port = await listen(server);
    return `http://127.0.0.1:${port}/picture`;
  });

  /** Milliseconds of processor time that all threads but the first have had. */
  function besideMainThread(pid: number): number {
    const ticksOf = (path: string) => {
      const [user, system] = readFileSync(path, 'utf8').split(') ')[1]!.split(' ').slice(11, 13);
      return Number(user) + Number(system);
    };
    return (ticksOf(`/proc/${pid}/stat`) - ticksOf(`/proc/${pid}/task/${pid}/stat`)) * 10;
  }

  test.each(ways)('%s: it ends all the same', { timeout: 90_000 }, async (_, go) => {
    const url = slowPicture();
    const { client, proxy } = await start();
    proxy.plan = ({ target }) => (target.includes('/assets/') ? answering(200, { url }) : undefined);
    const before = besideMainThread(client.child.pid!);
    for (let call = 0; call < 40; call++) client.begin('get_capture_asset', { ticket_id: 't-vP4sTe' });
    // The pictures are being decoded.
    await expect.poll(() => besideMainThread(client.child.pid!)).toBeGreaterThan(before + 300);
    const { ms } = await timeToEnd(client, go);
    console.log(`while pictures are decoded: ${ms} ms`);
    expect(ms).toBeLessThan(AT_ONCE_MS);
  });
}
