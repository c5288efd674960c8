/** The hosts' command lines. `npm run experiments:hosts` proves them with the hosts themselves. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { PRESET_NAMES, presetAgent } from '../../../src/experiments/agent/presets.ts';
import { makePlace } from '../../../src/experiments/agent/workspace.ts';

describe.each(PRESET_NAMES)('%s', (name) => {
  const { command } = presetAgent(name, { model: 'some-model', more: ['--more', 'words'] });
  const line = command.join(' ');

  test('is given the task, the model and what the person adds, the task last', () => {
    expect(command.at(-1)).toMatch(/\{prompt\}$/);
    expect(line).toContain('--model some-model');
    expect(line).toContain('--more words');
    expect(presetAgent(name, {}).command.join(' ')).not.toContain('--model');
  });

  test('is told this run’s server, and no place of the sandbox', () => {
    const { env = {}, prepare } = presetAgent(name, {});
    const place = makePlace('Do it.', {
      apiUrl: 'http://127.0.0.1:1/api/v1',
      token: 'tok_run',
      recorder: '127.0.0.1:2/key',
    });
    onTestFinished(place.remove);
    prepare?.(place);
    const told = prepare
      ? readFileSync(join(place.workdir, '.gemini', 'settings.json'), 'utf8')
      : [...command, ...Object.values(env)].join(' ');
    expect(told).toMatch(/\{mcp_config\}|\{settings\}|tok_run/);
    expect(told).not.toMatch(/sandbox\.db|toado-experiment-/);
  });
});

test('a name that there isn’t, and a file that there isn’t', () => {
  expect(() => presetAgent('claude', {})).toThrow(/there is no host "claude".*claude-code, codex, gemini/s);
  expect(() => presetAgent('sdk:nowhere.mjs', {})).toThrow(/there is no file .*nowhere\.mjs/);
  expect(() => presetAgent('sdk:x.mjs', { model: 'x' })).toThrow(/--model goes with a host/);
});
