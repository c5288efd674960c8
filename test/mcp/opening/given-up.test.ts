/** A list that waits for the API, and that nobody waits for any more. */
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { Opening } from '../../../src/mcp/opening/opening.ts';
import { StdioTransport } from '../../../src/mcp/transport/stdio-transport.ts';
import { Redactor } from '../../../src/respond/redact-token.ts';

const INITIALIZE = {
  id: 0,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
};
const CANCELLED = { method: 'notifications/cancelled', params: { requestId: 'list' } };

/** A connection with a list under way, which fails as soon as it is given up. */
async function listing() {
  const streams = { stdin: new PassThrough(), stdout: new PassThrough() };
  const given: AbortSignal[] = [];
  const waits = async (signal: AbortSignal) => {
    given.push(signal);
    await once(signal, 'abort');
    throw new Error('given up');
  };
  const opening = new Opening({
    transport: new StdioTransport(new Redactor(), streams),
    lists: {
      'tools/list': waits,
      'prompts/list': waits,
      'resources/list': waits,
      'resources/templates/list': waits,
    },
    changed: () => [],
    instructions: '',
    takeOver: () => Promise.reject(new Error('not in this test')),
  });
  const send = (message: object) =>
    void streams.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  let said = '';
  streams.stdout.on('data', (chunk) => {
    said += chunk;
  });
  const answered = () =>
    said
      .split('\n')
      .filter(Boolean)
      .map((line) => (JSON.parse(line) as { id: unknown }).id);
  send(INITIALIZE);
  send({ id: 'list', method: 'tools/list' });
  await expect.poll(() => given.length, { interval: 1 }).toBe(1);
  return { opening, send, signal: given[0]!, answered };
}

test('cancelled: it ends and is not answered, and the next request is', async () => {
  const { opening, send, signal, answered } = await listing();
  send(CANCELLED);
  await expect.poll(() => signal.aborted, { interval: 1 }).toBe(true);
  send({ id: 'ping', method: 'ping' });
  await expect.poll(answered, { interval: 1 }).toContain('ping');
  expect(answered()).toEqual([0, 'ping']);
  await opening.close();
});

test('the connection is closed: it ends, and nothing more is said', async () => {
  const { opening, signal, answered } = await listing();
  await opening.close();
  expect(signal.aborted).toBe(true);
  await new Promise((resolve) => setImmediate(resolve));
  expect(answered()).toEqual([0]);
});
