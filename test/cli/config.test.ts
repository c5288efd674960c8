import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, onTestFinished, test } from 'vitest';
import { clients } from '../../src/cli/config/clients.ts';
import { entryFor, shellLine, TOKEN_PLACE } from '../../src/cli/config/entry.ts';
import { npxLaunch } from '../../src/cli/config/launch.ts';
import { checkToken } from '../../src/settings/token-source.ts';
import { runToEnd } from '../support/command.ts';
import { childEnv, INITIALIZE, PROGRAM } from '../support/program.ts';
import { temporaryFolder } from '../support/temporary.ts';

const NAMES = [
  ...['claude-code', 'claude-desktop', 'cursor', 'vscode', 'codex', 'gemini', 'zed', 'cline', 'continue'],
  ...['goose', 'windsurf'],
];

describe('toado-mcp config', () => {
  test('knows the eleven clients, and lists them', async () => {
    expect(clients.map(({ name }) => name)).toEqual(NAMES);
    const { stdout } = await runToEnd(['config']);
    for (const name of NAMES) expect(stdout).toContain(`  ${name} `);
  });

  for (const client of clients) {
    test(`${client.name}: for this installation, real and sandbox, without a token`, async () => {
      const env = { TOADO_API_TOKEN: 'tok_must_not_show' };
      const real = await runToEnd(['config', client.name], { env });
      expect(real.code).toBe(0);
      expect(real.stdout).toContain(PROGRAM);
      expect(real.stdout).toContain(process.execPath);
      expect(real.stdout).toMatch(/TOADO_API_TOKEN|toado-token/);
      expect(real.stdout).not.toContain('tok_must_not_show');
      const sandbox = await runToEnd(['config', client.name, '--sandbox=reader'], { env });
      expect(sandbox.stdout).toContain('--sandbox=reader');
      expect(sandbox.stdout).toContain('toado-sandbox');
      expect(sandbox.stdout).not.toMatch(/TOADO_API_TOKEN|toado-token/);
    });

    test(`${client.name}: its JSON is JSON with the server in it`, () => {
      for (const sandbox of [undefined, true] as const) {
        const entry = entryFor({ command: '/a b/node', args: ['/it"s/main.js'] }, sandbox);
        for (const { language, text } of client.parts(entry)) {
          if (language !== 'json') continue;
          const all = JSON.parse(text) as Record<string, Record<string, unknown>>;
          const servers = all.mcpServers ?? all.servers ?? all.context_servers;
          expect(servers?.[entry.name]).toMatchObject({ command: entry.command, args: entry.args });
        }
      }
    });
  }

  test('what the JSON of a client says is what starts: the sandbox answers', async () => {
    const { stdout } = await runToEnd(['config', 'claude-desktop', '--sandbox', '--json']);
    const [part] = (JSON.parse(stdout) as { parts: { text: string }[] }).parts;
    const { command, args } = JSON.parse(part!.text).mcpServers['toado-sandbox'];
    const child = spawn(command, args, { env: childEnv({ XDG_DATA_HOME: temporaryFolder() }) });
    onTestFinished(() => void child.kill('SIGKILL'));
    child.stdin.write(`${JSON.stringify(INITIALIZE)}\n`);
    const [answer] = await once(child.stdout, 'data');
    expect(JSON.parse(String(answer)).result.serverInfo.name).toBe('toado');
  });

  test('the placeholder starts a server that says itself what is wrong', () => {
    expect(checkToken(TOKEN_PLACE, 'the placeholder')).toBe(TOKEN_PLACE);
  });

  test('--npx starts through npx; on Windows through cmd, because npx is a script there', async () => {
    const { stdout } = await runToEnd(['config', 'claude-code', '--npx']);
    expect(stdout).toContain('-- npx -y toado-mcp\n');
    expect(npxLaunch('win32')).toEqual({ command: 'cmd', args: ['/c', 'npx', '-y', 'toado-mcp'] });
  });

  test('shell lines survive spaces and quotes', () => {
    expect(shellLine(['a b', "it's", 'plain-1'], 'linux')).toBe(`'a b' 'it'\\''s' plain-1`);
    expect(shellLine(['a b', 'say "x"'], 'win32')).toBe('"a b" "say \\"x\\""');
  });
});
