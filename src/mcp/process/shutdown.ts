/** What ends a server, and what still happens then: what was asked is answered first, within the time that is left. */
import { END_SIGNALS, endProcessWithin } from '../../base/end-process.ts';
import { pause } from '../../base/pause.ts';
import type { Session } from '../../session/session.ts';
import type { CallsInFlight } from '../calls/calls-in-flight.ts';
import type { StdioTransport } from '../transport/stdio-transport.ts';

/**
 * The process is gone two seconds after its client, whatever still runs. A large answer is gone through in pieces, which
 * nothing interrupts: the one that is under way when the client goes, and the one at the end, come on top of this.
 */
const LAST_MS = 1_700;
/** Of that, closing sockets and files gets this long. */
const LAST_CLOSE_MS = 200;
/** Calls that are given up get this long to be answered with that. */
const LAST_WORDS_MS = 100;
/** What is under way gets the rest. */
const LAST_ANSWERS_MS = LAST_MS - LAST_WORDS_MS - LAST_CLOSE_MS;
const ORPHAN_CHECK_MS = 1_000;

export interface ShutdownReason {
  why: string;
  /** Whether somebody may still read: a client that only closed our stdin waits for its answers. */
  isRead: boolean;
}

/** Resolves when the client is gone: its pipe, a signal, or its whole process. */
export function endOfClient(): Promise<ShutdownReason> {
  return new Promise((resolve) => {
    const because = (why: string, isRead = false) => resolve({ why, isRead });
    process.stdin.once('end', () => because('stdin ended', true));
    process.stdin.once('close', () => because('stdin closed', true));
    process.stdin.once('error', () => because('stdin broke'));
    process.stdout.once('error', () => because('stdout broke'));
    // A terminal and npm send one each: the second must not cut a write short, and the end comes soon anyway.
    for (const signal of END_SIGNALS) process.on(signal, () => because(signal));
    // A client that is killed may leave its pipe open in another of its children.
    const parent = process.ppid;
    const timer = setInterval(() => {
      if (process.ppid !== parent) because('the client died');
    }, ORPHAN_CHECK_MS);
    timer.unref();
  });
}

export interface RunningServer {
  session: Session;
  calls: CallsInFlight;
  transport: StdioTransport;
  close: () => Promise<unknown>;
}

/** Answers what was asked, learns the outcome of writes on the wire, closes everything. */
export async function shutDown(
  { why, isRead }: ShutdownReason,
  { session, calls, transport, close }: RunningServer,
): Promise<void> {
  endProcessWithin(LAST_MS);
  const { log } = session;
  log('debug', `ending: ${why}`);
  const over = pause(LAST_ANSWERS_MS);
  if (isRead) await Promise.race([transport.answered(), over]);
  // From here on reads are given up, and writes send nothing more.
  calls.end();
  const writes = calls.writes();
  if (writes.length > 0) {
    if (!isRead)
      log('info', `waiting up to ${LAST_ANSWERS_MS / 1000} s for writes on the wire: ${writes.join(', ')}`);
    await Promise.race([calls.writesEnded(), over]);
    const unknown = calls.writes();
    if (unknown.length > 0) log('warn', `the outcome is not known of: ${unknown.join(', ')}`);
    // Whoever still reads hears it as each call's answer, too.
    calls.giveUp();
  }
  await Promise.race([transport.answered(), pause(LAST_WORDS_MS)]);
  await Promise.race([close(), pause(LAST_CLOSE_MS)]);
}
