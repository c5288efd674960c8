/** Ends a process with everything that it started, also what has left its group. */
import { type ChildProcess, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** Which run a process belongs to: inherited by everything that it starts. */
export const RUN_MARK = 'TOADO_EXPERIMENT_RUN';

/** By what the processes of a run are known on Linux, the only system that shows it. */
export interface RunTraces {
  /** Value of RUN_MARK in their environment. */
  mark: string;
  /** The run's folder: only processes of the run work in it. */
  folder: string;
  /** Their ends of the outputs that the runner reads. */
  outputs: ReadonlySet<string>;
}

/** @param folder the run's. */
export function tracesOf(child: ChildProcess, mark: string, folder: string): RunTraces {
  const outputs = [1, 2]
    .map((fd) => link(child.pid, `fd/${fd}`))
    .filter((one) => /^(pipe|socket):/.test(one));
  return { mark, folder: real(folder), outputs: new Set(outputs) };
}

/** @param graceMs how long they get between SIGTERM and SIGKILL; 0: none. */
export async function killTree(child: ChildProcess, traces: RunTraces, graceMs: number): Promise<void> {
  const strays = new Set<number>();
  if (graceMs > 0) {
    signalAll(child, traces, strays, 'SIGTERM');
    const end = Date.now() + graceMs;
    while (Date.now() < end && isRunning(child)) await pause(50);
  }
  signalAll(child, traces, strays, 'SIGKILL');
}

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}

/** @param strays those that were found so far: once their parents are gone, nothing may tell whose they are. */
function signalAll(
  child: ChildProcess,
  traces: RunTraces,
  strays: Set<number>,
  signal: NodeJS.Signals,
): void {
  const { pid } = child;
  if (process.platform === 'win32') {
    killOnWindows(child);
    return;
  }
  for (const stray of straysOf(isRunning(child) ? pid : undefined, traces)) strays.add(stray);
  if (pid !== undefined) send(-pid, signal);
  if (isRunning(child)) child.kill(signal);
  for (const stray of strays) send(stray, signal);
}

/** There are neither signals nor groups there: a command of the system's ends a process with all that it started. */
function killOnWindows(child: ChildProcess): void {
  if (!isRunning(child) || child.pid === undefined) return;
  spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' });
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone already.
  }
}

/** Processes that bear a trace of the run, and whatever those have started. */
function straysOf(root: number | undefined, traces: RunTraces): number[] {
  if (process.platform !== 'linux') return [];
  const pids = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map(Number);
  const found = new Set(pids.filter((pid) => pid === root || bearsTrace(pid, traces)));
  const parents = new Map(pids.map((pid) => [pid, Number(/^PPid:\s+(\d+)/m.exec(read(pid, 'status'))?.[1])]));
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const [pid, parent] of parents) if (found.has(parent)) found.add(pid);
  }
  return [...found].filter((pid) => pid !== root);
}

function bearsTrace(pid: number, { mark, folder, outputs }: RunTraces): boolean {
  if (read(pid, 'environ').split('\0').includes(`${RUN_MARK}=${mark}`)) return true;
  if ([1, 2].some((fd) => outputs.has(link(pid, `fd/${fd}`)))) return true;
  // A shell in which a person looks at the run's folder has a terminal.
  return isInside(link(pid, 'cwd'), folder) && !hasTerminal(pid);
}

function isInside(path: string, folder: string): boolean {
  const there = path.replace(/ \(deleted\)$/, '');
  return there === folder || there.startsWith(`${folder}/`);
}

/** The seventh field of `stat`; the second is a name in brackets that may hold anything. */
function hasTerminal(pid: number): boolean {
  return read(pid, 'stat').replace(/^.*\)/s, '').trim().split(' ')[4] !== '0';
}

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1');
  } catch {
    return '';
  }
}

function link(pid: number | undefined, file: string): string {
  try {
    return pid === undefined ? '' : readlinkSync(`/proc/${pid}/${file}`);
  } catch {
    return '';
  }
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
