/** Settings that can't be used, each in one way, and what is said of them. */
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { runHere, runToEnd } from '../support/command.ts';
import { startRawInProcess } from '../support/connect-in-process.ts';
import { listen } from '../support/listen.ts';
import { errorOf, type RawSession, startRaw } from '../support/raw-client.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { ALL_TOOLS } from '../support/tools-of-scopes.ts';

const TOKEN = { TOADO_API_TOKEN: 'tok_9fRk2LmQ7x' };

/** An address that nothing may be sent to, and who came by. */
export async function toadoThatCounts() {
  let requests = 0;
  const server = createServer((_, response) => {
    requests++;
    response.end('{"scopes":["read"]}');
  });
  const port = await listen(server);
  const url = `http://127.0.0.1:${port}`;
  return { url, requests: () => requests };
}

export const toolNames = async (client: RawSession) =>
  ((await client.request('tools/list')).result!.tools as { name: string }[]).map(({ name }) => name);

type Start = { env?: Record<string, string>; args?: string[]; cwd?: () => string };

export function folderWith(dotenv: string): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, '.env'), dotenv);
  return folder;
}

export const UNFILLED = '${' + 'X}';
export type Wrong = [name: string, start: Start, says: RegExp];

export const WRONG: Wrong[] = [
  ['no token', {}, /TOADO_API_TOKEN is not set\..*Settings › API tokens.*--sandbox/],
  ['an empty token', { env: { TOADO_API_TOKEN: '' } }, /TOADO_API_TOKEN is empty/],
  ['a token of spaces', { env: { TOADO_API_TOKEN: '  ' } }, /TOADO_API_TOKEN is empty/],
  ['a reference', { env: { TOADO_API_TOKEN: UNFILLED } }, /TOADO_API_TOKEN was not filled in/],
  [
    'VS Code’s reference',
    { env: { TOADO_API_TOKEN: '${' + 'env:TOADO}' } },
    /TOADO_API_TOKEN was not filled in/,
  ],
  ['VS Code’s input', { env: { TOADO_API_TOKEN: '${' + 'input:toado-token}' } }, /was not filled in/],
  ['Windows’ reference', { env: { TOADO_API_TOKEN: '%TOADO_API_TOKEN%' } }, /was not filled in/],
  ['a shell’s reference', { env: { TOADO_API_TOKEN: '$TOADO_API_TOKEN' } }, /was not filled in/],
  ['a template', { env: { TOADO_API_TOKEN: '{{ token }}' } }, /was not filled in/],
  ['angle brackets', { env: { TOADO_API_TOKEN: '<your token>' } }, /was not filled in/],
  ['a placeholder', { env: { TOADO_API_TOKEN: 'tok_PASTE_YOURS_HERE' } }, /was not filled in/],
  ['another placeholder', { env: { TOADO_API_TOKEN: 'tok_your-token' } }, /was not filled in/],
  ['dots', { env: { TOADO_API_TOKEN: 'tok_01HXYZ123ABCD....' } }, /was not filled in/],
  ['crosses', { env: { TOADO_API_TOKEN: 'tok_xxxxxxxx' } }, /was not filled in/],
  [
    'a token in quotation marks',
    { env: { TOADO_API_TOKEN: '"tok_9fRk2LmQ7x"' } },
    /has quotation marks around it/,
  ],
  ['a header’s token', { env: { TOADO_API_TOKEN: 'Bearer tok_9fRk2LmQ7x' } }, /begins with Bearer/],
  ['a folder as token file', { env: { TOADO_API_TOKEN_FILE: tmpdir() } }, /it is a folder/],
  ['a token of another kind', { env: { TOADO_API_TOKEN: 'ghp_abcdef' } }, /does not start with tok_/],
  [
    'a project that was not filled in',
    { env: { ...TOKEN, TOADO_PROJECT: UNFILLED } },
    /--project \(TOADO_PROJECT\) was not filled in/,
  ],
  [
    'a flag that was not filled in',
    { env: TOKEN, args: ['--company', UNFILLED] },
    /--company \(TOADO_COMPANY\) was not filled in/,
  ],
  ['a misspelt tool', { env: { ...TOKEN, TOADO_TOOLS: 'list_ticket' } }, /Did you mean list_tickets\?/],
  ['an unknown variable', { env: { ...TOKEN, TOADO_API_TOKN: 'x' } }, /TOADO_API_TOKN .*Did you mean/],
  [
    'http to a stranger',
    { env: { ...TOKEN, TOADO_API_URL: 'http://toado.example' } },
    /must start with https:/,
  ],
  ['a misspelt flag', { env: TOKEN, args: ['--readonly'] }, /--readonly/],
  ['a token on the command line', { args: ['--tools', 'tok_9fRk2LmQ7x'] }, /token on the command line/],
  [
    'a sandbox token that is none',
    { args: ['--sandbox', 'nobody', '--db', ':memory:'] },
    /there is no token "nobody"/,
  ],
  ['both token variables', { env: { ...TOKEN, TOADO_API_TOKEN_FILE: '/x' } }, /both set/],
  [
    'a .env that would get the environment’s token',
    { env: TOKEN, cwd: () => folderWith('TOADO_API_URL=https://evil.example\n') },
    /TOADO_API_URL comes from \.env, but the token does not/,
  ],
];

