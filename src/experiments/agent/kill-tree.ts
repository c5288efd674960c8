/** Ends a process with everything that it started, also what has left its group. */
import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** Which run a process belongs to: inherited by everything that it starts. */
export const RUN_MARK = 'TOADO_EXPERIMENT_RUN';

/** @param graceMs how long they get between SIGTERM and SIGKILL; 0: none. */
export async function killTree(child: ChildProcess, mark: string, graceMs: number): Promise<void> {
  const strays = new Set<number>();
  if (graceMs > 0) {
    signalAll(child, mark, strays, 'SIGTERM');
    const end = Date.now() + graceMs;
    while (Date.now() < end && isRunning(child)) await pause(50);
  }
  signalAll(child, mark, strays, 'SIGKILL');
}

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}

/** @param strays those that were found so far: once their parents are gone, nothing tells whose they are. */
function signalAll(child: ChildProcess, mark: string, strays: Set<number>, signal: NodeJS.Signals): void {
  const { pid } = child;
  for (const stray of straysOf(isRunning(child) ? pid : undefined, mark)) strays.add(stray);
  if (pid !== undefined && process.platform !== 'win32') send(-pid, signal);
  if (isRunning(child)) child.kill(signal);
  for (const stray of strays) send(stray, signal);
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone already.
  }
}

/**
 * Processes that inherited the run's mark, and, of those that took it off, the ones whose parents are still there. Only
 * Linux shows another process' environment.
 */
function straysOf(root: number | undefined, mark: string): number[] {
  if (process.platform !== 'linux') return [];
  const wanted = `${RUN_MARK}=${mark}`;
  const pids = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map(Number);
  const found = new Set(
    pids.filter((pid) => pid === root || read(pid, 'environ').split('\0').includes(wanted)),
  );
  const parents = new Map(pids.map((pid) => [pid, Number(/^PPid:\s+(\d+)/m.exec(read(pid, 'status'))?.[1])]));
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const [pid, parent] of parents) if (found.has(parent)) found.add(pid);
  }
  return [...found].filter((pid) => pid !== root);
}

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1');
  } catch {
    return '';
  }
}
