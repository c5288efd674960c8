/**
 * Settings that can't be used: a server that a client started stays, serves whoami alone and says what to do; in a
 * terminal it is one line and exit code 1. Nothing is sent to Toado.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runHere, runToEnd } from '../support/command.ts';
import { startRawInProcess } from '../support/connect-in-process.ts';
import { startRaw } from '../support/raw-client.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { startToado } from '../support/toado.ts';
import { ALL_TOOLS } from '../support/tools-of-scopes.ts';
import {
  expectEndsWithIt,
  expectServesWhoami,
  expectStartsBeside,
  folderWith,
  type OddDotenv,
  toadoThatCounts,
  toolNames,
  UNFILLED,
  WRONG,
} from './wrong-settings.ts';

/** One for each way in which settings come; every kind in the full run. */
const BY_PROGRAM = [
  'no token',
  'a flag that was not filled in',
  'a sandbox token that is none',
  'a .env that would get the environment’s token',
];
/** Found on the command line before there are settings. */
const BEFORE_SETTINGS = ['a misspelt flag', 'a token on the command line'];
const byProgram = WRONG.filter(([name]) => BY_PROGRAM.includes(name));
const here = WRONG.filter(([name]) => ![...BY_PROGRAM, ...BEFORE_SETTINGS].includes(name));

describe('each is said', () => {
  test('started by a client: by whoami, which is alone', { timeout: 60_000 }, async () => {
    const toado = await toadoThatCounts();
    expect(byProgram).toHaveLength(BY_PROGRAM.length);
    await Promise.all(byProgram.map((wrong) => expectServesWhoami(wrong, toado.url)));
    expect(toado.requests()).toBe(0);
  });

  test.each(here)('as a session in this process has it, by whoami, which is alone: %s', async (...wrong) => {
    const toado = await toadoThatCounts();
    await expectServesWhoami(wrong, toado.url, 'here');
    expect(toado.requests()).toBe(0);
  });

  test('nobody asks: in the line with which it ends', { timeout: 60_000 }, async () => {
    const toado = await toadoThatCounts();
    await Promise.all(byProgram.map((one) => expectEndsWithIt(one, toado.url, 'process')));
    expect(toado.requests()).toBe(0);
  });

  test.each(WRONG)('in a terminal, in the line with which it ends: %s', async (...wrong) => {
    const toado = await toadoThatCounts();
    await expectEndsWithIt(wrong, toado.url, 'here');
    expect(toado.requests()).toBe(0);
  });

  test('nobody asks: it ends as it would have', async () => {
    const { code, stdout, stderr } = await runToEnd([], {});
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^toado-mcp error: TOADO_API_TOKEN is not set[^\n]*\n$/);
  });
});

describe('several that are wrong', () => {
  const UNUSABLE = {
    TOADO_API_TOKEN: 'ghp_abcdef',
    TOADO_LOG_LEVEL: 'loud',
    TOADO_TOOLS: 'list_ticket',
    TOADO_PROJECT: UNFILLED,
    TOADO_ANSWER_TOKENS: 'many',
    TOADO_READONLY: '1',
    HTTPS_PROXY: 'socks5://127.0.0.1:1',
  };
  const EACH = [
    /does not start with tok_/,
    /--log-level \(TOADO_LOG_LEVEL\) must be one of/,
    /Did you mean list_tickets\?/,
    /--project \(TOADO_PROJECT\) was not filled in/,
    /--answer-tokens \(TOADO_ANSWER_TOKENS\) must be/,
    /TOADO_READONLY .*is not a variable/,
    /SOCKS/,
  ];

  test('are all said: by whoami, by doctor, and in the one line', { timeout: 60_000 }, async () => {
    const client = await startRaw({ env: UNUSABLE });
    const whoami = (await client.call('whoami')).content[0]!.text!;
    const doctor = await runHere(['doctor'], UNUSABLE);
    const one = await runHere([], UNUSABLE);
    expect(one.stderr.trim().split('\n')).toHaveLength(1);
    for (const said of [whoami, doctor.stdout.replace(/\s+/g, ' '), one.stderr]) {
      expect(said).toContain('7 settings are wrong');
      for (const says of EACH) expect(said).toMatch(says);
      expect(said).not.toContain('ghp_');
    }
    expect([doctor.code, one.code]).toEqual([1, 1]);
  });

  test('nothing is said to be missing that may stand in what can’t be read', async () => {
    const cwd = folderWith('TOADO_API_TOKEN tok_abc\nTOADO_LOG_LEVEL=loud\n');
    const { stderr } = await runHere([], {}, cwd);
    expect(stderr).toMatch(/line 1: expected TOADO_NAME=value/);
    expect(stderr).not.toMatch(/is not set|tok_abc/);
    const unfilled = await runHere([], { TOADO_API_TOKEN_FILE: UNFILLED });
    expect(unfilled.stderr).toMatch(/TOADO_API_TOKEN_FILE was not filled in/);
    expect(unfilled.stderr).not.toContain('is not set');
  });
});

