/** `--write`: of what else stands in a client's file, nothing moves, and nothing of it is said. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseJsonc } from 'jsonc-parser';
import { expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { entryFor } from '../../../src/cli/config/client-entry.ts';
import { clients } from '../../../src/cli/config/clients/index.ts';
import { mergeInto } from '../../../src/cli/config/merge/merge-into.ts';
import { config, configOfProgram, GOOSE, home, LAUNCH, put } from './in-a-home.ts';

function merge(client: string, text: string): string {
  const { file } = clients.find(({ name }) => name === client)!;
  const merged = mergeInto(text, file!, entryFor({ launch: LAUNCH }), 'x');
  expect(mergeInto(merged, file!, entryFor({ launch: LAUNCH }), 'x')).toBe(merged);
  return merged;
}

/** What was put in, where that stands in one piece. */
function inserted(before: string, after: string): string {
  let start = 0;
  while (before[start] === after[start]) start++;
  const rest = before.slice(start);
  expect(after.endsWith(rest)).toBe(true);
  return after.slice(start, after.length - rest.length);
}

test.each([
  ['one line', '{"mcpServers":{"a":{"command":"x"}},"b":[1,2]}'],
  ['one line that ends with a comment', '{"b": 1, /* of b */}'],
  ['a line that holds all of another', '{\n  "mcpServers": {\n    "a": { "args": [1,2] },\n  }\n}'],
  ['numbers that JavaScript has not', '{"n": 12345678901234567890, "f": 1.0, "mcpServers": {}}'],
])('JSON: %s', (_, before) => {
  const after = merge('cursor', before);
  expect(inserted(before, after)).toMatch(/^\s*,?\s*("mcpServers": ?\{\s*)?"toado": ?\{.*\}\s*\}?,?\s*$/s);
  const { mcpServers, ...rest } = parseJsonc(after);
  const { mcpServers: had, ...restBefore } = parseJsonc(before);
  expect(rest).toEqual(restBefore);
  expect(Object.keys(mcpServers)).toEqual([...Object.keys(had ?? {}), 'toado']);
});

test.each(['', ','])('JSON: a comment stays with what it is about (%j)', (comma) => {
  const after = merge('cursor', `{\n  "mcpServers": { // mine\n    "a": {}${comma} // of a\n  }\n}\n`);
  expect(after).toContain('{ // mine\n    "a": {}, // of a\n    "toado": {\n      "command"');
  expect(merge('cursor', '{\n  "mcpServers": { // mine\n  }\n}')).toContain('{ // mine\n    "toado"');
});

test('JSON: what is no longer true of the server goes with its line, and comments stay', () => {
  const lines = (type: string) =>
    `{\n  "mcpServers": {\n    "toado": {\n      // mine\n${type}      "command": "x", // too\n      "cwd": "/"\n    }\n  }\n}`;
  const after = merge('cursor', lines('      "type": "stdio",\n'));
  expect(after).toContain(
    '{\n      // mine\n      "command": "/a b/node", // too\n      "cwd": "/",\n      "args"',
  );
  expect(after).toBe(merge('cursor', lines('')));
});

test('JSON: what is as it has to be stays as it is written, comments inside of it included', () => {
  const args = `"args": [ // mine\n        ${JSON.stringify(LAUNCH.args[0])} ]`;
  const after = merge(
    'cursor',
    `{\n  "mcpServers": {\n    "toado": {\n      "command": "x",\n      ${args}\n    }\n  }\n}`,
  );
  expect(after).toContain(args);
  expect(after).toContain('"command": "/a b/node"');
});

test('JSON: a comma at the end stays one', () => {
  expect(merge('cursor', '{\n  "mcpServers": {\n    "a": {},\n  },\n}')).toMatch(/\n {4}\},\n {2}\},\n\}$/);
});

test('YAML: a number that JavaScript has not stays one, also where the server is written anew', () => {
  const long = 'mine: 12345678901234567890';
  const after = merge('goose', `extensions:\n  toado:\n    ? cmd\n    : x\n    ${long}\n`);
  expect(after).not.toContain('?');
  expect(after).toContain(`    ${long}\n`);
});

test('VS Code: a question of the person’s own under our name stays', () => {
  const input = { id: 'toado-token', type: 'command', command: 'my.vault' };
  const after = parseJsonc(merge('vscode', JSON.stringify({ inputs: [input], servers: {} })));
  expect(after.inputs).toEqual([input]);
});

