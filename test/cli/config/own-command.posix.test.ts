/** `--write` for a client that has a command of its own for this: that is run, and its file is only read. */
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { config, configOfProgram, home, put } from './in-a-home.ts';

test('a client whose file is not for people is given its own command', async () => {
  const place = home();
  const bin = join(place.folder, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'claude'), `#!/bin/sh\nprintf '%s\\n' "$@" > ${join(place.folder, 'given')}\n`);
  chmodSync(join(bin, 'claude'), 0o755);
  const env = { ...place.env, PATH: `${bin}:${process.env.PATH}` };
  const shown = await config(['claude-code', '--write', '--dry-run', '--sandbox'], { ...place, env });
  expect(shown.stderr).toContain('Would run: claude mcp add toado-sandbox');
  expect(existsSync(join(place.folder, 'given'))).toBe(false);
  const { read, code } = await configOfProgram(['claude-code', '--write', '--sandbox'], { ...place, env });
  expect(code).toBe(0);
  expect(read('given').split('\n').slice(0, 3)).toEqual(['mcp', 'add', 'toado-sandbox']);
  const missing = await configOfProgram(['claude-code', '--write'], {
    ...place,
    env: { ...place.env, PATH: '/nowhere' },
  });
  expect(missing.code).toBe(1);
  expect(missing.stderr).toContain('could not be started');
});

test('its own command is not run a second time; what it starts otherwise is left to the person', async () => {
  const place = home();
  const bin = join(place.folder, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'claude'), `#!/bin/sh\necho ran >> ${join(place.folder, 'given')}\n`);
  chmodSync(join(bin, 'claude'), 0o755);
  const env = { ...place.env, PATH: `${bin}:${process.env.PATH}` };
  const kept = (name: string, more: object) => ({
    projects: {},
    mcpServers: { [name]: { type: 'stdio', ...more } },
  });
  const { args } = JSON.parse((await config(['claude-code', '--json', '--sandbox'])).stdout) as {
    args: string[];
  };
  const node = process.execPath;
  for (const [folder, more] of [
    ['', {}],
    ['elsewhere', { CLAUDE_CONFIG_DIR: join(place.folder, 'elsewhere') }],
  ] as const) {
    const file = join(folder, '.claude.json');
    const given = { ...place, env: { ...env, ...more } };
    put(place.folder, file, JSON.stringify(kept('toado-sandbox', { command: node, args, env: {} })));
    for (const flags of [['--write'], ['--dry-run']]) {
      const again = await config(['claude-code', '--sandbox', ...flags], given);
      expect(again).toMatchObject({ code: 0, stdout: '' });
      expect(again.stderr).toContain('everything is there already, nothing was changed');
    }
    put(place.folder, file, JSON.stringify(kept('toado-sandbox', { command: node, args: ['/old/main.js'] })));
    const other = await config(['claude-code', '--sandbox', '--write'], given);
    expect(other.code).toBe(1);
    expect(other.stderr).toContain('claude mcp remove toado-sandbox --scope user');
  }
  expect(existsSync(join(place.folder, 'given'))).toBe(false);
  const { parts } = JSON.parse((await config(['claude-code', '--json'])).stdout) as {
    parts: { text: string }[];
  };
  const real = JSON.parse(parts[1]!.text).mcpServers.toado;
  put(place.folder, '.claude.json', JSON.stringify(kept('toado', real)));
  const second = await config(['claude-code', '--write'], { ...place, env });
  expect(second.stderr).toContain('nothing was changed');
  put(place.folder, '.claude.json', 'not JSON');
  expect((await configOfProgram(['claude-code', '--write'], { ...place, env })).code).toBe(0);
  expect(existsSync(join(place.folder, 'given'))).toBe(true);
});
