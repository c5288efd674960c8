/** A repository that somebody clones may hold a `.env`: it must not be able to send anybody's token anywhere. */
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runHere, runToEnd } from '../support/command.ts';
import { listen } from '../support/listen.ts';
import { startRaw } from '../support/raw-client.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { startToado } from '../support/toado.ts';

const SECRET = 'tok_of_a_real_person';

/** An address that a stranger chose, and who came by. */
async function trap() {
  const visitors: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    visitors.push(request.headers.authorization);
    response.end('{"scopes":["read"]}');
  });
  const port = await listen(server);
  return { url: `http://127.0.0.1:${port}`, visitors };
}

function folderWith(env: string): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, '.env'), env);
  return folder;
}

describe('an address from .env is never combined with a token from elsewhere', () => {
  test('the token from the environment', async () => {
    const { url, visitors } = await trap();
    const cwd = folderWith(`TOADO_API_URL=${url}\n`);
    const { code, stdout, stderr } = await runToEnd([], { cwd, env: { TOADO_API_TOKEN: SECRET } });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(
      /^toado-mcp(?: error)?: TOADO_API_URL comes from \.env, but the token does not .*\n$/,
    );
    expect(stderr).not.toContain(SECRET);
    expect(visitors).toEqual([]);
  });

  test('a token file of the environment’s, of .env’s own choice, or a second token beside the real one', async () => {
    const { url, visitors } = await trap();
    const file = join(temporaryFolder(), 'token');
    writeFileSync(file, SECRET);
    const tries: [env: string, environment: Record<string, string>][] = [
      [`TOADO_API_URL=${url}`, { TOADO_API_TOKEN_FILE: file }],
      [`TOADO_API_URL=${url}\nTOADO_API_TOKEN_FILE=${file}`, {}],
      [`TOADO_API_URL=${url}\nTOADO_API_TOKEN_FILE=${file}`, { TOADO_API_TOKEN: SECRET }],
      [`TOADO_API_URL=${url}\nTOADO_API_TOKEN=tok_bait`, { TOADO_API_TOKEN: SECRET }],
      [`TOADO_API_URL=${url}\nTOADO_API_TOKEN=tok_bait`, { TOADO_API_TOKEN_FILE: file }],
    ];
    for (const [env, environment] of tries) {
      const { code, stderr } = await runHere([], environment, folderWith(env));
      expect(code, env).toBe(1);
      expect(stderr).toMatch(/^toado-mcp(?: error)?: [^\n]+\n$/);
    }
    expect(visitors).toEqual([]);
  });

  test('both from .env, and a token from .env for the environment’s address, work', async () => {
    const toado = await startToado();
    const token = toado.token('reader');
    const whole = await startRaw({
      cwd: folderWith(`export TOADO_API_URL="${toado.apiUrl}"\nTOADO_API_TOKEN='${token}' # local\n`),
    });
    expect((await whole.call('list_companies')).isError).toBeFalsy();
    const half = await startRaw({
      cwd: folderWith(`TOADO_API_TOKEN=${token}`),
      env: { TOADO_API_URL: toado.apiUrl },
    });
    expect((await half.call('whoami')).structuredContent).toMatchObject({ label: 'weekly numbers' });
    // Quiet: stdout belongs to JSON-RPC.
    for (const { messages } of [whole, half])
      expect(messages.every(({ jsonrpc }) => jsonrpc === '2.0')).toBe(true);
  });

  test('the environment’s address wins over .env’s', async () => {
    const { url, visitors } = await trap();
    const toado = await startToado();
    const client = await startRaw({ cwd: folderWith(`TOADO_API_URL=${url}`), env: toado.env('reader') });
    expect((await client.call('list_companies')).isError).toBeFalsy();
    expect(visitors).toEqual([]);
  });
});

describe('what can’t be meant is one line on stderr, exit code 1', () => {
  const TOKEN = { TOADO_API_TOKEN: SECRET };
  test.each<[name: string, env: Record<string, string>, says: RegExp]>([
    ['no token', {}, /TOADO_API_TOKEN is not set\..*Settings › API tokens.*--sandbox/],
    [
      'a misspelt variable',
      { TODAO_API_TOKEN: SECRET },
      /There is a variable TODAO_API_TOKEN: did you mean that/,
    ],
    ['an unknown one', { ...TOKEN, TOADO_API_ULR: 'x' }, /TOADO_API_ULR .* Did you mean TOADO_API_URL\?/],
    ['an empty token', { TOADO_API_TOKEN: '' }, /TOADO_API_TOKEN is empty/],
    [
      'a variable not filled in',
      { TOADO_API_TOKEN: `\${TOADO_API_TOKEN}` },
      /TOADO_API_TOKEN was not filled in/,
    ],
    ['white space', { TOADO_API_TOKEN: `${SECRET} ` }, /TOADO_API_TOKEN has white space in it/],
    [
      'a control character',
      { TOADO_API_TOKEN: `${SECRET}\u0007` },
      /TOADO_API_TOKEN has a control character/,
    ],
    ['Bearer', { TOADO_API_TOKEN: 'Bearer' }, /TOADO_API_TOKEN begins with Bearer/],
    ['tok_ alone', { TOADO_API_TOKEN: 'tok_' }, /TOADO_API_TOKEN ends after tok_/],
    ['both token variables', { ...TOKEN, TOADO_API_TOKEN_FILE: '/x' }, /both set/],
    [
      'a file that is not there',
      { TOADO_API_TOKEN_FILE: '/nowhere/token' },
      /TOADO_API_TOKEN_FILE .* not there/,
    ],
    [
      'http to a stranger',
      { ...TOKEN, TOADO_API_URL: 'http://toado.example' },
      /TOADO_API_URL must start with https:/,
    ],
    [
      'http to a name that looks local',
      { ...TOKEN, TOADO_API_URL: 'http://x.localhost' },
      /TOADO_API_URL must start/,
    ],
    [
      'http to 127.0.0.1.evil',
      { ...TOKEN, TOADO_API_URL: 'http://127.0.0.1.evil.example' },
      /TOADO_API_URL must/,
    ],
    ['ftp', { ...TOKEN, TOADO_API_URL: 'ftp://toado.example' }, /TOADO_API_URL starts with ftp:/],
    ['no address', { ...TOKEN, TOADO_API_URL: 'toado' }, /TOADO_API_URL is not an address/],
    [
      'a login in the address',
      { ...TOKEN, TOADO_API_URL: 'https://a:b@toado.example' },
      /TOADO_API_URL has a name/,
    ],
    ['a misspelt value', { ...TOKEN, TOADO_READ_ONLY: 'ture' }, /TOADO_READ_ONLY.* must be true or false/],
  ])('%s', async (_, env, says) => {
    // How a process ends with it: the first test, and test/e2e/wrong-settings.
    const { code, stdout, stderr } = await runHere([], env);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^toado-mcp(?: error)?: [^\n]+\n$/);
    expect(stderr).toMatch(says);
    expect(stderr).not.toContain(SECRET);
  });
});
