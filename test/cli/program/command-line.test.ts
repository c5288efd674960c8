import { describe, expect, test } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { VARIABLES, type Variable } from '../../../src/settings/variables.ts';
import { runHere, runToEnd } from '../../support/command.ts';

/** What serves without a command is refused in another way: by the parser, and by what reads the settings. */
const OF_A_SERVER: string[] = ['--read-onyl', '--sandbox=readr'];

describe('what one types', () => {
  test('--version says the package’s version, and nothing else', async () => {
    expect(await runToEnd(['--version'])).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: '' });
  });

  test('--help names every command, flag, variable and group', async () => {
    const { code, stdout } = await runToEnd(['--help']);
    expect(code).toBe(0);
    for (const command of ['doctor', 'tools', 'config', 'completion'])
      expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
    for (const { name, flag, group } of VARIABLES as readonly Variable[]) {
      expect(stdout).toContain(name);
      expect(stdout).toMatch(new RegExp(`^${group}:$`, 'm'));
      if (flag) expect(stdout).toMatch(new RegExp(`^  ${flag}\\b`, 'm'));
    }
  });

  for (const command of ['doctor', 'tools', 'config', 'sandbox', 'sandbox tokens']) {
    test(`${command} --help explains itself`, async () => {
      const { code, stdout } = await runHere([...command.split(' '), '--help']);
      expect(code).toBe(0);
      expect(stdout).toMatch(new RegExp(`^Usage: toado-mcp ${command}`));
    });
  }

  for (const [args, says] of [
    [['docter'], /^toado-mcp(?: error)?: there is no command "docter"\. Did you mean doctor\?/],
    [['--read-onyl'], /^toado-mcp(?: error)?: unknown option '--read-onyl' \(Did you mean --read-only\?\)/],
    [['--tools'], /^toado-mcp(?: error)?: option '--tools <a,b>' argument missing/],
    [
      ['tools', '--format', 'html'],
      /^toado-mcp(?: error)?: option '--format <format>' argument 'html' is invalid/,
    ],
    [
      ['--sandbox=readr'],
      /^toado-mcp(?: error)?: --sandbox: there is no token "readr"\. Did you mean reader\?/,
    ],
    [['--sandbox', 'doctor'], /A command comes first: toado-mcp doctor --sandbox\.$/m],
    [['--sandbox', 'sandbox'], /A command comes first: toado-mcp sandbox\.$/m],
    [
      ['config', 'cursr'],
      /^toado-mcp(?: error)?: config: there is no client "cursr"\. Did you mean cursor\?/,
    ],
    [['sandbox', '--prot', '1'], /^toado-mcp(?: error)?: unknown option '--prot' \(Did you mean --port\?\)/],
    [
      ['sandbox', 'token', 'list'],
      /there is no command "token"\. Did you mean tokens\? There are: reset, tokens/,
    ],
    [['sandbox', 'tokens', 'lst'], /^toado-mcp(?: error)?: unknown command 'lst' \(Did you mean list\?\)/],
    [['tools', '--scopes', 'raed'], /--scopes: there is no scope "raed"\. Did you mean read\?/],
    [
      ['tools', '--for', 'move_tickets'],
      /--for: there is no tool "move_tickets"\. Did you mean move_ticket\?/,
    ],
    [['tools', '--for', 'whoami', '--scopes', 'read'], /two different questions/],
    [['tools', 'get_ticket'], /too many arguments/],
    [['doctor', 'cursor'], /too many arguments/],
    [['config', 'cursor', 'zed'], /too many arguments/],
    [['serve', 'reader'], /too many arguments/],
    [['help', 'docter'], /there is no command "docter"\. Did you mean doctor\?/],
  ] as const) {
    test(`${args.join(' ')}: one line on stderr, nothing on stdout, exit code 2`, async () => {
      const { code, stdout, stderr } = await (OF_A_SERVER.includes(args[0]) ? runToEnd : runHere)([...args]);
      expect(stderr).toMatch(says);
      expect(stdout).toBe('');
      expect(code).toBe(2);
    });
  }

  test.each([
    [['help'], 'Usage: toado-mcp [options]'],
    [['help', 'config'], 'Usage: toado-mcp config'],
    [['help', 'completion'], 'Usage: toado-mcp completion'],
    [['help', 'doctor'], 'Usage: toado-mcp doctor'],
    [['help', 'sandbox'], 'Usage: toado-mcp sandbox'],
    [['serve', '--help'], 'Usage: toado-mcp serve'],
  ])('%j', async (args, begins) => {
    const { code, stdout } = await runHere(args);
    expect(code).toBe(0);
    expect(stdout.startsWith(begins)).toBe(true);
  });

  test.each(['bash', 'zsh', 'fish'])('completion %s prints what the shell loads', async (shell) => {
    const { code, stdout } = await (shell === 'bash' ? runToEnd : runHere)(['completion', shell]);
    expect(code).toBe(0);
    expect(stdout).toContain('toado-mcp');
  });

  test.each([
    [[''], ['serve', 'doctor', 'tools', 'config', 'sandbox']],
    [
      ['config', ''],
      ['cursor', 'claude-code', 'zed'],
    ],
    [
      ['sandbox', 'tokens', ''],
      ['create', 'list', 'revoke'],
    ],
    [
      ['experiments', ''],
      ['run', 'list', 'report'],
    ],
    [['help', 'ex'], ['experiments']],
    [
      ['sandbox', '--'],
      ['--fresh', '--open', '--port'],
    ],
    [
      ['doctor', '--'],
      ['--json', '--read-only'],
    ],
  ])('completion of %j', async (words, offered) => {
    const { stdout } = await (words.length === 1 ? runToEnd : runHere)(['complete', '--', ...words]);
    const names = stdout.split('\n').map((line) => line.split('\t')[0]);
    for (const one of offered) expect(names).toContain(one);
  });
});

