/** How long a request waits for its connection, its answer's head and each piece of its body, on a simulated clock. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { createServer, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createHttp } from '../../../src/toado-api/http/http.ts';
import { listen } from '../../support/listen.ts';
import { lastSocketTo, send, serverThat } from './socket-server.ts';

const write = { method: 'POST', isRead: false, body: '{}' } as const;

/** A clock that is put forward by hand; what comes over the wire comes in its own time. */
function clock() {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
  return { forward: (ms: number) => void vi.advanceTimersByTime(ms) };
}

/** Vitest's own polling would put the clock forward. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setImmediate(resolve));
}

/** How a request ended, or that it hasn't. */
function outcomeOf(sent: Promise<unknown>) {
  let outcome: unknown = 'waits';
  sent.then(
    () => (outcome = 'answered'),
    (error: { sentence: string }) => (outcome = error.sentence),
  );
  return async () => {
    await new Promise((resolve) => setImmediate(resolve));
    return outcome;
  };
}

/** What the last socket to a server has received, in bytes. */
function bytesReceivedFrom(port: number): () => number {
  const last = lastSocketTo(port);
  return () => last()?.bytesRead ?? 0;
}

describe('how long is waited', () => {
  const HEAD = 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n';

  test.each([
    ['nothing', 'HEADERS_TIMEOUT', '', 12],
    ['a head alone', 'BODY_TIMEOUT', HEAD, 8],
    ['a head and a piece', 'BODY_TIMEOUT', `${HEAD}{`, 8],
  ])('%s comes: %s', async (_, code, answer, seconds) => {
    const { forward } = clock();
    let isAsked = false;
    const { http, port } = await serverThat((socket) => {
      isAsked = true;
      socket.write(answer);
    });
    const received = bytesReceivedFrom(port);
    const outcome = outcomeOf(send(http, { timeoutMs: 28_000 }));
    await until(() => isAsked && received() === answer.length);
    forward(seconds * 1_000 - 50);
    expect(await outcome()).toBe('waits');
    forward(100);
    expect(await outcome()).toContain(`within ${seconds} s (${code}).`);
  });

  test('each piece of the body has as long as the first', async () => {
    const { forward } = clock();
    let sender: Socket | undefined;
    const { http, port } = await serverThat((socket) => {
      sender = socket;
      socket.write(HEAD);
    });
    const received = bytesReceivedFrom(port);
    const outcome = outcomeOf(send(http, { timeoutMs: 28_000 }));
    for (const [at, piece] of ['', '{', '"', 'a'].entries()) {
      await until(() => sender !== undefined);
      sender!.write(piece);
      await until(() => received() === HEAD.length + at);
      forward(6_500);
    }
    expect(await outcome()).toBe('waits');
    sender!.write('"}');
    await until(async () => (await outcome()) === 'answered');
  });

  test('a body has as long as its call to leave, and the answer its time after that', async () => {
    const { forward } = clock();
    let asked: Socket | undefined;
    const server = createServer((socket) => {
      asked = socket;
    });
    const port = await listen(server);
    const http = createHttp({ baseUrl: `http://127.0.0.1:${port}`, userAgent: 'test' });
    onTestFinished(() => http.close());
    const ours = lastSocketTo(port);
    // More than lies between two programs of one machine.
    const body = 'x'.repeat(24 * 1024 * 1024);
    const outcome = outcomeOf(send(http, { ...write, body, timeoutMs: 60_000 }));
    await until(() => asked !== undefined);
    forward(20_000);
    expect(await outcome()).toBe('waits');
    asked!.on('error', () => {}).resume();
    await until(() => asked!.bytesRead > body.length && ours()!.writableLength === 0);
    forward(11_900);
    expect(await outcome()).toBe('waits');
    forward(200);
    expect(await outcome()).toContain('(HEADERS_TIMEOUT)');
  });

  test('who says that it is at work (102) has as long again', async () => {
    const { forward } = clock();
    const atWork = 'HTTP/1.1 102 Processing\r\n\r\n';
    let sender: Socket | undefined;
    const { http, port } = await serverThat((socket) => {
      sender = socket;
    });
    const received = bytesReceivedFrom(port);
    const outcome = outcomeOf(send(http, { timeoutMs: 60_000 }));
    await until(() => sender !== undefined);
    for (let times = 1; times <= 3; times++) {
      sender!.write(atWork);
      await until(() => received() === times * atWork.length);
      forward(11_900);
      expect(await outcome()).toBe('waits');
    }
    forward(200);
    expect(await outcome()).toContain('(HEADERS_TIMEOUT)');
  });

  test('for TLS, five seconds', async () => {
    const { forward } = clock();
    let greeted = false;
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.on('data', () => (greeted = true));
    });
    const port = await listen(server);
    const http = createHttp({ baseUrl: `https://127.0.0.1:${port}`, userAgent: 'test' });
    const outcome = outcomeOf(send(http, { timeoutMs: 28_000 }));
    await until(() => greeted);
    forward(4_950);
    expect(await outcome()).toBe('waits');
    forward(100);
    expect(await outcome()).toContain('within 5 s (CONNECT_TIMEOUT).');
  });

  test('where every socket is taken, a request waits for one as long as its call may', async () => {
    const { forward } = clock();
    let asked = 0;
    const { http } = await serverThat(() => asked++);
    const busy = Array.from({ length: 64 }, () => outcomeOf(send(http, { timeoutMs: 11_000 })));
    await until(() => asked === 64);
    const outcome = outcomeOf(send(http, { timeoutMs: 10_000 }));
    forward(9_950);
    expect(await outcome()).toBe('waits');
    forward(100);
    expect(await outcome()).toContain('no complete answer within 10 s');
    forward(1_000);
    for (const each of busy) expect(await each()).toContain('no complete answer within 11 s');
  });
});

