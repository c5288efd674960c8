/**
 * Running an agent: what it gets and doesn't get, how it is ended, how tampering is found. Its sandbox is in this process
 * where nothing depends on that; in one of its own it is in the tests of tampering and of the command line.
 */

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { scripted } from '../../../src/experiments/agent/connected.ts';
import { ExperimentError } from '../../../src/experiments/base/error.ts';
import { fixTicket } from '../../../src/experiments/built-in-scenarios/fix-ticket.ts';
import { readOnly } from '../../../src/experiments/built-in-scenarios/read-only.ts';
import { type Agent, runOnce } from '../../../src/experiments/run/run-scenario.ts';
import { PROGRAM } from '../../support/program.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { startInside } from '../sandbox-inside.ts';
import { node } from './node-agent.ts';

const TIME = { timeout: 120_000 };
const runHere = (agent: Agent, timeoutMs = 60_000) => runOnce(readOnly, agent, { timeoutMs }, startInside);
const run = (script: string, ...args: string[]) => runHere(node(script, ...args));

describe('the agent gets', () => {
  test(
    'its prompt, configuration and folder, as placeholders and as variables, and no Toado of its owner',
    TIME,
    async () => {
      process.env.TOADO_API_TOKEN = 'tok_owners_own';
      const print = `console.log(JSON.stringify({ args: process.argv.slice(1), env: process.env, cwd: process.cwd() }))`;
      const { agent, prompt } = await run(
        print,
        '{prompt}',
        '{prompt_file}',
        '{mcp_config}',
        '{workdir}',
        'at {workdir}!',
      ).finally(() => {
        delete process.env.TOADO_API_TOKEN;
      });
      const { args, env, cwd } = JSON.parse(agent.stdout) as {
        args: string[];
        env: Record<string, string>;
        cwd: string;
      };
      expect(args[0]).toBe(prompt);
      expect(args.slice(0, 4)).toEqual([
        env.TOADO_EXPERIMENT_PROMPT,
        env.TOADO_EXPERIMENT_PROMPT_FILE,
        env.TOADO_EXPERIMENT_MCP_CONFIG,
        env.TOADO_EXPERIMENT_WORKDIR,
      ]);
      expect(args[4]).toBe(`at ${cwd}!`);
      expect(prompt).toContain(readOnly.task);
      expect(JSON.stringify(env)).not.toContain('tok_owners_own');
      expect(existsSync(cwd)).toBe(false);
    },
  );

  test('all of the token’s tools, also where a host hands its whole environment on', TIME, async () => {
    const { agent, grade } = await run(
      `const { spawn } = require('child_process');
       const { command, args, env } = JSON.parse(require('fs').readFileSync(process.argv[1], 'utf8')).mcpServers.toado;
       const server = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'inherit'] });
       const say = (message) => server.stdin.write(JSON.stringify({ jsonrpc: '2.0', ...message }) + '\\n');
       require('readline').createInterface({ input: server.stdout }).on('line', (line) => {
         const { id, result } = JSON.parse(line);
         if (id === 1) say({ id: 2, method: 'tools/list' });
         else if (id === 2) { console.log(result.tools.map(({ name }) => name).join()); server.stdin.end(); }
       });
       say({ id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'x', version: '1' } } });`,
      '{mcp_config}',
    );
    expect(agent.stdout.split(',')).toContain('get_ticket');
    expect(grade.session.tools).toContain('get_ticket');
  });

  test('no path to the sandbox’s file, its pages or the scenario', TIME, async () => {
    const { agent } = await run(
      `console.log(require('fs').readFileSync(process.argv[1], 'utf8'))`,
      '{mcp_config}',
    );
    const { mcpServers } = JSON.parse(agent.stdout) as {
      mcpServers: { toado: { args: string[]; env: object } };
    };
    expect(mcpServers.toado.args).toEqual([PROGRAM, 'experiments', 'mcp']);
    expect(Object.keys(mcpServers.toado.env)).toEqual([
      'TOADO_API_URL',
      'TOADO_API_TOKEN',
      'TOADO_EXPERIMENT_RECORDER',
    ]);
    // The checkout itself may lie anywhere.
    expect(agent.stdout.replaceAll(PROGRAM, '')).not.toMatch(/\.db|sandbox|scenario/);
  });
});

test(
  'a run that hangs is ended with its children, also those that left its group, its environment or its folder',
  TIME,
  async () => {
    const file = join(temporaryFolder(), 'pids');
    const hang = `
    const { spawn } = require('child_process');
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000); process.on("SIGTERM", () => {})'], { detached: true, stdio: 'ignore' });
    const bare = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore', env: {}, cwd: '/' });
    require('fs').writeFileSync(process.argv[1], [process.pid, child.pid, bare.pid].join(' '));
    process.on('SIGTERM', () => {});
    setInterval(() => {}, 1000);`;
    const { agent, grade } = await runHere(node(hang, file), 2_000);
    expect(agent.timedOut).toBe(true);
    expect(grade).toMatchObject({ passed: false });
    expect(grade.checks.find(({ kind }) => kind === 'timeout')).toMatchObject({ held: false });
    for (const pid of readFileSync(file, 'utf8').split(' ').map(Number))
      expect(isAlive(pid), `${pid}`).toBe(false);
  },
);

test.each([
  ['works in the run’s folder', `{ detached: true, stdio: 'ignore', env: {} }`],
  ['writes to its outputs', `{ detached: true, stdio: 'inherit', env: {}, cwd: '/' }`],
])('what is left behind without its environment, and %s, is ended', TIME, async (_, options) => {
  const file = join(temporaryFolder(), 'pid');
  const leave = `
    const child = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], ${options});
    require('fs').writeFileSync(process.argv[1], String(child.pid));
    console.log('RESULT: done');
    process.exit();`;
  const { agent } = await run(leave, file);
  // An output that it holds open doesn't keep the run.
  expect(agent.timedOut).toBe(false);
  const pid = Number(readFileSync(file, 'utf8'));
  await expect.poll(() => isAlive(pid)).toBe(false);
});

