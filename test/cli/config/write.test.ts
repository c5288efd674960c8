/** `--write`: the server is put into a client's file, and what else stands in it stays. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse as parseJsonc } from 'jsonc-parser';
import { expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import type { Client } from '../../../src/cli/config/client.ts';
import { entryFor } from '../../../src/cli/config/client-entry.ts';
import { clients } from '../../../src/cli/config/clients/index.ts';
import { mergeInto } from '../../../src/cli/config/merge/merge-into.ts';
import { replaceFile } from '../../../src/cli/config/write-file.ts';
import { PROGRAM } from '../../support/program.ts';
import { config, configOfProgram, GOOSE, home, LAUNCH, ownFile, put, VSCODE } from './in-a-home.ts';

const isJson = ({ file }: Client) => file?.format === 'json' || file?.format === 'jsonc';

for (const one of clients.filter(({ file }) => file)) {
  test(`${one.name}: into an empty place, and a second time nothing`, async () => {
    const place = home();
    const places = one.file!.user ? [] : ['--workspace', place.folder];
    if (one.file!.user && !ownFile(one.name)) {
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
    const path = /^(.+?): toado is in/m.exec(first.stderr)![1]!;
    const written = readFileSync(path, 'utf8');
    if (isJson(one)) expect(JSON.stringify(JSON.parse(written))).toContain(JSON.stringify(PROGRAM));
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

test('own files of clients on Linux: where those are that stand elsewhere on other systems, and which have none', () => {
  expect(ownFile('vscode', 'linux')).toBe('.config/Code/User/mcp.json');
  expect(ownFile('goose', 'linux')).toBe('.config/goose/config.yaml');
  const without = clients.filter(({ name, file }) => file?.user && !ownFile(name, 'linux'));
  expect(without.map(({ name }) => name).sort()).toEqual(['claude-desktop', 'visual-studio']);
});

test('YAML keeps its comments, too', async () => {
  const place = home();
  put(
    place.folder,
    GOOSE,
    '# my goose\nGOOSE_MODEL: m # fast\nextensions:\n  developer:\n    enabled: true\n',
  );
  const { read } = await config(['goose', '--write'], place);
  const after = read(GOOSE);
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

test('a byte order mark and Windows’ line ends stay', async () => {
  const place = home();
  put(place.folder, '.cursor/mcp.json', '\uFEFF{\r\n    "mcpServers": {}\r\n}\r\n');
  const { read } = await config(['cursor', '--write'], place);
  const after = read('.cursor/mcp.json');
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

test('what somebody set beside how the server is started stays, and a token file in place of ours to paste over', async () => {
  const place = home();
  const theirs = { TOADO_READ_ONLY: 'true', TOADO_API_TOKEN_FILE: '/mine' };
  put(
    place.folder,
    '.cline/data/settings/cline_mcp_settings.json',
    `{
  "mcpServers": {
    "toado": {
      "command": "old",
      "autoApprove": ["get_ticket"], // only this
      "timeout": 90,
      "env": ${JSON.stringify(theirs)}
    }
  }
}`,
  );
  const { read, stderr } = await config(['cline-cli', '--write'], place);
  const after = read('.cline/data/settings/cline_mcp_settings.json');
  expect(after).toContain('// only this');
  expect(parseJsonc(after).mcpServers.toado).toMatchObject({
    command: process.execPath,
    autoApprove: ['get_ticket'],
    timeout: 90,
    env: theirs,
  });
  expect(parseJsonc(after).mcpServers.toado.env).not.toHaveProperty('TOADO_API_TOKEN');
  expect(stderr).toContain('in place of what stood under that name');
});

test('a server of another kind under the name is replaced whole', async () => {
  const place = home();
  const hosted = { url: 'https://app.toado.dev/mcp', headers: { Authorization: 'Bearer x' } };
  put(place.folder, '.cursor/mcp.json', JSON.stringify({ mcpServers: { toado: hosted } }));
  const { read, stderr } = await config(['cursor', '--write'], place);
  expect(Object.keys(parseJsonc(read('.cursor/mcp.json')).mcpServers.toado)).toEqual([
    'command',
    'args',
    'env',
  ]);
  expect(stderr).toContain('in place of what stood under that name');
});

test.each([
  ['cursor', '.cursor/mcp.json', '{ "mcpServers": {}, "mcpServers": { "other": {} } }'],
  ['cursor', '.cursor/mcp.json', '{ "mcpServers": { "toado": {}, "toado": { "command": "b" } } }'],
  ['cursor', '.cursor/mcp.json', '{ "mcpServers": [] }'],
  ['vscode', VSCODE, '{ "inputs": {}, "servers": {} }'],
  ['goose', GOOSE, 'extensions: []\n'],
  ['goose', GOOSE, 'hello\n'],
  ['goose', GOOSE, 'extensions:\n  other: *nothing\n'],
  ['goose', GOOSE, 'mine: &mine {}\nextensions: *mine\n'],
  ['goose', GOOSE, 'extensions:\n  toado: &t { cmd: x }\n  other: *t\n'],
  ['codex', '.codex/config.toml', 'mcp_servers = { other = { command = "x" } }\n'],
  ['codex', '.codex/config.toml', 'mcp_servers.toado.command = "x"\n'],
  ['codex', '.codex/config.toml', '[mcp_servers]\ntoado = { command = "x" }\n'],
  ['codex', '.codex/config.toml', '["mcp_servers".toado]\ncommand = "x"\n'],
  ['codex', '.codex/config.toml', 'a = """\nunfinished\n'],
])('%s: a file in which the server would not be, or nothing else, is left: %s %s', async (client, path, text) => {
  const place = home();
  put(place.folder, path, text);
  const { code, stderr, read } = await config([client, '--write'], place);
  expect(code).toBe(1);
  expect(stderr).toMatch(/left as it is|by hand/);
  expect(read(path)).toBe(text);
  expect(readdirSync(dirname(join(place.folder, path)))).toHaveLength(1);
});

test('servers that are null are none', async () => {
  const place = home();
  put(place.folder, '.cursor/mcp.json', '{ "mcpServers": null }');
  put(place.folder, GOOSE, 'extensions:\nGOOSE_MODEL: m\n');
  const { read } = await config(['cursor', '--write'], place);
  expect(Object.keys(parseJsonc(read('.cursor/mcp.json')).mcpServers)).toEqual(['toado']);
  await config(['goose', '--write'], place);
  const after = parseYaml(read(GOOSE));
  expect(Object.keys(after.extensions)).toEqual(['toado']);
  expect(after.GOOSE_MODEL).toBe('m');
});

test('YAML keeps its lines as they were written, also when the server changes', async () => {
  const place = home();
  const lines = [
    '\uFEFFseed: 12345678901234567890',
    'hex: 0xFF   # three spaces',
    'list:',
    '- a',
    'text: >-',
    '  in',
    '  two lines',
    'extensions:',
    '    developer:',
    '        enabled: true',
    '',
    '# the end',
    'last: {a: 1}',
    '',
  ];
  for (const eol of ['\n', '\r\n']) {
    put(place.folder, GOOSE, lines.join(eol));
    await config(['goose', '--write'], place);
    const { read } = await config(['goose', '--write', '--read-only'], place);
    const after = read(GOOSE);
    expect(parseYaml(after).extensions.toado.args).toContain('--read-only');
    expect(after.split(eol).filter((line) => lines.includes(line))).toEqual(lines);
    expect(after.replaceAll(eol, '')).not.toMatch(/[\r\n]/);
  }
});

test('a TOML table gets the line ends of its file', async () => {
  const place = home();
  put(place.folder, '.codex/config.toml', 'model = "x"\r\n');
  const { read } = await config(['codex', '--write'], place);
  expect(read('.codex/config.toml').replaceAll('\r\n', '')).not.toContain('\n');
});

test('what is not UTF-8 is left as it is', async () => {
  const place = home();
  mkdirSync(join(place.folder, '.codex'));
  const before = Buffer.from('model = "x" # für mich\n', 'latin1');
  writeFileSync(join(place.folder, '.codex/config.toml'), before);
  const { code, stderr } = await config(['codex', '--write'], place);
  expect(code).toBe(1);
  expect(stderr).toContain('not written in UTF-8');
  expect(readFileSync(join(place.folder, '.codex/config.toml'))).toEqual(before);
});

test('what another program wrote meanwhile stays', () => {
  const { folder } = home();
  put(folder, 'mcp.json', 'theirs, new');
  expect(() => replaceFile(join(folder, 'mcp.json'), 'theirs, old', 'ours')).toThrow('by another program');
  expect(readFileSync(join(folder, 'mcp.json'), 'utf8')).toBe('theirs, new');
  expect(readdirSync(folder)).toEqual(['mcp.json']);
  expect(existsSync(join(folder, 'mcp.json.backup'))).toBe(false);
});

test('the indent is that of the file, not of its comments', async () => {
  const place = home();
  put(place.folder, '.gemini/settings.json', '{\n/*\n * mine\n */\n    "mcpServers": {}\n}\n');
  const { read } = await config(['gemini', '--write'], place);
  expect(read('.gemini/settings.json')).toContain('\n        "toado": {\n            "command"');
});
