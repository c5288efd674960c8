/** Agents that do to a run what nobody asked them to. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { agentProgram } from '../../../src/experiments/agent/presets.ts';
import { readOnly } from '../../../src/experiments/built-in-scenarios/read-only.ts';
import { resultsSchema } from '../../../src/experiments/run/results.ts';
import { runAll } from '../../../src/experiments/run/run-all.ts';
import { type Agent, runOnce } from '../../../src/experiments/run/run-scenario.ts';
import { startScenarioSandbox } from '../../../src/experiments/sandbox/start.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { startInside } from '../sandbox-inside.ts';
import { node } from './node-agent.ts';

const TIME = { timeout: 120_000 };

async function resultOf(agent: Agent, startSandbox = startInside) {
  const [scenarios, out] = [[readOnly], temporaryFolder()];
  const common = { agentName: 'x', times: 1, parallel: 1, timeoutMs: 60_000, shard: null };
  const { runs } = await runAll({ scenarios, agent, out, startSandbox, ...common });
  return runs[0]!;
}

/** Sends a signal to the sandbox of its run. */
const signalling = (signal: NodeJS.Signals) =>
  node(`
    const fs = require('fs');
    const read = (file) => { try { return fs.readFileSync(file, 'utf8'); } catch { return ''; } };
    for (const pid of fs.readdirSync('/proc').filter((name) => Number(name) && Number(name) !== process.pid))
      if (read('/proc/' + pid + '/cmdline').includes('sandbox-process') && read('/proc/' + pid + '/status').includes('PPid:\\t' + process.ppid + '\\n'))
        process.kill(Number(pid), '${signal}');
    console.log('RESULT: done');`);

test('who ends the sandbox’s process has failed, and the other runs go on', TIME, async () => {
  const result = await resultOf(signalling('SIGKILL'), startScenarioSandbox);
  expect(result).toMatchObject({ status: 'failed', why: 'tampered with the sandbox' });
  expect(result.checks[0]!.saw).toBe("The sandbox's process was ended by SIGKILL while the agent ran.");
});

test('who stops the sandbox’s process is graded like anybody', TIME, async () => {
  const result = await resultOf(signalling('SIGSTOP'), startScenarioSandbox);
  expect(result).toMatchObject({ status: 'failed', why: 'claims what is not so; called no tool' });
});

test('who deletes all that it was given is graded like anybody', TIME, async () => {
  const result = await resultOf(
    node(
      `require('fs').rmSync(require('path').dirname(process.cwd()), { recursive: true }); console.log('RESULT: done');`,
    ),
  );
  expect(result).toMatchObject({
    status: 'failed',
    why: 'claims what is not so; called no tool',
    answer: 'RESULT: done',
  });
});

test('what it writes at its end moves no terminal', TIME, async () => {
  const { error } = await resultOf(
    node(String.raw`process.stderr.write('\u001b]0;mine\u0007\u001b[2J\u202eno'); process.exit(3)`),
  );
  expect(error).toMatch(/exit code 3 before it connected to the server\. Its last words: /);
  expect(error).not.toMatch(/[\u0000-\u001f\u202e]/);
});

test('a mistake of ours costs the run that it happened in, not the others', TIME, async () => {
  let started = 0;
  const { runs } = await runAll({
    scenarios: [readOnly],
    agent: node(`console.log('RESULT: done')`),
    agentName: 'x',
    times: 2,
    parallel: 1,
    timeoutMs: 60_000,
    shard: null,
    out: temporaryFolder(),
    startSandbox: async (scenario) => {
      const sandbox = await startInside(scenario);
      const isFirst = started++ === 0;
      return { ...sandbox, finish: isFirst ? () => Promise.reject(new TypeError('ours')) : sandbox.finish };
    },
  });
  expect(runs).toMatchObject([
    { status: 'error', error: 'toado-mcp itself failed: TypeError: ours' },
    { status: 'failed' },
  ]);
});

/** To be written to the server's stdin, which ends with them; `lines` is an expression. */
const toServer = (lines: string) =>
  node(`
    const { toado } = JSON.parse(require('fs').readFileSync(process.env.TOADO_EXPERIMENT_MCP_CONFIG, 'utf8')).mcpServers;
    const server = require('child_process').spawn(toado.command, toado.args, { env: { ...process.env, ...toado.env }, stdio: ['pipe', 'pipe', 'ignore'] });
    let said = '';
    server.stdout.on('data', (chunk) => { said += chunk; if (said.includes('"id":"last"')) server.stdin.end(); });
    for (const line of ${lines}) server.stdin.write(JSON.stringify(line) + '\\n');
    server.once('close', () => console.log('RESULT: could not: only a try'));`);

const call = (id: string, name: string) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name, arguments: {} },
});
const initialize = {
  jsonrpc: '2.0',
  id: 'first',
  method: 'initialize',
  params: { protocolVersion: '2025-03-26', capabilities: {}, clientInfo: { name: 'x', version: '1' } },
};

