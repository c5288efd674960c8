/** `--write`: the server is put into a client's file, and what else stands in it stays. */
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse as parseJsonc } from 'jsonc-parser';
import { expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import type { Client } from '../../../src/cli/config/client.ts';
import { entryFor } from '../../../src/cli/config/client-entry.ts';
import { clients } from '../../../src/cli/config/clients/index.ts';
import { mergeInto } from '../../../src/cli/config/merge.ts';
import { PROGRAM } from '../../support/program.ts';
import { config, configOfProgram, home, LAUNCH, put } from './in-a-home.ts';

const isJson = ({ file }: Client) => file?.format === 'json' || file?.format === 'jsonc';

for (const one of clients.filter(({ file }) => file)) {
  test(`${one.name}: into an empty place, and a second time nothing`, async () => {
    const place = home();
    const places = one.file!.user ? [] : ['--workspace', place.folder];
    if (one.name === 'visual-studio' || one.name === 'claude-desktop') {
      // Their own file is on systems that this is not; the sentence says so.
      const refused = await config([one.name, '--write'], place);
      expect(refused).toMatchObject({ code: 1, stdout: '' });
      expect(refused.stderr).toContain('not documented');
      return;
    }
    if (one.name === 'claude-code') places.push('--workspace', place.folder);
    const first = await config([one.name, '--write', ...places], place);
    expect(first.stderr).toContain('toado is in');
    expect(first.stdout).toBe('');
    const path = /^(\/.*?): toado is in/m.exec(first.stderr)![1]!;
    const written = readFileSync(path, 'utf8');
    if (isJson(one)) expect(JSON.stringify(JSON.parse(written))).toContain(PROGRAM);
    const second = await config([one.name, '--write', ...places], place);
    expect(second.stderr).toContain('nothing was changed');
    expect(readFileSync(path, 'utf8')).toBe(written);
    expect(readdirSync(dirname(path)).filter((name) => name.includes('backup'))).toEqual([]);
  });
}

test('comments, order, indent and other servers stay; the old file is beside it', async () => {
  const place = home();
  const before =
    '{\n\t// mine\n\t"theme": "dark",\n\t"mcpServers": {\n\t\t"other": { "command": "x" }, // theirs\n\t},\n\t"last": 1\n}\n';
  put(place.folder, '.gemini/settings.json', before);
  const { read, stderr } = await configOfProgram(['gemini', '--write'], place);
  const after = read('.gemini/settings.json');
  expect(after).toContain('// mine');
  expect(after).toContain('// theirs');
  expect(after).toContain('\t\t"toado": {');
  expect(Object.keys(parseJsonc(after))).toEqual(['theme', 'mcpServers', 'last']);
  expect(Object.keys(parseJsonc(after).mcpServers)).toEqual(['other', 'toado']);
  expect(read('.gemini/settings.json.backup')).toBe(before);
  expect(stderr).toContain('settings.json.backup');
});

test('YAML keeps its comments, too', async () => {
  const place = home();
  put(
    place.folder,
    '.config/goose/config.yaml',
    '# my goose\nGOOSE_MODEL: m # fast\nextensions:\n  developer:\n    enabled: true\n',
  );
  const { read } = await config(['goose', '--write'], place);
  const after = read('.config/goose/config.yaml');
  expect(after).toContain('# my goose');
  expect(after).toContain('# fast');
  expect(Object.keys(parseYaml(after).extensions)).toEqual(['developer', 'toado']);
});

test('TOML gets its table at the end; one that says something else is left to the person', async () => {
  const place = home();
  put(place.folder, '.codex/config.toml', 'model = "x"\n\n[mcp_servers.other]\ncommand = "y"\n');
  const { read } = await config(['codex', '--write'], place);
  expect(read('.codex/config.toml')).toMatch(/^model = "x"[\s\S]*\[mcp_servers\.toado\]\ncommand = /);
  put(place.folder, '.codex/config.toml', '[mcp_servers.toado]\ncommand = "old"\n');
  const refused = await config(['codex', '--write'], place);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('by hand');
  expect(refused.read('.codex/config.toml')).toContain('"old"');
});

test('a token that somebody pasted stays', async () => {
  const place = home();
  const real = { toado: { command: 'old', env: { TOADO_API_TOKEN: 'tok_mine' } } };
  put(place.folder, '.lmstudio/mcp.json', JSON.stringify({ mcpServers: real }));
  const shown = await config(['lm-studio', '--dry-run'], place);
  expect(shown.stdout).toContain('+');
  expect(shown.stdout).not.toContain('tok_mine');
  expect(shown.read('.lmstudio/mcp.json')).toContain('old');
  const { read } = await config(['lm-studio', '--write'], place);
  expect(JSON.parse(read('.lmstudio/mcp.json')).mcpServers.toado).toMatchObject({
    command: process.execPath,
    env: { TOADO_API_TOKEN: 'tok_mine' },
  });
});

test('VS Code’s question for the token is added once', async () => {
  const place = home();
  put(place.folder, '.vscode/mcp.json', '{ "inputs": [{ "id": "other" }], "servers": {} }');
  const flags = ['vscode', '--write', '--workspace', place.folder];
  await config(flags, place);
  const { read } = await config(flags, place);
  expect(JSON.parse(read('.vscode/mcp.json')).inputs.map(({ id }: { id: string }) => id)).toEqual([
    'other',
    'toado-token',
  ]);
});

test.each([
  ['not JSON', '{ "mcpServers": '],
  ['a list', '[]'],
  ['words', 'hello'],
])('%s is left as it is', async (_, text) => {
  const place = home();
  put(place.folder, '.cursor/mcp.json', text);
  const { code, stderr, read } = await config(['cursor', '--write'], place);
  expect(code).toBe(1);
  expect(stderr).toContain('left as it is');
  expect(read('.cursor/mcp.json')).toBe(text);
});

test('a byte order mark, Windows’ line ends and a link stay', async () => {
  const place = home();
  const before = '\uFEFF{\r\n    "mcpServers": {}\r\n}\r\n';
  put(place.folder, 'dotfiles/mcp.json', before);
  mkdirSync(join(place.folder, '.cursor'));
  symlinkSync(join(place.folder, 'dotfiles/mcp.json'), join(place.folder, '.cursor/mcp.json'));
  const { read } = await config(['cursor', '--write'], place);
  const after = read('dotfiles/mcp.json');
  expect(after.startsWith('\uFEFF{\r\n')).toBe(true);
  expect(after.replaceAll('\r\n', '')).not.toContain('\n');
  expect(after).toContain('"toado"');
});

test('a folder that can’t be written is said in one line', async () => {
  const place = home();
  put(place.folder, '.cursor', 'a file in the way');
  const { code, stderr } = await configOfProgram(['cursor', '--write'], place);
  expect(code).toBe(1);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stderr).toContain('nothing was changed');
});

test('what was merged is what the file says, whatever stood there', () => {
  const entry = entryFor({ launch: LAUNCH });
  for (const one of clients.filter(isJson)) {
    const file = one.file!;
    const merged = mergeInto('{}', file, entry, 'x');
    expect(mergeInto(merged, file, entry, 'x')).toBe(merged);
    expect(JSON.parse(merged)).toEqual(JSON.parse(mergeInto('', file, entry, 'x')));
  }
});
