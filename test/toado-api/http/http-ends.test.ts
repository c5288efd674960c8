/** How a request ends that nobody wants any more, or that takes too long, and what is known of it then. */
import { getEventListeners, once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import { createHttp } from '../../../src/toado-api/http/http.ts';
import { listen } from '../../support/listen.ts';
import { lastSocketTo, send, serverThat } from './socket-server.ts';

const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}';

const write = { method: 'POST', isRead: false, body: '{}' } as const;

describe('given up on its way', () => {
  const never = () =>
    serverThat((socket, head) => {
      if (head.startsWith('POST')) socket.write('HTTP/1.1 201 Created\r\ncontent-length: 500\r\n\r\n{"id":');
    });

  test('it ends at once, its socket is closed, and nobody goes on listening', async () => {
    let closed: Promise<unknown> | undefined;
    const abort = new AbortController();
    const { http } = await serverThat((socket) => {
      closed = once(socket, 'close');
      abort.abort();
    });
    await expect(send(http, { signal: abort.signal })).rejects.toMatchObject({
      code: 'cancelled',
      outcome: 'no_answer',
    });
    await closed;
    expect(getEventListeners(abort.signal, 'abort')).toEqual([]);
  });

  test('a write whose answer had begun is nobody’s any more: cancelled, though it was accepted', async () => {
    const { http } = await never();
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 60);
    await expect(send(http, { ...write, signal: abort.signal })).rejects.toMatchObject({
      code: 'cancelled',
      outcome: 'outcome_unknown',
    });
  });

  test('an answer leaves no timer and no listener', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const { signal } = new AbortController();
      const { http } = await serverThat((socket) => socket.write(OK));
      await send(http, { signal });
      await expect(
        send(createHttp({ baseUrl: 'http://127.0.0.1:9', userAgent: 'x' }), { signal }),
      ).rejects.toThrow();
      expect([vi.getTimerCount(), getEventListeners(signal, 'abort')]).toEqual([0, []]);
    } finally {
      vi.useRealTimers();
    }
  });

  test('closing closes the sockets that nobody uses', async () => {
    let socket: Socket | undefined;
    const { http } = await serverThat((its) => {
      socket = its;
      its.write(OK);
    });
    await send(http);
    const closed = once(socket!, 'close').then(() => 'closed');
    await http.close();
    // Later, it would be closed because nobody uses it.
    expect(await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 1_500))])).toBe('closed');
  });
});

test('closing ends what is under way, and sends nothing of what waits for a socket', async () => {
  const { http, requests } = await serverThat(() => {});
  const writes = Array.from({ length: 70 }, () =>
    send(http, write).catch(({ code, outcome }) => `${code} ${outcome}`),
  );
  await expect.poll(requests).toBe(64);
  await http.close();
  expect(await Promise.all(writes)).toEqual([
    ...Array<string>(64).fill('unreachable outcome_unknown'),
    ...Array<string>(6).fill('unreachable not_sent'),
  ]);
  expect(requests()).toBe(64);
});

describe('whether it had left', () => {
  test('on a socket that was used before, it had', async () => {
    const { http, sockets } = await serverThat((socket, _head, count) => {
      if (count === 1) socket.write(OK);
      else socket.destroy();
    });
    await send(http);
    await expect(send(http, write)).rejects.toMatchObject({ outcome: 'outcome_unknown' });
    expect(sockets()).toBe(1);
  });

  test('on a socket that has just been closed, it had not', async () => {
    const { http, requests, port } = await serverThat((socket) => socket.write(OK));
    const ours = lastSocketTo(port);
    await send(http);
    // As where the server's end has just been read.
    ours()!.end();
    await expect(send(http, write)).rejects.toMatchObject({ code: 'unreachable', outcome: 'not_sent' });
    expect(requests()).toBe(1);
  });

  test('before TLS is agreed on, it had not', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.destroy());
    });
    const port = await listen(server);
    const http = createHttp({ baseUrl: `https://127.0.0.1:${port}`, userAgent: 'test' });
    await expect(send(http, write)).rejects.toMatchObject({ code: 'unreachable', outcome: 'not_sent' });
  });

  test('nor had it on a socket that another request had left before that (Node 24)', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => setTimeout(() => socket.destroy(), 150));
    });
    const port = await listen(server);
    const http = createHttp({ baseUrl: `https://127.0.0.1:${port}`, userAgent: 'test' });
    const abort = new AbortController();
    const first = send(http, { signal: abort.signal });
    abort.abort();
    await expect(first).rejects.toMatchObject({ code: 'cancelled', outcome: 'not_sent' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await expect(send(http, write)).rejects.toMatchObject({ code: 'unreachable', outcome: 'not_sent' });
  });
});

test('an answer of more than 32 MB is not read to its end, and is an answer', async () => {
  const members = Buffer.concat(Array<Buffer>(33).fill(gzipSync(Buffer.alloc(1024 * 1024, 'x'))));
  const { http } = await serverThat((socket) => {
    socket.write(`HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: ${members.length}\r\n\r\n`);
    socket.write(members);
  });
  await expect(send(http)).rejects.toMatchObject({
    code: 'bad_answer',
    sentence: expect.stringContaining('larger than 32 MB'),
    details: { status: 200 },
  });
  expect(await send(http, write)).toMatchObject({ status: 200, isCut: true });
});

test('a timeout tells of the whole call', async () => {
  const { http } = await serverThat(() => {});
  const callBegan = performance.now() - 20_000;
  await expect(send(http, { timeoutMs: 20, attempt: 3, callBegan })).rejects.toMatchObject({
    sentence: expect.stringMatching(/no complete answer within 20 s, in 3 attempts\.$/),
  });
});

test('an address of IPv6 is connected to, not looked up', async () => {
  const http = createHttp({ baseUrl: 'http://[::1]:9/api/v1', userAgent: 'test' });
  await expect(send(http)).rejects.toMatchObject({
    sentence: expect.stringMatching(/^The connection to \[::1\]:9 could not be opened/),
  });
});
