/** What settings come to: which source wins, what is refused and in which words, and that no value is ever said. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { secrets } from '../../src/respond/redact-token.ts';
import { readDotenv } from '../../src/settings/dotenv-file.ts';
import { loadApiUrl, loadNarrowing, loadSettings, unusableSettings } from '../../src/settings/settings.ts';
import { Problems } from '../../src/settings/settings-error.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { load, TOKEN, toolNames, withEnv } from './loading.ts';

test('nothing but a token: what there is without being said', () => {
  expect(load()).toMatchObject({
    apiUrl: 'https://app.toado.dev/api/v1',
    narrowing: { readOnly: false, only: undefined, exclude: [] },
    pins: {},
    answerTokens: 8_000,
    structured: false,
    alwaysLoad: false,
    logLevel: 'info',
    logFormat: 'text',
    warnings: [],
    origins: { TOADO_API_TOKEN: 'environment', TOADO_API_URL: 'default' },
  });
  expect(load().token.current()).toBe(TOKEN);
});

describe('which source wins', () => {
  test('a flag over the environment over .env; an empty variable is none', () => {
    const dotenv = 'TOADO_LOG_LEVEL=debug\nTOADO_PROJECT=from-dotenv\nOTHER=x\n';
    const env = { TOADO_API_TOKEN: TOKEN, TOADO_LOG_LEVEL: 'warn', TOADO_PROJECT: ' ' };
    expect(load({ env, dotenv })).toMatchObject({
      logLevel: 'warn',
      pins: { project_id: 'from-dotenv' },
      origins: { TOADO_LOG_LEVEL: 'environment', TOADO_PROJECT: '.env' },
    });
    expect(load({ env, dotenv, flags: { TOADO_LOG_LEVEL: 'error' } })).toMatchObject({
      logLevel: 'error',
      origins: { TOADO_LOG_LEVEL: 'flag' },
    });
  });

  test.each([
    ['where files are written', 'TOADO_FILES=./files', /^TOADO_FILES can't be set in \.env: .*--files/],
    [
      'how requests are written',
      'TOADO_API_MAP=map.json',
      /^TOADO_API_MAP can't be set in \.env: .*--api-map/,
    ],
  ])('.env never chooses %s', (_, dotenv, says) => {
    expect(() => load({ dotenv })).toThrow(says);
  });

  test('.env that can’t be read as one is said where it is not needed, and stops nothing', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, '.env'), Buffer.from([0xff, 0xfe, 0]));
    const input = { env: { TOADO_API_TOKEN: TOKEN }, folder, toolNames };
    expect(loadSettings(input).warnings).toEqual([
      expect.stringMatching(/\.env is not read: it is not UTF-8 text\.$/),
    ]);
    expect(() => loadSettings({ ...input, env: {} })).toThrow(/is not set\. .*\.env is not read/);
    expect(load({ dotenv: 'TOADO_PROJECT=\0' }).warnings).toEqual([
      expect.stringContaining('not UTF-8 text'),
    ]);
    const isFolder = temporaryFolder();
    mkdirSync(join(isFolder, '.env'));
    expect(loadSettings({ ...input, folder: isFolder }).warnings).toEqual([]);
  });

  test('of .env nothing but ours is taken', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, '.env'), 'AWS_SECRET=x\nTOADO_PROJECT=shop\nNOT_TOADO_X=1\n');
    expect(readDotenv(folder)).toEqual({ variables: { TOADO_PROJECT: 'shop' } });
  });

  test('a line of .env that sets nothing', () => {
    expect(() => load({ dotenv: 'OTHER x\nTOADO_PROJECT shop\n' })).toThrow(
      /\.env, line 2: expected TOADO_NAME=value\./,
    );
  });
});

test('a .env whose lines can’t be read may hold the token: that there is none is not said', () => {
  expect(() => load({ env: {}, dotenv: 'TOADO_PROJECT shop\n' })).toThrow(
    /^(?!.*is not set).*line 1: expected/,
  );
  expect(() => load({ dotenv: 'TOADO_PROJEKT=shop\n' })).toThrow(
    /^TOADO_PROJEKT \(in \.env\) is not a variable/,
  );
});

describe('which address', () => {
  test.each([
    ['https://toado.example/api/v1/', 'https://toado.example/api/v1'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['http://127.0.0.1:3000/', 'http://127.0.0.1:3000'],
    ['http://127.9.9.9', 'http://127.9.9.9'],
    ['http://[::1]:80', 'http://[::1]'],
  ])('%s', (TOADO_API_URL, apiUrl) => {
    expect(withEnv({ TOADO_API_URL }).apiUrl).toBe(apiUrl);
    expect(loadApiUrl({ env: { TOADO_API_URL }, folder: undefined, toolNames }).apiUrl).toBe(apiUrl);
  });

  test.each([
    ['http://toado.local', /must start with https: \(toado\.local is not this machine/],
    ['http://127.0.0.1.example', /must start with https:/],
    ['http://localhost.example', /must start with https:/],
    ['http://notlocalhost', /must start with https:/],
    ['ftp://127.0.0.1', /starts with ftp:/],
    ['https://me@toado.example', /has a name or password in it/],
    ['https://:pw@toado.example', /has a name or password in it/],
    ['https://toado.example/?x', /has a \? or # part/],
    ['https://toado.example/#x', /has a \? or # part/],
    ['nonsense', /is not an address/],
    ['mailto:x@toado.example', /starts with mailto:/],
    ['jason:12@toado.example', /starts with jason:/],
    ['toado.example?x', /is not an address/],
  ])('not %s', (TOADO_API_URL, says) => expect(() => withEnv({ TOADO_API_URL })).toThrow(says));

  test.each([
    ['localhost:8623', 'http://localhost:8623'],
    ['LOCALHOST/api/v1/', 'http://localhost/api/v1'],
    ['127.0.0.1:8623/api/v1', 'http://127.0.0.1:8623/api/v1'],
    ['[::1]:8623', 'http://[::1]:8623'],
    ['app.example.com/api/v1', 'https://app.example.com/api/v1'],
    ['app.example.com:8443', 'https://app.example.com:8443'],
    ['toado:3000', 'https://toado:3000'],
    ['192.168.1.10:8623', 'https://192.168.1.10:8623'],
  ])('%s lacks its scheme: %s is meant', (TOADO_API_URL, meant) =>
    expect(() => withEnv({ TOADO_API_URL })).toThrow(
      `TOADO_API_URL lacks http:// or https:// at its beginning: ${meant} is probably meant.`,
    ));

  test('what is on this machine never goes through a proxy', () => {
    const proxies = { HTTPS_PROXY: 'http://p:1', HTTP_PROXY: 'http://p:1', ALL_PROXY: 'http://p:1' };
    expect(withEnv({ ...proxies, TOADO_API_URL: 'http://127.0.0.1:1' }).proxy).toEqual({});
    expect(withEnv({ ...proxies, TOADO_API_URL: 'https://localhost:1' }).proxy).toEqual({});
    expect(withEnv(proxies).proxy.variable).toBe('HTTPS_PROXY');
  });
});

test.each<[string, Record<string, string>, object]>([
  [
    'a switch',
    { TOADO_READ_ONLY: 'Yes', TOADO_STRUCTURED: '1', TOADO_ALWAYS_LOAD: 'off' },
    { structured: true, alwaysLoad: false, narrowing: { readOnly: true } },
  ],
  [
    'tools',
    { TOADO_TOOLS: 'get_ticket, whoami', TOADO_EXCLUDE: 'archive_ticket' },
    { narrowing: { only: ['get_ticket', 'whoami'], exclude: ['archive_ticket'] } },
  ],
  [
    'fixed ones',
    { TOADO_PROJECT: ' Shop ', TOADO_COMPANY: 'co_1' },
    { pins: { project_id: 'Shop', company_id: 'co_1' } },
  ],
  ['the fewest tokens', { TOADO_ANSWER_TOKENS: '500' }, { answerTokens: 500 }],
  ['the most tokens', { TOADO_ANSWER_TOKENS: '200000' }, { answerTokens: 200_000 }],
  [
    'a level in capitals',
    { TOADO_LOG_LEVEL: 'DEBUG', TOADO_LOG_FORMAT: 'json' },
    { logLevel: 'debug', logFormat: 'json' },
  ],
  ['a name of forty characters', { TOADO_NAME: `t${'-'.repeat(39)}` }, { name: `t${'-'.repeat(39)}` }],
])('%s', (_, env, settings) => expect(withEnv(env)).toMatchObject(settings));

test.each<[string, RegExp, Record<string, string>]>([
  ['a switch', /--read-only \(TOADO_READ_ONLY\) must be true or false/, { TOADO_READ_ONLY: 'maybe' }],
  ['a tool', /there is no tool "get_tickets"\. .*get_ticket/, { TOADO_TOOLS: 'get_tickets' }],
  ['no tool', /--tools \(TOADO_TOOLS\) names no tool/, { TOADO_TOOLS: ',' }],
  ['whoami left out', /whoami is always there/, { TOADO_EXCLUDE: 'whoami' }],
  ['too few tokens', /from 500 to 200000/, { TOADO_ANSWER_TOKENS: '499' }],
  ['too many tokens', /from 500 to 200000/, { TOADO_ANSWER_TOKENS: '200001' }],
  ['half a token', /from 500 to 200000/, { TOADO_ANSWER_TOKENS: '600.5' }],
  ['a level', /must be one of error, warn, info, debug/, { TOADO_LOG_LEVEL: 'loud' }],
  ['a long name', /up to 40 letters/, { TOADO_NAME: `t${'-'.repeat(40)}` }],
  ['a name with a digit first', /beginning with a letter/, { TOADO_NAME: '1toado' }],
  [
    'a variable that is none',
    /TOADO_TOOL \(in the environment\) is not a variable of toado-mcp\..*TOADO_TOOLS/,
    { TOADO_TOOL: 'x' },
  ],
  ['a reference', /--project \(TOADO_PROJECT\) was not filled in/, { TOADO_PROJECT: '$' + '{PROJECT}' }],
])('refused: %s', (_, says, env) => expect(() => withEnv(env)).toThrow(says));

test('a flag that says nothing is no setting that was left out', () => {
  expect(() => load({ flags: { TOADO_PROJECT: ' ' } })).toThrow(/--project \(TOADO_PROJECT\) is empty/);
});

test('a reference that was not filled in is said once, and not as what it isn’t', () => {
  expect(() => withEnv({ TOADO_ANSWER_TOKENS: '%TOKENS%' })).toThrow(
    /^--answer-tokens \(TOADO_ANSWER_TOKENS\) was not filled in: [^(]*$/,
  );
});

test('everything that is wrong is said at once', () => {
  expect(() =>
    withEnv({ TOADO_READ_ONLY: 'maybe', TOADO_ANSWER_TOKENS: '1', TOADO_LOG_LEVEL: 'loud' }),
  ).toThrow(/^3 settings are wrong\. \(1\) .*READ_ONLY.* \(2\) .*ANSWER_TOKENS.* \(3\) .*LOG_LEVEL/);
});

test('and what is wrong twice is said once', () => {
  const problems = new Problems();
  for (const problem of ['One.', 'Two.', 'One.']) problems.add(problem);
  expect(() => problems.throwAny()).toThrow(/^2 settings are wrong\. \(1\) One\. \(2\) Two\.$/);
});

test('where nothing can be used, nothing can be done: no token, and read-only', () => {
  const { narrowing, token } = unusableSettings('why');
  expect([narrowing, token.current(), token.problem()]).toEqual([{ readOnly: true, exclude: [] }, '', 'why']);
});

test('a reference in place of the token’s file: that there is no token is not said', () => {
  const env = { TOADO_API_TOKEN_FILE: '$' + '{FILE}' };
  expect(() => load({ env })).toThrow(/^TOADO_API_TOKEN_FILE was not filled in: [^(]*$/);
});

test('a token in the wrong place is never said, whatever is wrong with it', () => {
  for (const env of [
    { TOADO_PROJECT: 'tok_in_project' },
    { TOADO_TOOLS: 'tok_in_tools' },
    { tok_in_name: 'x', TOADO_tok_in_name: 'x' },
  ] as Record<string, string>[]) {
    try {
      withEnv(env);
    } catch {
      // What is said goes through the redactor.
    }
  }
  withEnv({ TOADO_API_URL: 'https://tok_In_Url', HTTPS_PROXY: 'http://tok_In_Proxy:1' });
  expect(secrets.redact('http://tok_in_url tok_in_proxy:1 tok_In_Proxy')).toBe(
    'http://[redacted token] [redacted token] [redacted token]',
  );
  const TOADO_FILES = join(temporaryFolder(), 'tok_a_folder');
  load({ flags: { TOADO_PROJECT: 'tok_in_flag', TOADO_FILES } });
  // A file's path has to stay one.
  expect(secrets.redact('tok_in_flag tok_a_folder')).toBe('[redacted token] tok_a_folder');
  expect(secrets.redact('tok_in_project tok_in_tools TOADO_tok_in_name')).toBe(
    '[redacted token] [redacted token] TOADO_[redacted token]',
  );
});

test('what narrows is known without a token', () => {
  const narrowing = (env: Record<string, string>) => loadNarrowing({ env, folder: undefined, toolNames });
  expect(narrowing({ TOADO_READ_ONLY: '1' })).toMatchObject({
    narrowing: { readOnly: true },
    hasToken: false,
  });
  expect(narrowing({ TOADO_API_TOKEN_FILE: '/nowhere' }).hasToken).toBe(true);
  expect(() => narrowing({ TOADO_READ_ONLY: 'maybe' })).toThrow(/must be true or false/);
});