/** @param unused where it says no address: nothing may be sent there. */
const optionsOf = ({ env, args, cwd }: Start, unused: string) => {
  const hasAddress = cwd || env?.TOADO_API_URL || args?.[0] === '--sandbox';
  return { env: { ...(hasAddress ? {} : { TOADO_API_URL: unused }), ...env }, args, cwd: cwd?.() };
};
const SECRET = /9fRk2LmQ7x|ghp_abcdef|\n {4}at /;

/**
 * A server that a client started stays, serves whoami alone, and says it there and once on stderr.
 * @param how as a process, or as a session in this one has it.
 */
export async function expectServesWhoami(
  [name, start, says]: Wrong,
  unused: string,
  how: 'process' | 'here' = 'process',
): Promise<void> {
  const program = how === 'process' ? await startRaw(optionsOf(start, unused)) : undefined;
  const client = program ?? (await startRawInProcess(optionsOf(start, unused)));
  expect(await toolNames(client), name).toEqual(['whoami']);
  const text = (await client.call('whoami')).content[0]!.text!;
  expect(text, name).toMatch(says);
  expect(text, name).toMatch(/^settings: .+\nNext: .+/m);
  expect(errorOf(await client.call('list_companies')), name).toMatchObject({
    code: 'settings',
    outcome: 'not_sent',
  });
  expect((await client.request('prompts/list')).result!.prompts, name).toEqual([]);
  expect((await client.request('resources/list')).result!.resources, name).toEqual([]);
  if (program) {
    program.child.stdin!.end();
    expect((await program.exited).code, name).toBe(0);
  }
  const lines = client.stderr().trim().split('\n');
  expect(
    lines.filter((line) => says.test(line)),
    `${name}: ${client.stderr()}`,
  ).toHaveLength(1);
  expect(client.stderr() + text, name).not.toMatch(SECRET);
}

/** Where nobody asks, it says it in one line and ends. @param how as a process, or as the sources say it. */
export async function expectEndsWithIt(
  [name, start, says]: Wrong,
  unused: string,
  how: 'process' | 'here',
): Promise<void> {
  const { args = [], ...options } = optionsOf(start, unused);
  const { code, stdout, stderr } = await (how === 'process'
    ? runToEnd(args, options)
    : runHere(args, options.env, options.cwd));
  expect([1, 2], name).toContain(code);
  expect(stdout, name).toBe('');
  expect(stderr.trim().split('\n'), name).toHaveLength(1);
  expect(stderr, name).toMatch(says);
  expect(stderr, name).not.toMatch(SECRET);
}

/** A `.env` that is none of ours, and whether it is worth a word. */
export type OddDotenv = [name: string, make: (path: string) => void, warns: boolean];

/** The server starts beside each of them. @param byProgram the one that is tried with the program; the others here. */
export async function expectStartsBeside(
  odd: readonly OddDotenv[],
  env: Record<string, string>,
  byProgram?: string,
): Promise<void> {
  await Promise.all(
    odd.map(async ([name, make, warns]) => {
      const cwd = temporaryFolder();
      make(join(cwd, '.env'));
      const start = name === byProgram ? startRaw : startRawInProcess;
      const client = await start({ env, cwd });
      expect(await toolNames(client), name).toHaveLength(ALL_TOOLS.length);
      const warnings = client
        .stderr()
        .split('\n')
        .filter((line) => line.includes('warn'));
      expect(warnings, name).toHaveLength(warns ? 1 : 0);
      if (warns) expect(warnings[0], name).toContain(`${join(cwd, '.env')} is not read: `);
    }),
  );
}