describe('a large answer that waits for its place', () => {
  /** What Node has received last, and a place that is free when it is said. */
  function scene() {
    const answers: IncomingMessage[] = [];
    const note = (message: unknown) => void answers.push((message as { response: IncomingMessage }).response);
    subscribe('http.client.response.finish', note);
    onTestFinished(() => void unsubscribe('http.client.response.finish', note));
    let enter!: () => void;
    const place = new Promise<void>((resolve) => {
      enter = resolve;
    });
    let isAsked = false;
    const whenLarge = () => {
      isAsked = true;
      return place;
    };
    return {
      answer: () => answers.at(-1)!,
      whenLarge,
      enter,
      asked: () => until(() => isAsked),
    };
  }

  const sendingPacked = (text: string) => {
    const packed = gzipSync(text);
    return serverThat((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: ${packed.length}\r\n\r\n`);
      socket.write(packed);
    });
  };

  test('stays with its sender, for as long as it takes', async () => {
    const size = 6 * 1024 * 1024;
    const { http } = await serverThat((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${size}\r\n\r\n`);
      socket.write(Buffer.alloc(size, 'x'));
    });
    const { answer, whenLarge, enter, asked } = scene();
    const { forward } = clock();
    const sent = send(http, { whenLarge, timeoutMs: 28_000 });
    await asked();
    expect(answer().isPaused()).toBe(true);
    forward(27_000);
    enter();
    await until(() => !answer().isPaused());
    expect((await sent).text).toHaveLength(size);
  });

  test('is listened to again as any other one', async () => {
    const size = 5 * 1024 * 1024;
    const { http } = await serverThat((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${size + 1}\r\n\r\n`);
      socket.write(Buffer.alloc(size, 'x'));
    });
    const { answer, whenLarge, enter, asked } = scene();
    const { forward } = clock();
    const outcome = outcomeOf(send(http, { whenLarge, timeoutMs: 28_000 }));
    await asked();
    enter();
    await until(() => !answer().isPaused());
    await until(() => answer().socket.bytesRead > size);
    forward(7_900);
    expect(await outcome()).toBe('waits');
    forward(200);
    expect(await outcome()).toContain('(BODY_TIMEOUT)');
  });

  test('and has come whole already: its socket is another request’s by then', async () => {
    const text = 'x'.repeat(5 * 1024 * 1024);
    const { http } = await sendingPacked(text);
    const { answer, whenLarge, enter, asked } = scene();
    const sent = send(http, { whenLarge });
    await asked();
    await expect.poll(() => answer().complete).toBe(true);
    enter();
    expect((await sent).text === text).toBe(true);
  });

  test('and has come whole: nothing more of it is due, however long it takes to unpack', async () => {
    const { http } = await sendingPacked('x'.repeat(5 * 1024 * 1024));
    const { answer, whenLarge, enter, asked } = scene();
    const { forward } = clock();
    const outcome = outcomeOf(send(http, { whenLarge, timeoutMs: 28_000 }));
    await asked();
    await until(() => answer().readableEnded);
    enter();
    await Promise.resolve();
    await Promise.resolve();
    forward(9_000);
    await until(async () => (await outcome()) !== 'waits');
    expect(await outcome()).toBe('answered');
  });
});
