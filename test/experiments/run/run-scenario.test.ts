/** When no agent is started at all; the sandbox is none. */
import { expect, test } from 'vitest';
import { ExperimentError } from '../../../src/experiments/base/error.ts';
import { readOnly } from '../../../src/experiments/built-in-scenarios/read-only.ts';
import { type Agent, runOnce, type StartSandbox } from '../../../src/experiments/run/run-scenario.ts';

const ACCESS = { apiUrl: 'http://127.0.0.1:1/api/v1', token: 'tok_none', recorder: '127.0.0.1:1/x' };

test.each(['a function', 'a command'])('a run that is aborted while its sandbox starts: %s', async (what) => {
  const abort = new AbortController();
  const [begun, closed]: string[][] = [[], []];
  const start: StartSandbox = async () => {
    abort.abort();
    return {
      access: ACCESS,
      finish: () => expect.fail('nobody has run'),
      close: async () => void closed!.push('sandbox'),
    };
  };
  const prepare = () => void begun!.push('command');
  const agent: Agent =
    what === 'a command'
      ? { command: [process.execPath, '--version'], prepare }
      : async () => `${begun!.push('function')}`;
  const run = runOnce(readOnly, agent, { timeoutMs: 10_000, signal: abort.signal }, start);
  await expect(run).rejects.toEqual(new ExperimentError('the run was aborted by its caller.'));
  expect([begun, closed]).toEqual([[], ['sandbox']]);
});
