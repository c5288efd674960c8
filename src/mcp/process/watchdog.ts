/**
 * Ends the process where its only thread is blocked (a pattern that looks back, a value without end) and can't hear
 * any more that its client is gone, or that somebody wants it to end. A thread of its own watches; it costs nothing
 * until the first call was served.
 */
import inspector from 'node:inspector';
import { Worker } from 'node:worker_threads';

export interface Watch {
  /** How often the thread looks, in milliseconds. */
  everyMs?: number;
  /** Looks without a sign of life until an orphan is ended. */
  looksAsOrphan?: number;
  /** The same while the client is there: it learns that the server is gone, instead of waiting. */
  looksAtAll?: number;
}

const THREAD = `
const { workerData: { beats, parent, everyMs, looksAsOrphan, looksAtAll } } = require('node:worker_threads');
const count = new Int32Array(beats);
let last = -1;
let silent = 0;
setInterval(() => {
  const now = Atomics.load(count, 0);
  silent = now === last ? silent + 1 : 0;
  last = now;
  const limit = process.ppid === parent ? looksAtAll : looksAsOrphan;
  if (silent >= limit) process.kill(process.pid, 'SIGKILL');
}, everyMs);
`;

/** Looks are counted, not seconds: a machine that slept is not blocked. */
export function startWatchdog({ everyMs = 1_000, looksAsOrphan = 2, looksAtAll = 60 }: Watch = {}): void {
  // Whoever debugs stops the thread on purpose.
  if (inspector.url()) return;
  const beats = new SharedArrayBuffer(4);
  const count = new Int32Array(beats);
  const workerData = { beats, parent: process.ppid, everyMs, looksAsOrphan, looksAtAll };
  const worker = new Worker(THREAD, { eval: true, workerData, stdin: false, execArgv: [] });
  worker.on('error', () => {});
  worker.unref();
  setInterval(() => Atomics.add(count, 0, 1), everyMs / 2).unref();
}
