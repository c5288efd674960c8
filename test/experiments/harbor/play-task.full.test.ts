/** A Harbor task's order of events, played with plain processes: environment, solution, tests, rewards. */

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { scenarios } from '../../../src/experiments/built-in-scenarios/index.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { useTasks } from './exported-tasks.ts';

const execute = promisify(execFile);

const tasks = useTasks();

interface Task {
  start(): Promise<void>;
  solve(): Promise<void>;
  grade(): Promise<{ reward: number; json: Record<string, number>; said: string }>;
  folder: string;
}

/** @param owner the process with which its sandbox ends, however it ends. */
function taskOf(name: string, owner = process.pid): Task {
  const task = join(tasks(), name);
  const root = temporaryFolder();
  const folder = join(root, 'toado');
  mkdirSync(folder);
  const env = {
    PATH: process.env.PATH ?? '',
    TOADO_USER: '',
    TOADO_PROGRAM: fileURLToPath(new URL('../../..', import.meta.url)),
    TOADO_FOLDER: folder,
    TOADO_AGENT_FILE: join(root, 'agent.json'),
    TOADO_ANSWER: join(root, 'answer.md'),
    TOADO_REWARDS: join(root, 'verifier'),
    TOADO_OWNER: String(owner),
  };
  const sh = (script: string) => execute('sh', [join(task, script)], { env, timeout: 60_000 });
  // Its sandbox ends with its folder, which the test takes with it.
  return {
    folder,
    start: async () => {
      await execute('cp', [join(task, 'environment/scenario.json'), folder]);
      await sh('environment/start.sh');
    },
    solve: async () => void (await sh('solution/solve.sh')),
    grade: async () => {
      const { stdout } = await sh('tests/test.sh');
      const read = (file: string) => readFileSync(join(env.TOADO_REWARDS, file), 'utf8');
      return { reward: Number(read('reward.txt')), json: JSON.parse(read('reward.json')), said: stdout };
    },
  };
}

describe.each(['fix-ticket', 'read-only'])('%s', (name) => {
  test('with the solution the reward is 1', { timeout: 120_000 }, async () => {
    const task = taskOf(name);
    await task.start();
    // A second start, as a health check makes it, changes nothing.
    await task.start();
    await task.solve();
    const { reward, json, said } = await task.grade();
    expect(said).toMatch(/passed\n$/);
    expect(reward).toBe(1);
    expect(json).toMatchObject({ reward: 1, score: 1 });
    expect(json.calls).toBeGreaterThan(0);
  });

  test('without it the reward is 0', { timeout: 120_000 }, async () => {
    const task = taskOf(name);
    await task.start();
    expect(await task.grade()).toMatchObject({ reward: 0, json: { reward: 0 } });
  });
});

test('without the files that the image keeps from the agent, its server starts, and no answer is left', {
  timeout: 60_000,
}, async () => {
  const dist = join(temporaryFolder(), 'dist');
  const environment = join(tasks(), 'fix-ticket', 'environment');
  cpSync(join(environment, 'toado-mcp', 'dist'), dist, { recursive: true });
  const [, kept] = /grep -lE '([^']+)'/.exec(readFileSync(join(environment, 'Dockerfile'), 'utf8'))!;
  const programs = () =>
    readdirSync(dist)
      .filter((name) => name.endsWith('.js'))
      .map((name) => ({ file: join(dist, name), text: readFileSync(join(dist, name), 'utf8') }));
  for (const { file, text } of programs()) if (new RegExp(kept!).test(text)) rmSync(file);
  const left = programs()
    .map(({ text }) => text)
    .join();
  for (const { name, solution, wrong } of scenarios) {
    const answers = [solution!.answer, ...wrong!.map((one) => one.name)].filter((one) => one.length > 24);
    for (const answer of answers)
      expect(left.includes(answer.split('\n')[0]!), `${name}: ${answer}`).toBe(false);
  }

  const settings = join(dist, 'settings.json');
  writeFileSync(
    settings,
    JSON.stringify({ apiUrl: 'http://127.0.0.1:9/api/v1', token: 'tok_x', recorder: '127.0.0.1:9/key' }),
  );
  const server = spawn(process.execPath, [
    join(dist, 'main.js'),
    'experiments',
    'mcp',
    '--settings',
    settings,
  ]);
  onTestFinished(() => void server.kill());
  const params = {
    protocolVersion: '2025-06-18',
    capabilities: {},
    clientInfo: { name: 'x', version: '1' },
  };
  server.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params })}\n`);
  const [answer] = await once(server.stdout, 'data');
  expect(JSON.parse(String(answer).split('\n')[0]!)).toMatchObject({ id: 1, result: { serverInfo: {} } });
});

test('where the sandbox is gone the reward is 0', { timeout: 60_000 }, async () => {
  const task = taskOf('fix-ticket');
  await execute('cp', [join(tasks(), 'fix-ticket/environment/scenario.json'), task.folder]);
  expect(await task.grade()).toMatchObject({ reward: 0 });
});

test('the sandbox ends with its owner, even one that was killed, and with its folder', {
  timeout: 60_000,
}, async () => {
  const owner = spawn('sleep', ['600']);
  onTestFinished(() => void owner.kill());
  const [owned, loose] = [taskOf('read-only', owner.pid), taskOf('read-only')];
  await Promise.all([owned.start(), loose.start()]);
  const services = [serviceOf(owned), serviceOf(loose)];
  expect(services).toEqual([expect.any(Number), expect.any(Number)]);
  owner.kill('SIGKILL');
  await expect.poll(() => serviceOf(owned)).toBeUndefined();
  expect(serviceOf(loose)).toBe(services[1]);
  rmSync(loose.folder, { recursive: true });
  await expect.poll(() => serviceOf(loose)).toBeUndefined();
});

/** The process that serves a task. */
function serviceOf({ folder }: Task): number | undefined {
  const wanted = ['task-sandbox', '--folder', folder].join('\0');
  const found = readdirSync('/proc').find((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(wanted);
    } catch {
      return false;
    }
  });
  return found === undefined ? undefined : Number(found);
}
