/** Keeps what the agents' MCP sessions said: the other end of recorded-server.ts, in the sandbox's process. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import * as z from 'zod';
import { isJsonObject } from '../../base/json-object.ts';
import type { RecordedMessage } from './types.ts';

export interface Recorder {
  address: string;
  messages(): RecordedMessage[];
  close(): Promise<void>;
}

/** Beyond it nothing is kept: the record has to fit into one text. No agent at work comes near it. */
const MAX_BYTES = 256 * 1024 * 1024;
const MAX_MESSAGES = 100_000;
const REST_MISSING = {
  unreadable: 'The session went beyond 256 MiB or 100,000 messages: the rest of it was not recorded.',
};

/** Listens for copies of the MCP messages; only who knows the key may leave some. */
export async function startRecorder(): Promise<Recorder> {
  const key = randomBytes(16).toString('hex');
  const messages: RecordedMessage[] = [];
  const sockets = new Set<Socket>();
  let sessions = 0;
  let received = 0;
  let isFull = false;
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    let session = 0;
    socket.on('error', () => {});
    const stop = () => {
      socket.destroy();
      if (!isFull) messages.push({ at: Date.now(), from: 'agent', session, message: REST_MISSING });
      isFull = true;
    };
    socket.on('data', ({ length }: Buffer) => {
      received += length;
      if (received > MAX_BYTES) stop();
    });
    socket.on('close', () => sockets.delete(socket));
    createInterface({ input: socket }).on('line', (line) => {
      if (session === 0) {
        if (!sameText(line, key)) return void socket.destroy();
        session = ++sessions;
        return;
      }
      for (const message of messagesIn(line, session)) {
        if (isFull || messages.length === MAX_MESSAGES) return stop();
        messages.push(message);
      }
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as { port: number };
  return {
    address: `127.0.0.1:${port}/${key}`,
    messages: () => [...messages].sort((a, b) => a.at - b.at),
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

const sent = z.object({
  at: z.int().nonnegative(),
  from: z.enum(['agent', 'server']),
  message: z.unknown(),
});

const MAX_SHOWN = 1_000;

/** A batch is several; what is no message is kept as the text that it is. Whoever has the key may write anything. */
function* messagesIn(line: string, session: number): Generator<RecordedMessage> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return;
  }
  const { data } = sent.safeParse(value);
  if (!data) return;
  const { at, from, message } = data;
  for (const one of (Array.isArray(message) ? message : [message]) as unknown[])
    yield {
      at,
      from,
      session,
      message: isJsonObject(one) ? one : { unreadable: (JSON.stringify(one) ?? '').slice(0, MAX_SHOWN) },
    };
}

function sameText(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
