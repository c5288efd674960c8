/** What `toado-mcp config <client>` prints: the thing to paste, in the client's own format. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { partsOf } from '../../../src/cli/config/client.ts';
import { entryFor, shellLine, TOKEN_PLACE } from '../../../src/cli/config/client-entry.ts';
import { clients } from '../../../src/cli/config/clients/index.ts';
import { checkToken } from '../../../src/settings/token-source.ts';
import { childEnv, INITIALIZE, PROGRAM } from '../../support/program.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { config, configOfProgram, home, LAUNCH } from './in-a-home.ts';

const NAMES = [
  ...[
    'claude-code',
    'codex',
    'gemini',
    'qwen',
    'copilot-cli',
    'opencode',
    'crush',
    'amp',
    'cline-cli',
    'factory',
    'goose',
    'warp',
  ],
  ...[
    'cursor',
    'vscode',
    'visual-studio',
    'zed',
    'cline',
    'roo-code',
    'continue',
    'kiro',
    'windsurf',
    'junie',
  ],
  ...['antigravity', 'claude-desktop', 'lm-studio', 'raycast'],
];

test('every client, with its documentation and the day it was read', async () => {
  expect(clients.map(({ name }) => name)).toEqual(NAMES);
  for (const { source, checked } of clients) {
    expect(source).toMatch(/^https:\/\//);
    expect(checked).toMatch(/^2026-\d\d-\d\d$/);
  }
  const { stdout } = await configOfProgram([]);
  expect(stdout.trim().split('\n')).toHaveLength(NAMES.length);
});

for (const one of clients) {
  test(`${one.name}: stdout is the thing to paste and nothing else; real and sandbox`, async () => {
    const real = await config([one.name]);
    expect(real.code).toBe(0);
    // As it is, or with the backslashes of Windows escaped.
    const said = real.stdout.replaceAll('\\\\', '\\');
    expect(said).toContain(PROGRAM);
    expect(said).toContain(process.execPath);
    expect(real.stdout + real.stderr).toMatch(/TOADO_API_TOKEN|toado-token/);
    const [first] = partsOf(one, entryFor({ launch: { command: process.execPath, args: [PROGRAM] } }));
    expect(real.stdout).toBe(`${first!.text}\n`);
    const sandbox = await config([one.name, '--sandbox=reader']);
    expect(sandbox.stdout).toContain('--sandbox=reader');
    expect(sandbox.stdout).toContain('toado-sandbox');
    expect(sandbox.stdout + sandbox.stderr).not.toMatch(/TOADO_API_TOKEN|toado-token/);
  });

  test(`${one.name}: its text is what its format says, with the server in it`, () => {
    for (const sandbox of [undefined, true] as const) {
      const entry = entryFor({ launch: LAUNCH, sandbox });
      for (const { language, text } of partsOf(one, entry)) {
        if (language === 'json')
          expect(JSON.stringify(JSON.parse(text))).toContain(JSON.stringify(entry.name));
        if (language === 'yaml')
          expect(JSON.stringify(parseYaml(text))).toContain(JSON.stringify(entry.name));
        if (language === 'text') expect(URL.canParse(text)).toBe(true);
        expect(text).toMatch(/it.{0,8}s(\/|%2F)|eyJ/);
      }
    }
  });
}

test('what the JSON of a client says is what starts: the sandbox answers', async () => {
  const { stdout } = await configOfProgram(['claude-desktop', '--sandbox']);
  const { command, args } = JSON.parse(stdout).mcpServers['toado-sandbox'];
  const child = spawn(command, args, { env: childEnv({ HOME: temporaryFolder() }) });
  onTestFinished(() => void child.kill('SIGKILL'));
  child.stdin.write(`${JSON.stringify(INITIALIZE)}\n`);
  const [answer] = await once(child.stdout, 'data');
  expect(JSON.parse(String(answer)).result.serverInfo.name).toBe('toado');
});

test('the placeholder is one that the server knows', () => {
  expect(() => checkToken(TOKEN_PLACE, 'the placeholder')).not.toThrow(/unexpected/);
});

test('flags are passed on, and checked as the server would', async () => {
  const { stdout } = await config([
    'cursor',
    '--read-only',
    '--project',
    'Storefront Web',
    '--name',
    'toado-acme',
  ]);
  const { args } = JSON.parse(stdout).mcpServers['toado-acme'];
  expect(args.slice(1)).toEqual(['--name=toado-acme', '--read-only', '--project=Storefront Web']);
  const wrong = await config(['cursor', '--tools', 'move_tiket']);
  expect(wrong).toMatchObject({ code: 1, stdout: '' });
  expect(wrong.stderr).toContain('move_ticket');
  const noToken = await config(['cursor', '--sandbox=redaer']);
  expect(noToken).toMatchObject({ code: 2, stdout: '' });
  expect(noToken.stderr).toContain('reader');
  expect(await config(['cursor', '--fresh'])).toMatchObject({ code: 2, stdout: '' });
});

test('--shared starts everybody’s own toado-mcp', async () => {
  const { stdout } = await config([
    'claude-code',
    '--shared',
    '--write',
    '--dry-run',
    '--workspace',
    temporaryFolder(),
  ]);
  expect(stdout).toContain('"command": "toado-mcp"');
  expect(stdout).not.toContain(PROGRAM);
});

test('a client that passes few variables on is told those that the server needs here', async () => {
  const one = home();
  const env = {
    ...one.env,
    HTTPS_PROXY: 'http://ann:secret@proxy:3128',
    NODE_EXTRA_CA_CERTS: '/etc/ca.pem',
    TOADO_PROJECT: 'Website',
    TOADO_TOOLS: 'tok_abcdefghijklmnop',
  };
  const codex = await config(['codex'], { ...one, env });
  expect(codex.stdout).toContain(
    'env_vars = ["TOADO_API_TOKEN","TOADO_PROJECT","HTTPS_PROXY","NODE_EXTRA_CA_CERTS"]',
  );
  const desktop = await config(['claude-desktop'], { ...one, env });
  expect(JSON.parse(desktop.stdout).mcpServers.toado.env).toEqual({
    TOADO_API_TOKEN: TOKEN_PLACE,
    TOADO_PROJECT: 'Website',
    HTTPS_PROXY: 'http://USER:PASSWORD@proxy:3128',
    NODE_EXTRA_CA_CERTS: resolve('/etc/ca.pem'),
  });
});

test.each([
  ['http://me:p@ss@proxy:3128', 'http://USER:PASSWORD@proxy:3128'],
  ['http://me:p/ss@proxy:3128', 'http://USER:PASSWORD@proxy:3128'],
  [' me:pass@proxy:3128', 'USER:PASSWORD@proxy:3128'],
  ['http://tok_abc@proxy:3128', 'http://USER:PASSWORD@proxy:3128'],
  ['http://tok_abc:3128', undefined],
])('the login of the proxy %s is not carried into a file', async (given, carried) => {
  const one = home();
  const env = { ...one.env, HTTPS_PROXY: given, TOADO_PROJECT: 'me@work' };
  const { stdout } = await config(['claude-desktop'], { ...one, env });
  expect(JSON.parse(stdout).mcpServers.toado.env).toEqual({
    TOADO_API_TOKEN: TOKEN_PLACE,
    TOADO_PROJECT: 'me@work',
    ...(carried && { HTTPS_PROXY: carried }),
  });
});

test('a path that is given from this folder is one that a client finds, too', () => {
  const env = { TOADO_API_TOKEN_FILE: 'my token', TOADO_API_MAP: './map.json' };
  const entry = entryFor({ launch: LAUNCH, env });
  expect(entry.tokenFile).toBe(resolve('my token'));
  expect(entry.variables).toEqual({ TOADO_API_MAP: resolve('map.json') });
});

test('where the token is in a file, its path is what a client is given', async () => {
  const one = home();
  const env = { ...one.env, TOADO_API_TOKEN: '', TOADO_API_TOKEN_FILE: '/run/secrets/toado' };
  const { stdout } = await config(['claude-desktop'], { ...one, env });
  expect(JSON.parse(stdout).mcpServers.toado.env).toEqual({
    TOADO_API_TOKEN_FILE: resolve('/run/secrets/toado'),
  });
});

test('shell lines survive spaces and quotes', () => {
  expect(shellLine(['a b', "it's", 'plain-1'], 'linux')).toBe(`'a b' 'it'\\''s' plain-1`);
  expect(shellLine(['a b', 'say "x"'], 'win32')).toBe('"a b" "say \\"x\\""');
  expect(shellLine(['C:\\a b\\', 'a\\"b'], 'win32')).toBe('"C:\\a b\\\\" "a\\\\\\"b"');
});

test('where a shell of Windows would take something for its own, it is said which one to take', () => {
  const says = (name: string, sandbox?: true) => {
    const client = clients.find((one) => one.name === name)!;
    return partsOf(client, entryFor({ launch: LAUNCH, sandbox }), 'win32')[0]!.says;
  };
  // A variable in braces, one without, a `--` alone.
  for (const said of [says('claude-code'), says('gemini'), says('claude-code', true)])
    expect(said).toBe('Run in cmd, not in PowerShell');
  expect(says('gemini', true)).toBe('Run');
});
