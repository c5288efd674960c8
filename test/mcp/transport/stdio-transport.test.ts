/** Which requests still wait for an answer, as long as the process does at its end; and what is read while nobody takes any. */
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
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
  const answered = async () => {
    void transport.answered().then(() => {
      isAnswered = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 10));
    return isAnswered;
  };
  return { ...streams, transport, read, write, answered };
}

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
