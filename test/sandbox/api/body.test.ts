/** How a request's body is taken in: whole, up to a size, and to its end also where it is too large. */
import { once } from 'node:events';
import { request, type Server } from 'node:http';
import { connect } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { expect, onTestFinished, test, vi } from 'vitest';
import { isTooLarge, parseJson, readText, takeBody } from '../../../src/sandbox/api/body.ts';
import { listen } from '../../support/listen.ts';

const MIB = 1024 * 1024;

/** Answers with what it took of a body. */
function taking() {
  const refusals: string[] = [];
  let arrived = 0;
  const app = new Hono();
  app.all('*', async (c) => {
    arrived++;
    await takeBody(c);
    return c.text(isTooLarge(c) ? 'too large' : `took ${readText(c)}`);
  });
  app.onError((error, c) => {
    refusals.push(error.message);
    return c.text(error.message, 400);
  });
  return { app, refusals, arrived: () => arrived };
}

async function serving() {
  const { app, ...seen } = taking();
  const port = await listen(createAdaptorServer({ fetch: app.fetch }) as Server);
  const url = `http://127.0.0.1:${port}/`;
  const post = async (init: RequestInit) => (await fetch(url, { method: 'POST', ...init })).text();
  return { port, url, post, ...seen };
}

const chunked = (...parts: string[]): RequestInit => ({
  body: new ReadableStream({
    start(controller) {
      for (const part of parts) controller.enqueue(Buffer.from(part));
      controller.close();
    },
  }),
  duplex: 'half',
});

test('as many bytes as may be, and not one more, however they come', async () => {
  const { app } = taking();
  const { post } = await serving();
  const most = 'x'.repeat(MIB);
  const within = async (body: string) => {
    const headers = { 'content-length': String(body.length) };
    const rewritten = await app.request('/', { method: 'POST', body, headers }, {});
    const pieces = chunked(body.slice(0, 10), body.slice(10));
    return [await rewritten.text(), await post({ body }), await post(pieces)].map((text) => text.length);
  };
  expect(await within(most)).toEqual(Array(3).fill('took '.length + MIB));
  expect(await within(`${most}x`)).toEqual(Array(3).fill('too large'.length));
});

test('its characters, without the mark at their beginning; and none where none was sent', async () => {
  const { post, url } = await serving();
  expect(await post({ body: '\ufeff{"a":"ü"}' })).toBe('took {"a":"ü"}');
  expect(await post({ body: Buffer.from([0x22, 0xff, 0x22]) })).toBe('The body is not UTF-8.');
  expect(await (await fetch(url, { method: 'POST' })).text()).toBe('took ');
  expect((await fetch(url, { method: 'HEAD' })).status).toBe(200);
  expect([parseJson(''), parseJson(' \n '), parseJson('[]')]).toEqual([{}, {}, []]);
});

test('HEAD is answered without waiting for a body that it announces', async () => {
  const { url } = await serving();
  const asked = request(url, { method: 'HEAD', headers: { 'content-length': '10' } });
  onTestFinished(() => void asked.on('error', () => {}).destroy());
  asked.flushHeaders();
  const [{ statusCode }] = await once(asked, 'response');
  expect(statusCode).toBe(200);
});

test('one that breaks off is none, and nobody waits for the rest', async () => {
  const { port, refusals, arrived } = await serving();
  const socket = connect(port, '127.0.0.1');
  socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nonly some');
  await expect.poll(arrived).toBe(1);
  socket.destroy();
  await expect.poll(() => refusals).toEqual(['The body broke off.']);
});

test('one that is too large is taken to its end, so that its answer is read; not for ever', async () => {
  const { port } = await serving();
  // Time goes on by itself, too: Hono waits for a timer before it writes some of its answers.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
  onTestFinished(() => void vi.useRealTimers());
  const sending = async () => {
    const socket = connect(port, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    let answer = '';
    socket.on('data', (part) => {
      answer += part;
    });
    socket.write(`POST / HTTP/1.1\r\nhost: x\r\ncontent-length: ${3 * MIB}\r\n\r\n`);
    socket.write(Buffer.alloc(2 * MIB, 'x'));
    // The limit of its time runs from when it is known to be too large.
    await expect.poll(() => vi.getTimerCount()).toBe(1);
    return { socket, answer: () => answer };
  };
  const whole = await sending();
  expect(whole.answer()).toBe('');
  whole.socket.write(Buffer.alloc(MIB, 'x'));
  await expect.poll(whole.answer).toContain('too large');
  // With the end of the exchange on the server's side, which may come a moment after the answer; no limit runs out meanwhile.
  await expect.poll(() => vi.getTimerCount(), { timeout: 10_000 }).toBe(0);
  const slow = await sending();
  vi.advanceTimersByTime(25_000);
  expect(slow.answer()).toBe('');
  vi.advanceTimersByTime(5_000);
  await expect.poll(slow.answer).toContain('too large');
});
