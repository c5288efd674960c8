/**
 * In a Harbor task's container: the sandbox as a service of another user than the agent's, and the grader that asks it
 * for its record. Both know one folder, which the agent can't read.
 */
import { chmodSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { makeFolder } from '../../base/make-folder.ts';
import { endOfRegularFile } from '../../settings/read-regular-file.ts';
import { ExperimentError } from '../base/error.ts';
import { type Grade, grade } from '../grade/grade.ts';
import type { SandboxRecord } from '../record/types.ts';
import { openSandbox } from '../sandbox/process.ts';
import { checked } from '../scenario/read-files.ts';
import type { Scenario } from '../scenario/schema.ts';

const SOCKET = 'control.sock';
/** How often it looks whether anybody needs it still. */
const LOOK_MS = 1_000;

/**
 * Serves until a signal ends it, its folder is gone, or its owner is.
 * @param agentFile what the agent may read: address, token, recorder.
 * @param owner a process whose end is this one's, too; a container's end needs none.
 */
export async function serveTask(folder: string, agentFile: string, owner?: number): Promise<void> {
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
    setInterval(() => {
      if (!existsSync(folder) || (owner !== undefined && !isRunning(owner))) resolve();
    }, LOOK_MS).unref();
  });
  const sandbox = await openSandbox({ scenario: scenarioIn(folder), db: join(folder, 'sandbox.db') });
  const socket = join(folder, SOCKET);
  rmSync(socket, { force: true });
  const server = createServer((connection) => {
    connection.on('error', () => {});
    connection.end(JSON.stringify(sandbox.finish()));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socket, resolve);
  });
  chmodSync(socket, 0o600);
  // Whole or not there: others wait for it.
  writeFileSync(`${agentFile}.new`, JSON.stringify(sandbox.access), { mode: 0o640 });
  renameSync(`${agentFile}.new`, agentFile);
  await stopped;
  server.close();
  await sandbox.close();
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Another user's, which may not be asked, is running.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Grades what happened, and writes Harbor's rewards. */
export async function gradeTask(folder: string, answerFile: string, rewards: string): Promise<Grade> {
  const record = await recordFrom(join(folder, SOCKET));
  const graded = grade(scenarioIn(folder), record, { answer: answerIn(answerFile), timedOut: false });
  writeRewards(rewards, graded.passed ? 1 : 0, {
    score: graded.score,
    calls: graded.session.calls.length,
    tokens: graded.session.tokens,
  });
  return graded;
}

/** As much of an answer as is read, from its end: its last line says how it went. */
const ANSWER_MAX_BYTES = 2_000_000;

/** The agent's answer; '' where its file is none, or can't be read. It is the agent's: a pipe would keep the grader waiting for good. */
export function answerIn(file: string): string {
  try {
    return endOfRegularFile(file, ANSWER_MAX_BYTES).toString();
  } catch {
    return '';
  }
}

/** Where the sandbox is gone nothing can be shown to be done. */
export function writeRewards(folder: string, reward: 0 | 1, more: Record<string, number> = {}): void {
  makeFolder(folder);
  writeFileSync(join(folder, 'reward.txt'), `${reward}\n`);
  writeFileSync(join(folder, 'reward.json'), `${JSON.stringify({ reward, ...more })}\n`);
}

function scenarioIn(folder: string): Scenario {
  const file = join(folder, 'scenario.json');
  return checked(JSON.parse(readFileSync(file, 'utf8')), file);
}

function recordFrom(socket: string): Promise<SandboxRecord> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const connection = connect(socket);
    const refuse = (error: unknown) =>
      reject(new ExperimentError(`the task's sandbox doesn't answer: ${(error as Error).message}`));
    connection.on('data', (chunk: Buffer) => chunks.push(chunk));
    connection.once('error', refuse);
    connection.once('end', () => {
      try {
        resolve(JSON.parse(Buffer.concat(chunks).toString()) as SandboxRecord);
      } catch (error) {
        // It ended while it was asked.
        refuse(error);
      }
    });
  });
}
