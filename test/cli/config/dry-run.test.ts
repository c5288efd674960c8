/** `--dry-run`: what would change, and nothing of what stands beside it. */
import { expect, test } from 'vitest';
import { config, GOOSE, home, put, VSCODE } from './in-a-home.ts';

const CURSOR = '.cursor/mcp.json';
const OTHER = { command: 'x', env: { KEY: 'ghp_secret' } };

async function dryRun(client: string, path: string, text: string): Promise<string> {
  const place = home();
  put(place.folder, path, text);
  const { stdout, stderr, read } = await config([client, '--dry-run'], place);
  expect(stderr).toContain('Nothing was written.');
  expect(read(path)).toBe(text);
  expect(stdout).not.toContain('ghp_secret');
  return stdout;
}

test.each([
  ['cursor', CURSOR, JSON.stringify({ mcpServers: { other: OTHER } }, null, 2), '+    "toado": {'],
  ['cursor', CURSOR, JSON.stringify({ mcpServers: { other: OTHER } }), '+…, "toado": {"command":'],
  ['cursor', CURSOR, '{\n  "key": "ghp_secret"\n}', '+…,\n+  "mcpServers": {'],
  ['cursor', CURSOR, JSON.stringify({ mcpServers: { toado: { command: 'old' }, other: OTHER } }), '-…old…'],
  [
    'vscode',
    VSCODE,
    JSON.stringify({ inputs: [{ id: 'a' }], key: 'ghp_secret', servers: { other: OTHER } }),
    '+…, {"type"',
  ],
  ['cursor', CURSOR, '{\n  "key": "ghp_secret", "mcpServers": null\n}', '-…null'],
  ['cursor', CURSOR, '{\n  "mcpServers": null // ghp_secret\n}', '-…null…'],
  ['cursor', CURSOR, '{ "mcpServers": { "toado": {\n  "command": "x" }, "key": "ghp_secret" } }', '-…x…'],
  ['vscode', VSCODE, '{\n  "inputs": null,\n  "key": "ghp_secret"\n}', '-…null…'],
  ['goose', GOOSE, 'extensions: null # ghp_secret\n', '-…null'],
  ['goose', GOOSE, 'extensions: {other: {envs: {KEY: ghp_secret}}}\n', '+…, toado: {'],
  ['codex', '.codex/config.toml', 'key = "ghp_secret"', '+[mcp_servers.toado]'],
])('%s: what stands beside the change is not shown: %s %s', async (client, path, text, shown) => {
  expect(await dryRun(client, path, text)).toContain(shown);
});

test('the server’s own lines are shown as they are and as they would be', async () => {
  const toado = { command: 'old', args: ['x'], env: { TOADO_API_TOKEN: 'tok_mine' } };
  const shown = await dryRun('cursor', CURSOR, JSON.stringify({ mcpServers: { toado } }, null, 2));
  expect(shown).toContain('-      "command": "old",\n');
  expect(shown).toContain(`+      "command": ${JSON.stringify(process.execPath)},\n`);
  expect(shown).toContain('[redacted token]');
});
