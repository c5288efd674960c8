/** The stdio server's life, from the first byte on stdin to the end of the process. */
import { endProcess } from '../../base/end-process.ts';
import type { Session } from '../../session/session.ts';
import { CallsInFlight } from '../calls/calls-in-flight.ts';
import { connect } from '../server/connect.ts';
import { StdioTransport } from '../transport/stdio-transport.ts';
import { endOfClient, shutDown } from './shutdown.ts';

/** The first call has its answer by then, and doesn't wait for a thread to start. */
const WATCHED_AFTER_MS = 2_000;

/**
 * Serves a started session until the client goes or a signal comes.
 *
 * @returns after everything is closed: whether anybody had said anything.
 */
export async function serve(session: Session, onEnd?: () => Promise<void>): Promise<{ wasAsked: boolean }> {
  lastWords(session);
  const calls = new CallsInFlight();
  const ended = endOfClient();
  const transport = new StdioTransport(session.redactor);
  const connection = connect(session, transport, calls, () => {
    setTimeout(watch, WATCHED_AFTER_MS).unref();
  });

  await shutDown(await ended, {
    session,
    calls,
    transport,
    close: () => Promise.allSettled([connection.close(), session.close(), onEnd?.()]),
  });
  return { wasAsked: transport.hasRead };
}

async function watch(): Promise<void> {
  const { startWatchdog } = await import('./watchdog.ts');
  startWatchdog();
}

/** What nobody caught ends the process, as Node would, but in one line and without the token. */
function lastWords({ log }: Session): void {
  process.on('uncaughtException', (error, origin) => {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    log('error', `${origin}, this is a bug of ours: ${what}`);
    endProcess(1);
  });
}
