/** Starts a run's sandbox in its own process, from the runner's side. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { ExperimentError, SandboxKilledError } from '../base/error.ts';
import { programFile } from '../base/program-file.ts';
import type { SandboxRecord } from '../record/types.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { AgentAccess, SandboxOrder } from './process.ts';

export interface ScenarioSandbox {
  access: AgentAccess;
  /** What happened so far; to be asked for before `close`. */
  finish(): Promise<SandboxRecord>;
  close(): Promise<void>;
}

interface Message {
  ready?: AgentAccess;
  finished?: SandboxRecord;
  failed?: string;
}

const START_MS = 60_000;
const FINISH_MS = 30_000;
const END_MS = 5_000;

/** @throws ExperimentError where it can't be started. */
export async function startScenarioSandbox(scenario: Scenario): Promise<ScenarioSandbox> {
  const folder = mkdtempSync(join(tmpdir(), 'toado-experiment-'));
  const child = spawn(process.execPath, [programFile(), 'experiments', 'sandbox-process'], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // A group of its own: Ctrl-C ends the agent, and the sandbox is still asked for its record.
    detached: process.platform !== 'win32',
    env: withoutToado(process.env),
  });
  const talk = new Talk(child);
  const close = async () => {
    child.stdin!.end();
    await Promise.race([talk.ended, pause(END_MS, undefined, { ref: false })]);
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const order: SandboxOrder = { scenario, db: join(folder, 'sandbox.db') };
    const { ready } = await talk.ask(order, START_MS);
    return {
      access: ready!,
      finish: async () => {
        // Whoever stopped it (SIGSTOP) would else keep what happened to themselves.
        if (process.platform !== 'win32') child.kill('SIGCONT');
        try {
          return (await talk.ask({ finish: true }, FINISH_MS)).finished!;
        } catch (error) {
          if (child.signalCode)
            throw new SandboxKilledError(
              `the sandbox's process was ended by ${child.signalCode} while the agent ran.`,
            );
          throw new ExperimentError(
            `the sandbox of ${scenario.name} can't be asked what happened: ${error instanceof Error ? error.message : error}`,
          );
        }
      },
      close,
    };
  } catch (error) {
    await close();
    throw new ExperimentError(
      `the sandbox of ${scenario.name} did not start: ${error instanceof Error ? error.message : error}`,
    );
  }
}

class Talk {
  readonly ended: Promise<void>;
  readonly #child: ChildProcess;
  readonly #lines: Interface;
  #stderr = '';

  constructor(child: ChildProcess) {
    this.#child = child;
    this.#lines = createInterface({ input: child.stdout! });
    child.stderr!.on('data', (chunk) => {
      this.#stderr = (this.#stderr + chunk).slice(-2_000);
    });
    child.stdin!.on('error', () => {});
    this.ended = new Promise((resolve) => {
      child.once('error', (error) => {
        this.#stderr += error.message;
        resolve();
      });
      child.once('close', () => resolve());
    });
  }

  async ask(order: object, ms: number): Promise<Message> {
    const answer = new Promise<Message>((resolve, reject) => {
      this.#lines.once('line', (line) => resolve(JSON.parse(line) as Message));
      void this.ended.then(() => reject(new Error(`its process ended. ${this.#stderr.trim()}`)));
    });
    this.#child.stdin!.write(`${JSON.stringify(order)}\n`);
    const message = await Promise.race([
      answer,
      pause(ms, undefined, { ref: false }).then(() =>
        Promise.reject(new Error(`no answer within ${ms / 1000} s`)),
      ),
    ]);
    if (message.failed !== undefined) throw new Error(message.failed);
    return message;
  }
}

/** Nothing of the person's own Toado reaches what an experiment starts. */
export function withoutToado(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('TOADO_')));
}
