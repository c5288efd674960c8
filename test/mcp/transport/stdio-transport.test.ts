/** Which requests still wait for an answer, as long as the process does at its end; and what is read while nobody takes any. */
import { once } from 'node:events';
import { PassThrough, Writable } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { StdioTransport } from '../../../src/mcp/transport/stdio-transport.ts';
import { Redactor } from '../../../src/respond/redact-token.ts';

type Message = Parameters<StdioTransport['send']>[0];

async function started() {
  const streams = { stdin: new PassThrough(), stdout: new PassThrough() };
  const transport = new StdioTransport(new Redactor(), streams);
  const read: Message[] = [];
  transport.onmessage = (message) => void read.push(message);
  await transport.start();
  onTestFinished(() => transport.close());
  const write = async (...messages: object[]) => {
    const before = read.length;
    for (const one of messages) streams.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...one })}\n`);
    await expect.poll(() => read.length, { interval: 1 }).toBe(before + messages.length);
  };
  let isAnswered = false;
  let isAsked = false;
  const answered = async () => {
    if (!isAsked)
      void transport.answered().then(() => {
        isAnswered = true;
      });
    isAsked = true;
    await new Promise((resolve) => setTimeout(resolve, 10));
    return isAnswered;
  };
  return { ...streams, transport, read, write, answered };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
const request = (id: number, method = 'tools/list') => ({ id, method });
const cancelled = (requestId: number) => ({ method: 'notifications/cancelled', params: { requestId } });
const answer = (id: number) => ({ jsonrpc: '2.0', id, result: {} }) as Message;

test('each that was read, until it is answered', async () => {
  const { transport, write, answered } = await started();
  await write(request(1), request(2));
  await transport.send(answer(1));
  expect(await answered()).toBe(false);
  await transport.send(answer(2));
  expect(await answered()).toBe(true);
});

test.each([
  ['one that is not wanted any more', [request(1), cancelled(1)], true],
  ['another one than was cancelled', [request(1), request(2), cancelled(1)], false],
  ['a subscription, which ends with the process', [request(1, 'subscriptions/listen')], true],
])('%s', async (_, messages, isAnswered) => {
  const { write, answered } = await started();
  await write(...messages);
  expect(await answered()).toBe(isAnswered);
});

test.each([
  ['a request', request(2), 'sooner', false],
  ['a request', request(2), 'later', false],
  ['a notification', { method: 'notifications/roots/list_changed' }, 'sooner', true],
  ['a notification', { method: 'notifications/roots/list_changed' }, 'later', true],
])('%s that is not read yet, since nobody takes the answers (%o); another is answered %s', async (_, waits, when, isAnswered) => {
  const { transport, stdin, stdout, read, write, answered } = await started();
  await write(request(1));
  if (when === 'sooner') await transport.send(answer(1));
  await transport.send({ ...answer(3), result: { text: 'x'.repeat(2_000_000) } } as Message);
  await turn();
  stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...waits })}\n`);
  expect(await answered()).toBe(false);
  if (when === 'later') await transport.send(answer(1));
  stdout.resume();
  await expect.poll(() => read.length, { interval: 1 }).toBe(2);
  expect(await answered()).toBe(isAnswered);
  await transport.send(answer(2));
  await expect.poll(answered).toBe(true);
});

test('while nobody takes the answers, no more is read than one message may have', async () => {
  const { transport, stdin, stdout, read } = await started();
  const large = { jsonrpc: '2.0', method: 'notifications/message', params: { data: 'x'.repeat(2_000_000) } };
  await transport.send(large as Message);
  await new Promise((resolve) => setImmediate(resolve));
  const line = Buffer.from(`${JSON.stringify({ jsonrpc: '2.0', ...request(1) })}\n`);
  stdin.write(line);
  await new Promise((resolve) => setImmediate(resolve));
  expect([read.length, stdin.isPaused()]).toEqual([0, false]);
  stdin.write(Buffer.alloc(16 * 1024 * 1024, '\0'));
  stdin.write('\n');
  stdin.write(line);
  await expect.poll(() => stdin.isPaused(), { interval: 1 }).toBe(true);
  stdout.resume();
  await expect.poll(() => read.length, { interval: 1 }).toBe(2);
  expect(stdin.isPaused()).toBe(false);
});

