/** Answers in masses of pieces. */
import { expect, test } from 'vitest';
import { send, serverThat } from './socket-server.ts';

test('a body in a million small chunks costs about its own size', async () => {
  const size = 1_000_000;
  const { http } = await serverThat((socket) => {
    socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n');
    socket.end(`${'1\r\nx\r\n'.repeat(size)}0\r\n\r\n`);
  });
  const before = process.memoryUsage().rss;
  const { text } = await send(http, { timeoutMs: 30_000 });
  expect(text.length).toBe(size);
  expect(text).toBe('x'.repeat(size));
  expect(process.memoryUsage().rss - before).toBeLessThan(120_000_000);
});
