/** `toado-mcp/experiments` as a person's own test imports it: by its name, through the package's exports. */

import { createRequire } from 'node:module';
import { type AgentFunction, ExperimentError, runScenario, startSandbox } from 'toado-mcp/experiments';
import { describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { readOnly } from '../../src/experiments/built-in-scenarios/read-only.ts';
import { runOnce } from '../../src/experiments/run/run-scenario.ts';
import { startInside } from './sandbox-inside.ts';

const myAgent: AgentFunction = async ({ call }) => {
  const { text } = await call('whoami');
  return text.includes('tickets:write') ? 'RESULT: could not: the token may only read' : 'RESULT: done';
};

// The example of docs/experiments.md, with an agent to try.
test('my agent does the right thing', { timeout: 120_000 }, async () => {
  const { grade } = await runScenario('read-only', { agent: myAgent });
  expect(grade.passed, grade.why ?? '').toBe(true);
});

test('a sandbox alone, graded by hand', { timeout: 120_000 }, async () => {
  const toado = await startSandbox('read-only');
  try {
    const response = await fetch(`${toado.apiUrl}/auth/token-info`, {
      headers: { Authorization: `Bearer ${toado.token}` },
    });
    expect(await response.json()).toMatchObject({ scopes: ['read'], label: 'agent under test' });
    // Neither pages nor what the person at the machine may do.
    const { origin } = new URL(toado.apiUrl);
    for (const path of ['/', '/projects/proj_storefront', '/api/v1/sandbox/tokens'])
      expect((await fetch(origin + path)).status, path).toBe(404);
    expect((await toado.record()).requests.map(({ path }) => path)).toContain('/auth/token-info');
    expect(await toado.grade('RESULT: done')).toMatchObject({
      passed: false,
      why: expect.stringMatching(/^claims what is not so/),
    });
  } finally {
    await toado.close();
  }
});

test.each<[string, unknown, object, RegExp]>([
  ['no agent', 'read-only', {}, /^agent has to be a function/],
  ['an agent that is none', 'read-only', { agent: 42 }, /^agent has to be a function/],
  ['no scenario', undefined, { agent: myAgent }, /is not a scenario/],
  [
    'a time limit that no timer takes',
    'read-only',
    { agent: myAgent, timeoutMs: 1e13 },
    /^the time limit has to be/,
  ],
  [
    'a time limit that is none',
    'read-only',
    { agent: myAgent, timeoutMs: Number.NaN },
    /^the time limit has to be/,
  ],
  ['a signal that has come', 'read-only', { agent: myAgent, signal: AbortSignal.abort() }, /was aborted/],
])('%s is told in a sentence', async (_, scenario, options, says) => {
  const run = runScenario(scenario as string, options as Parameters<typeof runScenario>[1]);
  await expect(run).rejects.toThrow(ExperimentError);
  await expect(run).rejects.toThrow(says);
});

describe('of the function that is the agent', () => {
  const run = (agent: AgentFunction, signal?: AbortSignal) =>
    runOnce(readOnly, agent, { timeoutMs: 60_000, signal }, startInside);

  test('an answer that is no text is an error of the agent’s', { timeout: 120_000 }, async () => {
    const agent = (async () => undefined) as unknown as AgentFunction;
    await expect(run(agent)).rejects.toThrow(/has to return its answer as a text, and returned undefined/);
  });

  test('each call says whether it failed', { timeout: 120_000 }, async () => {
    const told: boolean[] = [];
    await run(async ({ call }) => {
      told.push((await call('whoami')).isError);
      told.push((await call('get_ticket', { ticket_id: 't-zzz999' })).isError);
      return 'RESULT: done';
    });
    expect(told).toEqual([false, true]);
  });

  test('a run that is aborted says so', { timeout: 120_000 }, async () => {
    const abort = new AbortController();
    const agent: AgentFunction = () => {
      abort.abort();
      return new Promise(() => {});
    };
    await expect(run(agent, abort.signal)).rejects.toThrow('the run was aborted by its caller.');
  });
});

test('nothing else of the package can be imported', () => {
  expect(manifest.exports).toEqual({
    './experiments': { types: './dist/experiments.d.ts', default: './dist/experiments.js' },
  });
  expect(() => createRequire(import.meta.url).resolve('toado-mcp/dist/main.js')).toThrow(
    /not defined|not exported/,
  );
});