function isAlive(pid: number): boolean {
  try {
    // A zombie waits for its parent and does nothing any more.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

describe('a program that is named from where the person is', () => {
  const AGENT = `#!${process.execPath}\nconsole.log('RESULT: could not: ' + process.cwd().endsWith('/work'));`;

  test.each([
    ['by its path', (file: string) => [file]],
    ['as an argument', (file: string) => [process.execPath, file]],
  ])('%s', TIME, async (_, command) => {
    const file = relative(process.cwd(), join(temporaryFolder(), 'agent.cjs'));
    writeFileSync(file, AGENT, { mode: 0o755 });
    const { agent } = await runHere({ command: command(file) });
    expect(agent.answer).toBe('RESULT: could not: true');
  });
});

test('a task too long for a command line goes by its file', TIME, async () => {
  const long = { ...readOnly, task: `${readOnly.task}\n${'And so on. '.repeat(20_000)}` };
  const print = `console.log('RESULT: could not: ' + require('fs').readFileSync(process.argv[1], 'utf8').length)`;
  const runLong = (placeholder: string) =>
    runOnce(long, node(print, placeholder), { timeoutMs: 60_000 }, startInside);
  const { agent, prompt } = await runLong('{prompt_file}');
  expect(agent.answer).toBe(`RESULT: could not: ${prompt.length}`);
  await expect(runLong('{prompt}')).rejects.toThrow('give the agent {prompt_file} in place of {prompt}');
});

describe('what can’t be run says so', () => {
  test('a program that isn’t there', TIME, async () => {
    await expect(runHere({ command: ['no-such-agent'] })).rejects.toThrow(
      new ExperimentError('there is no program "no-such-agent" on the PATH.'),
    );
  });
  test('an agent that ends with an error before it connects', TIME, async () => {
    await expect(run(`console.error('Not signed in.'); process.exit(3)`)).rejects.toThrow(
      /exit code 3 .*Not signed in\./,
    );
  });
});

describe('tampering', () => {
  /** The file of this run's sandbox, as a shell of the same user can find it: by the token that it knows. */
  const FIND = `
    const fs = require('fs'), path = require('path'), os = require('os');
    const Database = require(process.argv[1]);
    const { TOADO_API_TOKEN } = JSON.parse(fs.readFileSync(process.argv[2], 'utf8')).mcpServers.toado.env;
    const hash = require('crypto').createHash('sha256').update(TOADO_API_TOKEN).digest();
    const file = fs.readdirSync(os.tmpdir()).filter((name) => name.startsWith('toado-experiment-'))
      .map((name) => path.join(os.tmpdir(), name, 'sandbox.db'))
      .find((one) => ['', '-wal'].some((end) => { try { return fs.readFileSync(one + end).includes(hash); } catch { return false; } }));
    const db = new Database(file);`;

  test('with the file is found', TIME, async () => {
    const libsql = fileURLToPath(new URL('../../../node_modules/libsql', import.meta.url));
    const { grade } = await runOnce(
      fixTicket,
      node(
        `${FIND}
        db.exec("UPDATE tickets SET column_id = 'col_store_review', branch_name = 't-7Kq2Mx-amounts-in-cents' WHERE id = 't-7Kq2Mx'");
        db.close(); console.log('RESULT: done');`,
        libsql,
        '{mcp_config}',
      ),
      { timeoutMs: 60_000 },
    );
    expect(grade).toMatchObject({ passed: false, why: 'tampered with the sandbox' });
    expect(grade.checks.find(({ kind }) => kind === 'tampered')?.saw).toContain('The table tickets');
  });

  test('is not what an honest agent does', TIME, async () => {
    const honest = scripted(fixTicket.solution!);
    const { grade } = await runOnce(fixTicket, honest, { timeoutMs: 60_000 }, startInside);
    expect(grade.checks.find(({ kind }) => kind === 'tampered')).toMatchObject({ held: true });
  });
});

test('Ctrl-C ends everything and leaves a report of what was done', TIME, async () => {
  const folder = temporaryFolder();
  const [out, agent] = [join(folder, 'out'), join(folder, 'agent.cjs')];
  mkdirSync(out);
  // The first run ends at once, the second one hangs.
  writeFileSync(
    agent,
    `const fs = require('fs'); const first = !fs.existsSync('${folder}/once'); fs.appendFileSync('${folder}/once', process.pid + '\\n');
     if (first) console.log('RESULT: done'); else setInterval(() => {}, 1000);`,
  );
  const child = spawn(
    process.execPath,
    [PROGRAM, 'experiments', 'run', 'read-only', '--times', '3', '--out', out, '--', process.execPath, agent],
    { stdio: 'ignore' },
  );
  const ended = new Promise((resolve) => child.once('close', resolve));
  const pids = () =>
    existsSync(join(folder, 'once'))
      ? readFileSync(join(folder, 'once'), 'utf8').trim().split('\n').map(Number)
      : [];
  await expect.poll(() => pids().length, { timeout: 60_000 }).toBe(2);
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  for (const pid of pids()) expect(isAlive(pid)).toBe(false);
  const results = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8')) as {
    runs: object[];
    missing: string[];
  };
  expect(results.runs).toHaveLength(1);
  expect(results.missing).toEqual(['read-only-2', 'read-only-3']);
  expect(existsSync(join(out, 'report.html'))).toBe(true);
});
