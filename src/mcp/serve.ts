/** The stdio server's life, from the first byte on stdin to the end of the process. */
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import type { Tool } from '../catalogue/define-tool.ts';
import type { Session } from '../session.ts';
import { createServer, type Ongoing } from './server.ts';
import { StdioTransport } from './stdio-transport.ts';

/** A write on the wire gets this long to learn its outcome after the client has gone. */
const LAST_WRITES_MS = 2_000;
const ORPHAN_CHECK_MS = 1_000;

/** Serves until the client goes or a signal comes. @returns after everything is closed. */
export async function serve(
  session: Session,
  catalogue: readonly Tool[],
  onEnd?: () => Promise<void>,
): Promise<void> {
  const writes = new Set<Promise<unknown>>();
  const ongoing: Ongoing = {
    write(run) {
      const promise = run().finally(() => writes.delete(promise));
      writes.add(promise);
      return promise;
    },
  };
  const ended = endOfClient();
  const transport = new StdioTransport(session.redactor);
  const handle = serveStdio(() => createServer(session, catalogue, ongoing), {
    transport,
    onerror: (error) => session.log('debug', `protocol: ${error.message}`),
  });
  session.start();

  const why = await ended;
  session.log('debug', `ending: ${why}`);
  if (writes.size > 0) {
    session.log('info', `waiting up to ${LAST_WRITES_MS / 1000} s for ${writes.size} writes on the wire`);
    await Promise.race([Promise.allSettled(writes), pause(LAST_WRITES_MS)]);
    if (writes.size > 0) session.log('warn', `the outcome of ${writes.size} writes is not known`);
  }
  await Promise.race([Promise.allSettled([handle.close(), session.close(), onEnd?.()]), pause(200)]);
}

/** Resolves with the reason when the client is gone: its pipe, a signal, or its whole process. */
function endOfClient(): Promise<string> {
  return new Promise((resolve) => {
    process.stdin.once('end', () => resolve('stdin ended'));
    process.stdin.once('close', () => resolve('stdin closed'));
    process.stdin.once('error', () => resolve('stdin broke'));
    process.stdout.once('error', () => resolve('stdout broke'));
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
      process.once(signal, () => resolve(signal));
    // A client that is killed may leave its pipe open in another of its children.
    const parent = process.ppid;
    const timer = setInterval(() => {
      if (process.ppid !== parent) resolve('the client died');
    }, ORPHAN_CHECK_MS);
    timer.unref();
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