test.each([
  ['an empty mapping', 'a: 017\nextensions: {} # none\nb:   1\n'],
  ['fractions that are whole', 'a: 1.0\nextensions:\n  a: {temperature: 1e3}\nb: -0\n'],
  ['between brackets', 'a: 017\nextensions: {a: {cmd: x} # of a\n  , b: 1}\nb:   1\n'],
  ['all of it between brackets', '{a: 017, extensions: {a: {cmd: x}}}\n'],
  ['a document that ends', '---\na: 017\n...\n# behind it\n'],
  [
    'a comment below the last one',
    'a: 017\nextensions:\n  a:\n    cmd: x\n    # timeout: 3\n# of b\nb:   1\n',
  ],
])('YAML: %s', (_, before) => {
  const after = merge('goose', before);
  const withoutServer = after
    .replace(/,? ?toado: \{.*?timeout: 60 \}/, '')
    .replace(/^ *toado:\n( {4}.*\n)+/m, '')
    .replace(/^extensions:\n(?=\.\.\.)/m, '');
  expect(withoutServer).toBe(before.replace(' {} #', ' #'));
  expect(Object.keys(parseYaml(after.replace(/^\.\.\.[\s\S]*/m, '')).extensions).at(-1)).toBe('toado');
});

test('YAML: comments between the server’s own lines stay, and variables that goose hands on', () => {
  const after = merge(
    'goose',
    'extensions:\n  toado:\n    cmd: x # mine\n    # too\n    timeout: 5 # long\n    env_keys: [MINE]\n  z: {}\n',
  );
  expect(after).toContain('    cmd: /a b/node # mine\n    # too\n    timeout: 5 # long\n');
  expect(parseYaml(after).extensions.toado).toMatchObject({
    timeout: 5,
    env_keys: ['MINE', 'TOADO_API_TOKEN'],
  });
});

test('YAML: a server of another kind goes, and a comment that ends it takes nothing else with it', () => {
  const before = 'extensions:\n  toado:\n    headers:\n      A: b\n      # end\n  z:\n    cmd: x\n';
  const after = merge('goose', before);
  expect(after).toContain('      # end\n');
  expect(Object.keys(parseYaml(after).extensions)).toEqual(['toado', 'z']);
  expect(parseYaml(after).extensions.toado).not.toHaveProperty('headers');
});

test.each([
  ['goose', GOOSE, 'key: !vault sec_ret\nextensions: {}\n', 'is in'],
  ['goose', GOOSE, '? [sec_ret]\n: 1\nextensions: {}\n', 'is in'],
  [
    'goose',
    GOOSE,
    'key: |sec_ret\n  x\n',
    'left as it is: Block scalar header includes extra characters (line 1).',
  ],
  ['goose', GOOSE, 'key: *sec_ret\n', 'left as it is'],
  ['goose', GOOSE, 'a: 1\n--- # sec_ret\nb: 2\n', 'left as it is: it holds more than one document.'],
  ['codex', '.codex/config.toml', 'a = 1\nkey = "x" "sec_ret"\n', '(line 2).'],
  ['cursor', '.cursor/mcp.json', '{\n"key": "x" "sec_ret"}', 'left as it is: comma expected (line 2).'],
])('%s: what else the file says is never said: %s %s', async (client, path, text, says) => {
  const place = home();
  put(place.folder, path, text);
  const { stderr, stdout } = await configOfProgram([client, '--write'], place);
  expect(stderr).toContain(says);
  expect(stdout + stderr).not.toContain('sec_ret');
});

test('what is nested too deeply is left, in one line', async () => {
  const place = home();
  put(place.folder, '.cursor/mcp.json', `{"a": ${'['.repeat(20_000)}${']'.repeat(20_000)}}`);
  const { code, stderr } = await config(['cursor', '--write'], place);
  expect(code).toBe(1);
  expect(stderr).toMatch(/left as it is: it is nested too deeply\. [^\n]*\n$/);
});

test('Codex: a table that starts the same is there already, with whatever else it says', async () => {
  const place = home();
  await config(['codex', '--write'], place);
  const { read } = await config(['codex', '--write'], place);
  const mine = `${read('.codex/config.toml')}startup_timeout_sec = 30\n\n[mcp_servers.toado.tools.get_ticket]\napproval_mode = "approve"\n`;
  put(place.folder, '.codex/config.toml', mine);
  const again = await config(['codex', '--write'], place);
  expect(again.stderr).toContain('everything is there already');
  expect(again.read('.codex/config.toml')).toBe(mine);
});

test('Codex’s own folder is where CODEX_HOME says', async () => {
  const place = home();
  const env = { ...place.env, CODEX_HOME: join(place.folder, 'codex') };
  const { read } = await config(['codex', '--write'], { ...place, env });
  expect(read('codex/config.toml')).toContain('[mcp_servers.toado]');
  expect(readdirSync(place.folder)).toEqual(['codex']);
});