describe('tokens are never taken from the command line', () => {
  const secret = 'tok_01HXYZ123ABCD';
  for (const args of [
    [secret],
    ['--token', secret],
    [`--${secret}`],
    [`--token=${secret}`],
    [`--sandbox=${secret}`],
    ['--sandbox', secret],
    ['doctor', `--api-token=${secret}`],
    ['config', 'cursor', `Bearer ${secret}`],
  ]) {
    test(args.join(' ').replace(secret, 'tok_…'), async () => {
      // Of a command, and of what serves.
      const isAProcess = args[0] === 'config' || args[0] === secret;
      const { code, stdout, stderr } = await (isAProcess ? runToEnd : runHere)(args);
      expect(stderr).toMatch(/^toado-mcp(?: error)?: there is a token on the command line/);
      expect(stdout + stderr).not.toContain(secret);
      expect(stdout).toBe('');
      expect(code).toBe(1);
    });
  }
});

describe('misspelt settings stop the start', () => {
  const token = 'tok_anything';
  for (const [args, env, says] of [
    [
      ['--tools', 'get_tickets'],
      {},
      /--tools \(TOADO_TOOLS\): there is no tool "get_tickets"\. Did you mean get_ticket\?/,
    ],
    [[], { TOADO_TOOLS: 'get_ticket,whoam' }, /there is no tool "whoam"\. Did you mean whoami\?/],
    [['--exclude', 'ad_comment'], {}, /--exclude \(TOADO_EXCLUDE\): there is no tool "ad_comment"/],
    [['--exclude', 'whoami'], {}, /whoami is always there/],
    [[], { TOADO_READ_ONLY: 'maybe' }, /--read-only \(TOADO_READ_ONLY\) must be true or false/],
    [['--project', ''], {}, /--project \(TOADO_PROJECT\) is empty/],
    [['--log-level', 'loud'], {}, /--log-level \(TOADO_LOG_LEVEL\) must be one of/],
    [['--log-format', 'xml'], {}, /--log-format \(TOADO_LOG_FORMAT\) must be one of/],
    [['--answer-tokens', 'many'], {}, /--answer-tokens \(TOADO_ANSWER_TOKENS\) must be a whole number/],
    [[], { TOADO_PROJCT: 'x' }, /TOADO_PROJCT \(in the environment\).* Did you mean TOADO_PROJECT\?/],
    [[], { HTTPS_PROXY: 'ftp://proxy:3128' }, /HTTPS_PROXY is not the address of a proxy/],
  ] as const) {
    test(`${[...args, ...Object.entries(env).map((pair) => pair.join('='))].join(' ')}`, async () => {
      // How a process ends with it: test/e2e/wrong-settings.
      const { code, stdout, stderr } = await runHere([...args], { TOADO_API_TOKEN: token, ...env });
      expect(stderr).toMatch(says);
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
      expect(stderr).not.toContain(token);
      expect(stdout).toBe('');
      expect(code).toBe(1);
    });
  }
});
