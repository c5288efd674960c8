/** Requests over real sockets: what was sent, what was answered, and what is known where the answer broke off. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createHttp } from '../../../src/toado-api/http/http.ts';
import { MAX_PART_LENGTH } from '../../../src/toado-api/json/parse-json.ts';
import { send, serverThat } from './socket-server.ts';

const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}';

const write = { method: 'POST', isRead: false, body: '{}' } as const;

test('a request names its path, its token and what it takes; sockets are used again', async () => {
  const heads: string[] = [];
  const { http, sockets } = await serverThat((socket, head) => {
    heads.push(head);
    socket.write(OK);
  });
  expect(await send(http)).toMatchObject({ status: 200, text: '{}' });
  await send(http, write);
  expect(heads[0]).toMatch(/^GET \/api\/v1\/tickets HTTP\/1\.1\r\n/);
  expect(heads[0]).toMatch(/authorization: Bearer tok_x\r\n/i);
  expect(heads[1]).toMatch(/content-type: application\/json\r\n/i);
  expect(heads[1]).toMatch(/content-length: 2/i);
  expect(sockets()).toBe(1);
});

test.each([
  ['100 Continue', 'HTTP/1.1 100 Continue\r\n\r\n'],
  ['102 and 103', 'HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n'],
])('%s before the answer', async (_, before) => {
  const { http } = await serverThat((socket) => socket.write(before + OK));
  expect(await send(http, write)).toMatchObject({ status: 200, text: '{}' });
});

test('a change of protocol that nobody asked for (101) is no answer, and nobody waits for one', async () => {
  const { http } = await serverThat((socket) =>
    socket.write('HTTP/1.1 101 X\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n'),
  );
  await expect(send(http)).rejects.toMatchObject({ code: 'unreachable', outcome: 'no_answer' });
  await expect(send(http, write)).rejects.toMatchObject({ code: 'unreachable', outcome: 'outcome_unknown' });
});

describe('characters that are not UTF-8', () => {
  const JSON_TEXT = '{"title":"Grüße, Ænima"}';
  const latin1 = Buffer.from(JSON_TEXT, 'latin1');
  const le = Buffer.from(JSON_TEXT, 'utf16le');
  const be = Buffer.from(le).swap16();
  const bom = (...bytes: number[]) => Buffer.from(bytes);
  const large = (text: string) => text.replace('"}', `${'ü'.repeat(2.2 * 1024 * 1024)}"}`);
  const gzipped = { 'content-encoding': 'gzip' };
  const answer = (status: number, type: string, bytes: Buffer, more: Record<string, string> = {}) => {
    const head = Object.entries({ ...more, 'content-type': `application/json${type}` }).map(
      ([name, value]) => `${name}: ${value}\r\n`,
    );
    return Buffer.concat([
      Buffer.from(`HTTP/1.1 ${status} X\r\ncontent-length: ${bytes.length}\r\n${head.join('')}\r\n`),
      bytes,
    ]);
  };
  test.each<[what: string, type: string, bytes: Buffer, text?: string, more?: Record<string, string>]>([
    ['UTF-16 LE by its header', '; charset=utf-16le', le],
    ['UTF-16 BE by its header', '; charset="UTF-16BE"', be],
    ['UTF-16 by its mark', '', Buffer.concat([bom(0xff, 0xfe), le])],
    ['UTF-16 BE by its mark', '; charset=utf-8', Buffer.concat([bom(0xfe, 0xff), be])],
    ['UTF-16 that nothing says', '', le],
    ['UTF-16 BE that nothing says', '', be],
    ['UTF-8 that is called UTF-16', '; charset=utf-16', Buffer.from(JSON_TEXT)],
    ['ISO 8859-1', '; charset=ISO-8859-1', latin1],
    ['Windows-1252', ';charset=windows-1252; boundary=x', latin1],
    ['UTF-8 that is called ISO 8859-1', '; charset=iso-8859-1', Buffer.from(JSON_TEXT)],
    ['ISO 8859-1, packed', '; charset=latin1', gzipSync(latin1), JSON_TEXT, gzipped],
    ['Shift JIS', '; charset=shift_jis', Buffer.from([0x22, 0x93, 0xfa, 0x22]), '"日"'],
    ['much of UTF-16', '', Buffer.from(large(JSON_TEXT), 'utf16le'), large(JSON_TEXT)],
    [
      'much of ISO 8859-1',
      '; charset=latin1',
      Buffer.from(large(large(JSON_TEXT)), 'latin1'),
      large(large(JSON_TEXT)),
    ],
    ['much of UTF-8, called ISO 8859-1', '; charset=latin1', Buffer.from(large(JSON_TEXT)), large(JSON_TEXT)],
  ])('%s', async (_, type, bytes, text = JSON_TEXT, more = {}) => {
    const { http } = await serverThat((socket) => socket.write(answer(200, type, bytes, more)));
    expect((await send(http)).text === text).toBe(true);
  });

  test('one that nobody knows is said of a read; a write stays accepted, and a refusal one', async () => {
    let status = 200;
    let encoding: BufferEncoding = 'latin1';
    const { http } = await serverThat((socket) =>
      socket.write(answer(status, '; charset=klingon-8', Buffer.from('{"error":"n\u00f6"}', encoding))),
    );
    await expect(send(http)).rejects.toMatchObject({
      code: 'bad_answer',
      outcome: 'no_answer',
      sentence: expect.stringContaining('character set that this program can’t read (klingon-8)'),
      details: { status: 200 },
    });
    expect(await send(http, write)).toMatchObject({ status: 200, isCut: true });
    status = 403;
    expect(await send(http)).toMatchObject({ status, text: '{"error":"n\ufffd"}' });
    encoding = 'utf8';
    status = 200;
    expect(await send(http)).toMatchObject({ status, text: '{"error":"n\u00f6"}' });
  });
});

test.each([302, 403, 409, 500])('a refusal (%d) whose body is cut is that refusal', async (status) => {
  const { http } = await serverThat((socket) => {
    socket.write(`HTTP/1.1 ${status} X\r\ncontent-length: 500\r\n\r\n{"error":{"code":"forb`);
    setTimeout(() => socket.destroy(), 30);
  });
  for (const kind of [{}, write]) expect(await send(http, kind)).toMatchObject({ status, isCut: true });
});

test('a write that was accepted stays accepted where its body is cut; a read has no answer', async () => {
  const { http } = await serverThat((socket) => {
    socket.write('HTTP/1.1 201 Created\r\ncontent-length: 500\r\n\r\n{"id":');
    setTimeout(() => socket.destroy(), 30);
  });
  expect(await send(http, write)).toMatchObject({ status: 201, text: '{"id":', isCut: true });
  await expect(send(http)).rejects.toMatchObject({ outcome: 'no_answer', code: 'unreachable' });
});

test('a write whose answer never came is not known; one that never left is not sent', async () => {
  const { http, requests } = await serverThat((socket, _head, count) => {
    if (count === 1) socket.destroy();
  });
  await expect(send(http, write)).rejects.toMatchObject({ outcome: 'outcome_unknown' });
  expect(requests()).toBe(1);
  await expect(send(http, { ...write, timeoutMs: 200 })).rejects.toMatchObject({
    code: 'timeout',
    outcome: 'outcome_unknown',
  });
  const gone = createHttp({ baseUrl: 'http://127.0.0.1:9/api', userAgent: 'test' });
  await expect(send(gone, write)).rejects.toMatchObject({ code: 'unreachable', outcome: 'not_sent' });
});

test('a socket that the server closed while nobody used it is not used again', async () => {
  const { http } = await serverThat((socket) => socket.end(OK));
  for (let round = 0; round < 5; round++) {
    expect(await send(http, write)).toMatchObject({ status: 200 });
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
});

test('requests don’t wait for one another', async () => {
  const waiting: Socket[] = [];
  const { http } = await serverThat((socket) => {
    waiting.push(socket);
    if (waiting.length === 10) for (const one of waiting) one.write(OK);
  });
  const answers = await Promise.all(Array.from({ length: 10 }, () => send(http)));
  expect(answers.every(({ status }) => status === 200)).toBe(true);
});

test('what a server says unasked is not the answer of the next request', async () => {
  const stray = 'HTTP/1.1 201 Stray\r\ncontent-length: 2\r\n\r\n{}';
  let ours: Socket | undefined;
  const note = (message: unknown) => {
    ours = (message as { socket: Socket }).socket;
  };
  subscribe('net.client.socket', note);
  onTestFinished(() => void unsubscribe('net.client.socket', note));
  const { http } = await serverThat((socket, _head, count) => {
    socket.write(count === 1 ? OK : 'HTTP/1.1 403 No\r\ncontent-length: 2\r\n\r\n{}');
    if (count === 1) setTimeout(() => socket.write(stray), 20);
  });
  await send(http);
  // It is here, and nobody has asked anything.
  await expect.poll(() => ours!.bytesRead).toBe(OK.length + stray.length);
  // Servers close theirs after five seconds and more.
  expect(ours!.timeout).toBe(4_000);
  expect(await send(http, write)).toMatchObject({ status: 403 });
});

test('a second answer in one breath: the socket is given up', async () => {
  const stray = 'HTTP/1.1 201 Stray\r\ncontent-length: 2\r\n\r\n{}';
  const { http } = await serverThat((socket, _head, count) =>
    socket.write(count === 1 ? OK + stray : 'HTTP/1.1 403 No\r\ncontent-length: 2\r\n\r\n{}'),
  );
  await send(http).catch(() => {});
  expect(await send(http, write)).toMatchObject({ status: 403 });
});

test('given up before it left: nothing is sent', async () => {
  const { http, requests } = await serverThat((socket) => socket.write(OK));
  const abort = new AbortController();
  abort.abort();
  await expect(send(http, { ...write, signal: abort.signal })).rejects.toMatchObject({
    code: 'cancelled',
    outcome: 'not_sent',
  });
  expect(requests()).toBe(0);
});

test('a head that is too large, and an answer that is no HTTP', async () => {
  const { http } = await serverThat((socket, _head, count) =>
    socket.end(count === 1 ? `HTTP/1.1 200 OK\r\nx: ${'x'.repeat(40_000)}\r\n\r\n` : 'SSH-2.0-x\r\n\r\n'),
  );
  await expect(send(http)).rejects.toMatchObject({
    sentence: expect.stringContaining('HPE_HEADER_OVERFLOW'),
  });
  await expect(send(http)).rejects.toMatchObject({ sentence: expect.stringContaining('HTTP/1.1') });
});

test('small and large chunks stay in order', async () => {
  const parts = ['a', 'b'.repeat(5_000), 'c', 'd'.repeat(3_000), 'e'.repeat(70_000), 'f'];
  const { http } = await serverThat((socket) => {
    socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n');
    for (const part of parts) socket.write(`${part.length.toString(16)}\r\n${part}\r\n`);
    socket.end('0\r\n\r\n');
  });
  expect((await send(http)).text).toBe(parts.join(''));
});

test.each([302, 403])('of a refusal (%d), a beginning is enough', async (refused) => {
  const long = 'x'.repeat(MAX_PART_LENGTH + 1);
  const { http } = await serverThat((socket) =>
    socket.write(`HTTP/1.1 ${refused} No\r\ncontent-length: ${long.length}\r\n\r\n${long}`),
  );
  const { status, text, isCut } = await send(http);
  expect([status, isCut]).toEqual([refused, true]);
  expect(text.length).toBeLessThanOrEqual(MAX_PART_LENGTH);
});

test.each([
  'do(this)',
  'x'.repeat(41),
])('a name of a character set that is none is not repeated: %s', async (name) => {
  const bytes = Buffer.from('"\u00f6"', 'latin1');
  const { http } = await serverThat((socket) => {
    socket.write(
      `HTTP/1.1 200 OK\r\ncontent-type: x; charset=${name}\r\ncontent-length: ${bytes.length}\r\n\r\n`,
    );
    socket.write(bytes);
  });
  await expect(send(http)).rejects.toMatchObject({
    sentence: 'Toado’s answer is in a character set that this program can’t read.',
  });
});

test('what a request says of itself is ours: the token, the client; a body only where there is one', async () => {
  const heads: string[] = [];
  const { http } = await serverThat((socket, head) => {
    heads.push(head.toLowerCase());
    socket.write(OK);
  });
  await send(http, { etag: '"1"', idempotencyKey: 'key_1' });
  expect(heads[0]).toContain('authorization: bearer tok_x\r\n');
  expect(heads[0]).toContain('if-none-match: "1"\r\n');
  expect(heads[0]).toContain('x-toado-client: mcp\r\n');
  expect(heads[0]).toContain('idempotency-key: key_1\r\n');
  expect(heads[0]).not.toContain('content-type');
});

test('an address without a path', async () => {
  const heads: string[] = [];
  const { port } = await serverThat((socket, head) => {
    heads.push(head);
    socket.write(OK);
  });
  const http = createHttp({ baseUrl: `http://127.0.0.1:${port}`, userAgent: 'test' });
  await send(http);
  await http.close();
  expect(heads[0]).toMatch(/^GET \/tickets HTTP/);
});
