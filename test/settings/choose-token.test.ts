/** Which token is used of those that are set, and that none is sent where somebody else chose. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary.ts';
import { file, load, TOKEN, withEnv } from './loading.ts';

describe('which token', () => {
  const url = 'TOADO_API_URL=https://toado.example';
  test('from a file, and from .env for its own address', () => {
    const TOADO_API_TOKEN_FILE = file(`${TOKEN}\n`);
    expect(load({ env: { TOADO_API_TOKEN_FILE } }).token).toMatchObject({ origin: TOADO_API_TOKEN_FILE });
    const own = load({ env: {}, dotenv: `${url}\nTOADO_API_TOKEN=${TOKEN}` });
    expect([own.apiUrl, own.token.current(), own.token.origin]).toEqual([
      'https://toado.example',
      TOKEN,
      'TOADO_API_TOKEN (in .env)',
    ]);
  });

  test('two are one too many, unless a folder brought the second along', () => {
    const TOADO_API_TOKEN_FILE = file('tok_settings_two');
    expect(() => withEnv({ TOADO_API_TOKEN_FILE })).toThrow(/are both set: keep one/);
    const dotenv = `TOADO_API_TOKEN_FILE=${TOADO_API_TOKEN_FILE}`;
    expect(load({ dotenv }).token.current()).toBe(TOKEN);
    const bait = load({ env: { TOADO_API_TOKEN_FILE }, dotenv: `TOADO_API_TOKEN=${TOKEN}` });
    expect(bait.token.current()).toBe('tok_settings_two');
    expect(() => load({ env: {}, dotenv: `${dotenv}\nTOADO_API_TOKEN=${TOKEN}` })).toThrow(/are both set/);
  });

  test('none of the environment’s is sent to an address that .env chose', () => {
    const TOADO_API_TOKEN_FILE = file(TOKEN);
    expect(() => load({ dotenv: url })).toThrow(/TOADO_API_URL comes from \.env, but the token does not/);
    expect(() => load({ dotenv: `${url}\nTOADO_API_TOKEN=tok_bait` })).toThrow(/but the token does not/);
    expect(() => load({ env: { TOADO_API_TOKEN_FILE }, dotenv: `${url}\nTOADO_API_TOKEN=tok_bait` })).toThrow(
      /but the token does not/,
    );
    expect(() => load({ env: {}, dotenv: `${url}\nTOADO_API_TOKEN_FILE=${TOADO_API_TOKEN_FILE}` })).toThrow(
      /but the token does not/,
    );
    expect(
      load({ env: { TOADO_API_URL: 'https://a.example' }, dotenv: `TOADO_API_TOKEN=${TOKEN}` }).apiUrl,
    ).toBe('https://a.example');
  });

  test.each([
    ['', /^TOADO_API_TOKEN is empty\. Make a token/],
    ['$' + '{TOADO_API_TOKEN}', /was not filled in/],
    ['"tok_x"', /has quotation marks around it/],
    ['Bearer tok_x', /begins with Bearer/],
    ['tok_x y', /has white space in it/],
    ['tok_x\u0007', /has a control character in it/],
    ['abc_x', /does not start with tok_/],
    ['tok_', /ends after tok_/],
    ['tok_ü', /has a character in it that no token has/],
  ])('%j is none, and is not said', (TOADO_API_TOKEN, says) => {
    expect(() => load({ env: { TOADO_API_TOKEN } })).toThrow(says);
  });

  test('a name that was probably meant is said', () => {
    expect(() => load({ env: { TODO_API_TOKEN: 'x' } })).toThrow(
      /There is a variable TODO_API_TOKEN: did you mean that\?/,
    );
    expect(() => load({ env: { todo_api_tokn: 'x' } })).toThrow(
      /There is a variable todo_api_tokn: did you mean that/,
    );
    expect(() => load({ env: { GITHUB_API_TOKEN: 'x' } })).toThrow(/^(?!.*did you mean)/);
    expect(() => load({ env: { TOADO_API_TOKENS: 'x' } })).toThrow(
      /TOADO_API_TOKENS \(in the environment\) is not a variable/,
    );
  });

  test('a file: what is wrong with it, unless it may come later', () => {
    const missing = join(temporaryFolder(), 'token');
    expect(() => load({ env: { TOADO_API_TOKEN_FILE: missing } })).toThrow(
      /names a file that is not there\.$/,
    );
    expect(() => load({ env: { TOADO_API_TOKEN_FILE: temporaryFolder() } })).toThrow(
      /can't be read \(it is a folder\)/,
    );
    const most = `tok_${'ab'.repeat(32 * 1024 - 2)}`;
    expect(load({ env: { TOADO_API_TOKEN_FILE: file(most) } }).token.current()).toBe(most);
    expect(() => load({ env: { TOADO_API_TOKEN_FILE: file(`${most}x`) } })).toThrow(
      /can't be read \(it is too large\)/,
    );
    const { token } = load({ env: { TOADO_API_TOKEN_FILE: missing }, tokenMayCome: true });
    expect([token.current(), token.problem()]).toEqual(['', expect.stringMatching(/not there/)]);
    writeFileSync(missing, TOKEN);
    expect([token.reread(), token.current(), token.problem()]).toEqual([true, TOKEN, undefined]);
    // In the middle of being written: the last one that was whole stays.
    writeFileSync(missing, '');
    expect([token.reread(), token.current(), token.problem()]).toEqual([false, TOKEN, undefined]);
  });

  test('the sandbox’s is taken as it is, whatever else is set', () => {
    const settings = load({
      env: { TOADO_API_TOKEN: 'tok_other', TOADO_API_URL: 'https://a.example' },
      given: { apiUrl: 'http://127.0.0.1:1/api/v1', token: TOKEN },
    });
    expect([settings.apiUrl, settings.token.current()]).toEqual(['http://127.0.0.1:1/api/v1', TOKEN]);
  });
});
