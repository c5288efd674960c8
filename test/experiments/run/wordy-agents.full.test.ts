/** Agents that say more than anybody wants to keep. */
import { expect, test } from 'vitest';
import { readOnly } from '../../../src/experiments/built-in-scenarios/read-only.ts';
import { runOnce } from '../../../src/experiments/run/run-scenario.ts';
import { startScenarioSandbox } from '../../../src/experiments/sandbox/start.ts';
import { startInside } from '../sandbox-inside.ts';
import { node } from './node-agent.ts';

const TIME = { timeout: 120_000 };

test('of who prints without end the last is kept', TIME, async () => {
  const { agent } = await runOnce(
    readOnly,
    node(`
      const line = 'x'.repeat(99_999) + '\\n'; let left = 1_000;
      const more = () => { while (left-- > 0) if (!process.stdout.write(line)) return process.stdout.once('drain', more); process.stdout.write('RESULT: could not: the token may only read'); };
      more();`),
    { timeoutMs: 60_000 },
    startInside,
  );
  expect(agent.stdout.length).toBe(2_000_000);
  expect(agent.answer).toMatch(/x\nRESULT: could not: the token may only read$/);
});

test.each([
  ['a line', `'x'.repeat(1_000_000)`],
  ['lines', `JSON.stringify({ at: 1, from: 'agent', message: { text: 'x'.repeat(1_000_000) } }) + '\\n'`],
])('600 MB past the server to the recorder, as %s, void no run', TIME, async (_, piece) => {
  const { agent, record } = await runOnce(
    readOnly,
    node(`
      const { toado } = JSON.parse(require('fs').readFileSync(process.env.TOADO_EXPERIMENT_MCP_CONFIG, 'utf8')).mcpServers;
      const [host, port, key] = toado.env.TOADO_EXPERIMENT_RECORDER.split(/[:/]/);
      const socket = require('net').connect(Number(port), host).on('error', () => {});
      socket.write(key + '\\n');
      const piece = ${piece};
      let left = 600;
      const more = () => { while (left-- > 0) if (!socket.write(piece)) return socket.once('drain', more); socket.end(); };
      more();
      socket.once('close', () => console.log('RESULT: done'));`),
    { timeoutMs: 60_000 },
    startScenarioSandbox,
  );
  expect(agent).toMatchObject({ answer: 'RESULT: done', timedOut: false });
  expect(record.messages.at(-1)!.message).toEqual({
    unreadable: 'The session went beyond 256 MiB or 100,000 messages: the rest of it was not recorded.',
  });
});

test('a message of 60 MB without an end is no burden', TIME, async () => {
  const { agent, record } = await runOnce(
    readOnly,
    node(`
      const { toado } = JSON.parse(require('fs').readFileSync(process.env.TOADO_EXPERIMENT_MCP_CONFIG, 'utf8')).mcpServers;
      const server = require('child_process').spawn(toado.command, toado.args, { env: { ...process.env, ...toado.env }, stdio: ['pipe', 'ignore', 'ignore'] });
      let left = 60;
      const more = () => left-- > 0 ? server.stdin.write('x'.repeat(1_000_000), more) : server.stdin.end();
      more();
      server.once('close', () => console.log('RESULT: done'));`),
    { timeoutMs: 60_000 },
    startInside,
  );
  expect(agent).toMatchObject({ answer: 'RESULT: done', timedOut: false });
  expect(agent.ms).toBeLessThan(30_000);
  // What the server said of it.
  expect(record.messages.map(({ from }) => from)).toEqual(['server']);
});
