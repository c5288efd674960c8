import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { startRecorder } from '../../../src/experiments/record/recorder.ts';

test('of a batch of 300,000 messages the first are kept, and that there were more', async () => {
  const recorder = await startRecorder();
  onTestFinished(() => recorder.close());
  const [, port, key] = /:(\d+)\/(\w+)$/.exec(recorder.address)!;
  const socket = connect(Number(port), '127.0.0.1').on('error', () => {});
  socket.resume();
  socket.write(`${key}\n${JSON.stringify({ at: 1, from: 'agent', message: Array(300_000).fill({}) })}\n`);
  await once(socket, 'close');
  const messages = recorder.messages();
  expect(messages).toHaveLength(100_001);
  expect(messages[0]).toEqual({ at: 1, from: 'agent', session: 1, message: {} });
  expect(messages.at(-1)!.message).toEqual({
    unreadable: 'The session went beyond 256 MiB or 100,000 messages: the rest of it was not recorded.',
  });
});
