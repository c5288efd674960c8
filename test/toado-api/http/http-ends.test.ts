/** How a request ends that nobody wants any more, or that takes too long, and what is known of it then. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { getEventListeners, once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createHttp } from '../../../src/toado-api/http/http.ts';
import { listen } from '../../support/listen.ts';
import { send, serverThat } from './socket-server.ts';

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
    const ours = lastSocket();
    const { http, requests } = await serverThat((socket) => socket.write(OK));
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

describe('how long is waited', () => {
  const HEAD = 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n';

  test.each([
    ['nothing', 'HEADERS_TIMEOUT', '', 12],
    ['a head alone', 'BODY_TIMEOUT', HEAD, 8],
    ['a head and a piece', 'BODY_TIMEOUT', `${HEAD}{`, 8],
  ])('%s comes: %s', async (_, code, answer, seconds) => {
    const { forward } = clock();
    let isAsked = false;
    const { http } = await serverThat((socket) => {
      isAsked = true;
      socket.write(answer);
    });
    const received = bytesReceived();
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
    const { http } = await serverThat((socket) => {
      sender = socket;
      socket.write(HEAD);
    });
    const received = bytesReceived();
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
    const http = createHttp({ baseUrl: `http://127.0.0.1:${await listen(server)}`, userAgent: 'test' });
    onTestFinished(() => http.close());
    const ours = lastSocket();
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
    const { http } = await serverThat((socket) => {
      sender = socket;
    });
    const received = bytesReceived();
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

/** What the last socket of this process has received, in bytes. */
function bytesReceived(): () => number {
  const last = lastSocket();
  return () => last()?.bytesRead ?? 0;
}

/** The socket that this process has opened last. */
function lastSocket(): () => Socket | undefined {
  let last: Socket | undefined;
  const note = (message: unknown) => {
    last = (message as { socket: Socket }).socket;
  };
  subscribe('net.client.socket', note);
  onTestFinished(() => void unsubscribe('net.client.socket', note));
  return () => last;
}

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
    const packed = gzipSync(text);
    const { http } = await serverThat((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: ${packed.length}\r\n\r\n`);
      socket.write(packed);
    });
    const { answer, whenLarge, enter, asked } = scene();
    const sent = send(http, { whenLarge });
    await asked();
    await expect.poll(() => answer().complete).toBe(true);
    enter();
    expect((await sent).text === text).toBe(true);
  });

  test('and has come whole: nothing more of it is due, however long it takes to unpack', async () => {
    const packed = gzipSync('x'.repeat(5 * 1024 * 1024));
    const { http } = await serverThat((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: ${packed.length}\r\n\r\n`);
      socket.write(packed);
    });
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
