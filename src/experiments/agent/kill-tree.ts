/** Ends a process with everything that it started, also what has left its group. */
import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** Which run a process belongs to: inherited by everything that it starts. */
export const RUN_MARK = 'TOADO_EXPERIMENT_RUN';

/** @param graceMs how long they get between SIGTERM and SIGKILL; 0: none. */
export async function killTree(child: ChildProcess, mark: string, graceMs: number): Promise<void> {
  if (graceMs > 0) {
    signalAll(child, mark, 'SIGTERM');
    const end = Date.now() + graceMs;
    while (Date.now() < end && isRunning(child)) await pause(50);
  }
  signalAll(child, mark, 'SIGKILL');
}

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}

function signalAll(child: ChildProcess, mark: string, signal: NodeJS.Signals): void {
  const { pid } = child;
  if (pid !== undefined && process.platform !== 'win32') send(-pid, signal);
  if (isRunning(child)) child.kill(signal);
  for (const stray of marked(mark)) send(stray, signal);
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone already.
  }
}

/** Processes that inherited the run's mark; only Linux shows another process' environment. */
function marked(mark: string): number[] {
  if (process.platform !== 'linux') return [];
  const wanted = `${RUN_MARK}=${mark}`;
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) return [];
    try {
      return readFileSync(`/proc/${name}/environ`, 'latin1').split('\0').includes(wanted)
        ? [Number(name)]
        : [];
    } catch {
      return [];
    }
  });
}
