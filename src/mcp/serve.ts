/** The stdio server's life, from the first byte on stdin to the end of the process. */
import { endProcess, endProcessWithin } from '../base/end-process.ts';
import type { Session } from '../session/session.ts';
import { Ongoing } from './calls-in-flight.ts';
import { instructionsOf } from './instructions.ts';
import { createGivenLists } from './lists.ts';
import { Connection } from './opening.ts';
import { StdioTransport } from './stdio-transport.ts';

/** The process is gone this long after its client, whatever still runs. */
const LAST_MS = 2_000;
/** Of that, a write on the wire gets this long to learn its outcome. */
const LAST_WRITES_MS = 1_750;
/** Closing sockets and files gets this long. */
const LAST_CLOSE_MS = 200;
const ORPHAN_CHECK_MS = 1_000;

/** Serves a started session until the client goes or a signal comes. @returns after everything is closed. */
export async function serve(session: Session, onEnd?: () => Promise<void>): Promise<void> {
  lastWords(session);
  const ongoing = new Ongoing();
  const ended = endOfClient();
  const transport = new StdioTransport(session.redactor);
  transport.onerror = (error) => session.log('debug', `protocol: ${error.message}`);
  const { lists, changed } = createGivenLists(session);
  const connection = new Connection({
    transport,
    lists,
    changed,
    instructions: instructionsOf(session.settings),
    takeOver: async (relay) => {
      const { serveWithSdk } = await import('./server.ts');
      return serveWithSdk(relay, session, lists, ongoing);
    },
  });
  session.onAccessChange(() => connection.listsChanged());

  const why = await ended;
  endProcessWithin(LAST_MS);
  session.log('debug', `ending: ${why}`);
  // The way out stays open meanwhile: a client that only closed our stdin still reads what became of its writes.
  ongoing.end();
  const writes = ongoing.writes();
  if (writes.length > 0) {
    session.log('info', `waiting up to ${LAST_MS / 1000} s for writes on the wire: ${writes.join(', ')}`);
    await Promise.race([ongoing.writesEnded(), pause(LAST_WRITES_MS)]);
    const unknown = ongoing.writes();
    if (unknown.length > 0) session.log('warn', `the outcome is not known of: ${unknown.join(', ')}`);
  }
  await Promise.race([
    Promise.allSettled([connection.close(), session.close(), onEnd?.()]),
    pause(LAST_CLOSE_MS),
  ]);
}

/** What nobody caught ends the process, as Node would, but in one line and without the token. */
function lastWords({ log }: Session): void {
  process.on('uncaughtException', (error, origin) => {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    log('error', `${origin}, this is a bug of ours: ${what}`);
    endProcess(1);
  });
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
