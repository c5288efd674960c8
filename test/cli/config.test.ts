import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { parse as parseJsonc } from 'jsonc-parser';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { type Client, partsOf } from '../../src/cli/config/client.ts';
import { clients } from '../../src/cli/config/clients/index.ts';
import { entryFor, shellLine, TOKEN_PLACE } from '../../src/cli/config/entry.ts';
import { mergeInto } from '../../src/cli/config/merge.ts';
import { checkToken } from '../../src/settings/token-source.ts';
import { type Ended, runHere, runToEnd } from '../support/command.ts';
import { childEnv, INITIALIZE, PROGRAM } from '../support/program.ts';
import { temporaryFolder } from '../support/temporary.ts';

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
const LAUNCH = { command: '/a b/node', args: ['/it"s/main.js'] };

/** A home of the test's own, so that nobody's real configuration is read or changed. */
function home() {
  const folder = temporaryFolder();
  const env = {
    HOME: folder,
    XDG_CONFIG_HOME: join(folder, '.config'),
    TOADO_API_TOKEN: 'tok_must_not_show',
  };
  return { folder, env };
}

interface Home {
  folder: string;
  env: Record<string, string>;
}

/** `config NAME …` in a home; nothing it says may hold the token. */
async function config(args: string[], { folder, env }: Home = home()) {
  return said(await runHere(['config', ...args], env), folder);
}

/** The same by the built program. */
async function configOfProgram(args: string[], { folder, env }: Home = home()) {
  return said(await runToEnd(['config', ...args], { env }), folder);
}

function said(ended: Ended, folder: string) {
  expect(ended.stdout + ended.stderr).not.toContain('tok_must_not_show');
  const at = (path: string) => join(folder, path);
  return { ...ended, at, read: (path: string) => readFileSync(at(path), 'utf8') };
}

function put(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

describe('what is printed', () => {
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
      expect(real.stdout).toContain(PROGRAM);
      expect(real.stdout).toContain(process.execPath);
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
    const child = spawn(command, args, { env: childEnv({ XDG_DATA_HOME: temporaryFolder() }) });
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
      NODE_EXTRA_CA_CERTS: '/etc/ca.pem',
    });
  });

  test('where the token is in a file, its path is what a client is given', async () => {
    const one = home();
    const env = { ...one.env, TOADO_API_TOKEN: '', TOADO_API_TOKEN_FILE: '/run/secrets/toado' };
    const { stdout } = await config(['claude-desktop'], { ...one, env });
    expect(JSON.parse(stdout).mcpServers.toado.env).toEqual({ TOADO_API_TOKEN_FILE: '/run/secrets/toado' });
  });

  test('shell lines survive spaces and quotes', () => {
    expect(shellLine(['a b', "it's", 'plain-1'], 'linux')).toBe(`'a b' 'it'\\''s' plain-1`);
    expect(shellLine(['a b', 'say "x"'], 'win32')).toBe('"a b" "say \\"x\\""');
  });
});

describe('--write', () => {
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

  test('and not a second time; what it starts otherwise is left to the person', async () => {
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
      put(
        place.folder,
        file,
        JSON.stringify(kept('toado-sandbox', { command: node, args: ['/old/main.js'] })),
      );
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
});