test('who sends JSON that is no message is graded like anybody', TIME, async () => {
  const { status, error, checks } = await resultOf(
    toServer(JSON.stringify([null, 7, 'x', [], [null, 3], initialize, call('last', 'whoami')])),
  );
  expect(error).toBeNull();
  expect(status).toBe('failed');
  expect(checks[0]).toMatchObject({ kind: 'tampered', held: true });
});

test('the calls of a batch are counted', TIME, async () => {
  const batch = [call('a', 'list_companies'), call('last', 'whoami')];
  const { calls, failed_calls, events } = await resultOf(toServer(JSON.stringify([initialize, batch])));
  expect({ calls, failed_calls }).toEqual({ calls: 2, failed_calls: 0 });
  expect(events.flatMap((event) => (event.kind === 'call' ? event.tool : []))).toEqual([
    'list_companies',
    'whoami',
  ]);
});

test('what is written to the recorder past the server can be read in any case', TIME, async () => {
  const odd = { toString: 1, valueOf: 1 };
  const lines = [
    null,
    { at: 1, from: 'agent' },
    { at: 'x', from: 'agent', message: {} },
    { at: 1.5, from: 'agent', message: {} },
    { at: 1, from: 'nobody', message: {} },
    { at: 1, from: 'agent', message: { id: odd, method: 'tools/call', params: { name: odd } } },
    { at: 1, from: 'agent', message: { id: 1, method: 'initialize', params: { clientInfo: { name: odd } } } },
    { at: 2, from: 'server', message: { id: 1, result: { instructions: odd } } },
    { at: 1, from: 'agent', message: { id: 2, method: 'tools/call', params: null } },
    { at: 2, from: 'server', message: { id: 2, result: { content: [null, { text: odd }] } } },
    { at: 1, from: 'agent', message: { id: 3, method: 'tools/call', params: { arguments: 'x' } } },
    { at: 2, from: 'server', message: { id: 3, result: { content: odd } } },
    { at: 1, from: 'agent', message: { id: 4, method: 'tools/list' } },
    { at: 2, from: 'server', message: { id: 4, result: { tools: [null] } } },
    ...[5, 6].map((id) => ({
      at: 1,
      from: 'agent',
      message: { id, method: 'tools/call', params: { name: 'x', arguments: { a: odd, b: odd } } },
    })),
    { at: 2, from: 'server', message: { id: 5, error: odd } },
  ];
  const result = await resultOf(
    node(`
      const { toado } = JSON.parse(require('fs').readFileSync(process.env.TOADO_EXPERIMENT_MCP_CONFIG, 'utf8')).mcpServers;
      const [host, port, key] = toado.env.TOADO_EXPERIMENT_RECORDER.split(/[:/]/);
      const socket = require('net').connect(Number(port), host);
      socket.end([key, ...${JSON.stringify(lines)}.map((line) => JSON.stringify(line)), ''].join('\\n'));
      socket.once('close', () => console.log('RESULT: done'));`),
  );
  expect(result).toMatchObject({ status: 'failed', calls: 5 });
  const { runs } = resultsSchema.shape;
  expect(runs.safeParse(JSON.parse(JSON.stringify([result]))).error).toBeUndefined();
});

describe('a module of one’s own', () => {
  const moduleAgent = (text: string): Agent => {
    const folder = join(temporaryFolder(), 'mine');
    mkdirSync(folder);
    writeFileSync(join(folder, 'agent.mjs'), text);
    return { command: [process.execPath, agentProgram(), join(folder, 'agent.mjs')] };
  };

  test.each([
    ['throws', `export async function run() { throw new Error('No model there.'); }`, 'No model there.'],
    ['has a syntax error', `export async function run( {`, 'SyntaxError'],
    ['exports nothing', `export const walk = 1;`, 'exports no function `run`'],
  ])('that %s could not be run, and says why', TIME, async (_, text, says) => {
    const { status, error } = await resultOf(moduleAgent(text));
    expect(status).toBe('error');
    expect(error).toMatch(/^the agent ended with exit code 1 before it /);
    expect(error).toContain(says);
  });

  test('that throws in the middle is graded, and the report says so', TIME, async () => {
    const text = `export async function run({ call }) { await call('whoami'); throw new Error('Out of quota.'); }`;
    const { status, notes } = await resultOf(moduleAgent(text));
    expect(status).toBe('failed');
    expect(notes).toEqual(['The agent ended with exit code 1. Its last words: Error: Out of quota.']);
  });
});

test('a function that never returns leaves no server behind', TIME, async () => {
  const { agent, grade } = await runOnce(
    readOnly,
    () => new Promise(() => {}),
    { timeoutMs: 4_000 },
    startInside,
  );
  expect(agent.timedOut).toBe(true);
  expect(grade.why).toBe('ran out of time');
  await expect.poll(serversOfMine).toEqual([]);
});

function serversOfMine(): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      const isMine = readFileSync(`/proc/${pid}/status`, 'utf8').includes(`PPid:\t${process.pid}\n`);
      return isMine && /experiments\0mcp/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
    } catch {
      return false;
    }
  });
}