test.each([
  ['first', (params: string) => `{"jsonrpc":"2.0","id":"first","method":"x","params":${params}}`],
  ['last', (params: string) => `{"jsonrpc":"2.0","method":"x","params":${params},"id":"last"}`],
])('a message that is too large is refused under its id, which stands %s', async (id, message) => {
  const { stdin, stdout } = await started();
  const line = message(`{"text":"${'x'.repeat(16 * 1024 * 1024)}"}`);
  stdin.write(line.slice(0, 2_000));
  stdin.write(`${line.slice(2_000)}\n`);
  const [answer] = (await once(stdout, 'data')) as [Buffer];
  expect(JSON.parse(answer.toString())).toMatchObject({
    id,
    error: { message: expect.stringContaining('Nothing was done with it.') },
  });
});

test('however many lines wait, and however they came, each turn takes a few: signals and answers have theirs', async () => {
  const { transport, stdin, read } = await started();
  const before = transport.onmessage!;
  transport.onmessage = (message) => {
    before(message);
    const began = performance.now();
    while (performance.now() - began < 10);
  };
  const lines = `${JSON.stringify({ jsonrpc: '2.0', ...request(1) })}\n`.repeat(40);
  for (let chunk = 0; chunk < 8; chunk++) {
    stdin.write(lines);
    await turn();
  }
  const taken = read.length;
  await turn();
  await turn();
  expect(read.length - taken).toBeGreaterThan(0);
  // Three in 20 ms, or in each of two turns.
  expect(read.length - taken).toBeLessThan(10);
});

test('what was said last leaves at the end; then nothing is read or said, and nobody is listened to', async () => {
  const atExit = process.listenerCount('exit');
  const { transport, stdin, stdout, read } = await started();
  const line = `${JSON.stringify({ jsonrpc: '2.0', ...request(1) })}\n`;
  transport.onmessage = (message) => {
    read.push(message);
    void transport.send(answer(1));
    void transport.close();
  };
  stdin.write(line.repeat(3));
  await expect.poll(() => read.length, { interval: 1 }).toBe(1);
  expect(String(stdout.read())).toBe('{"jsonrpc":"2.0","id":1,"result":{}}\n');
  const listened = [stdin.listenerCount('data'), stdin.listenerCount('end'), stdout.listenerCount('drain')];
  expect(listened).toEqual([0, 0, 0]);
  expect(process.listenerCount('exit')).toBe(atExit);
  await transport.send(answer(2));
  stdin.end(line);
  await turn();
  await turn();
  expect([read.length, stdout.read()]).toEqual([1, null]);
});

test('a stdin that breaks, again and again, holds no answer back', async () => {
  const { transport, stdin, stdout } = await started();
  for (let time = 0; time < 2; time++) stdin.emit('error', new Error('EIO'));
  await transport.send(answer(1));
  expect(String((await once(stdout, 'data'))[0])).toContain('"id":1');
});

test('who has gone is written to once, and not waited for', async () => {
  let writes = 0;
  // As stdout is: it stays open whatever happens to it.
  const stdout = new Writable({
    autoDestroy: false,
    write(_chunk, _encoding, done) {
      writes++;
      done(new Error('EPIPE'));
    },
  });
  const transport = new StdioTransport(new Redactor(), { stdin: new PassThrough(), stdout });
  await transport.start();
  onTestFinished(() => transport.close());
  for (let id = 1; id <= 3; id++) {
    await transport.send(answer(id));
    await turn();
    await turn();
  }
  await transport.answered();
  expect([writes, stdout.writableLength]).toEqual([1, 0]);
});

test('empty lines are no question', async () => {
  const { transport, stdin, write } = await started();
  stdin.write('\n \r\n');
  await turn();
  expect(transport.hasRead).toBe(false);
  await write(request(1));
  expect(transport.hasRead).toBe(true);
});