describe('a token file that comes later', () => {
  test.each([
    ['whoami', 'by the built program', startRaw],
    ['tools/list', 'by a session in this process', startRawInProcess],
    ['a call', 'by a session in this process', startRawInProcess],
  ] as const)('is read by the next %s %s', async (how, _, start) => {
    const toado = await startToado();
    const file = join(temporaryFolder(), 'token');
    const client = await start({ env: { TOADO_API_URL: toado.apiUrl, TOADO_API_TOKEN_FILE: file } });
    expect(await toolNames(client)).toEqual(['whoami']);
    expect((await client.call('whoami')).content[0]!.text).toMatch(/names a file that is not there/);
    writeFileSync(file, 'tok_PASTE_YOURS_HERE');
    expect((await client.call('whoami')).content[0]!.text).toMatch(/was not filled in/);
    writeFileSync(file, toado.token('triage'));
    if (how === 'whoami') expect((await client.call('whoami')).content[0]!.text).toContain('state: granted');
    if (how === 'a call') expect((await client.call('list_companies')).isError).toBeFalsy();
    expect(await toolNames(client)).toHaveLength(ALL_TOOLS.length);
    expect(client.stderr()).not.toContain(toado.token('triage'));
  });
});

describe('what must not stop a start', () => {
  test('optional variables that are empty, as installers pass them', async () => {
    const toado = await startToado();
    const empty = Object.fromEntries(
      [
        'API_TOKEN_FILE',
        'READ_ONLY',
        'TOOLS',
        'EXCLUDE',
        'PROJECT',
        'COMPANY',
        'ANSWER_TOKENS',
        'STRUCTURED',
        'LOG_LEVEL',
        'LOG_FORMAT',
      ].map((name) => [`TOADO_${name}`, '']),
    );
    const client = await startRaw({ env: { ...toado.env(), ...empty } });
    expect(await toolNames(client)).toHaveLength(ALL_TOOLS.length);
  });

  test('a .env that is none of ours: one warning names it', async () => {
    const toado = await startToado();
    /** The others by sessions in this process. */
    const BY_PROGRAM = 'Latin-1';
    const odd: OddDotenv[] = [
      [BY_PROGRAM, (path) => writeFileSync(path, Buffer.from('DB_PASSWORD=p\xe4ssword\n', 'latin1')), true],
      ['UTF-16', (path) => writeFileSync(path, Buffer.from('\ufeffTOADO_TOOLS=x\n', 'utf16le')), true],
      ['very large', (path) => writeFileSync(path, 'X=1\n'.repeat(400_000)), true],
      ['a folder', (path) => mkdirSync(path), false],
      ['UTF-8 with a byte order mark', (path) => writeFileSync(path, '\ufeffDB=1\n'), false],
    ];
    await expectStartsBeside(odd, toado.env(), BY_PROGRAM);
  }, 60_000);
});
