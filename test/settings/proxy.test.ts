/** Which proxy an address goes through: one decision for requests, pictures and doctor. */
import { describe, expect, test } from 'vitest';
import { proxyFor, shownProxy } from '../../src/settings/proxy.ts';

const TOADO = new URL('https://app.toado.dev/api/v1');
const of = (env: Record<string, string>, address = TOADO) => {
  const { proxy, variable } = proxyFor(address, env);
  return { url: proxy?.url.href, variable };
};

describe('which variable decides', () => {
  test.each<
    [name: string, env: Record<string, string>, url: string | undefined, variable: string | undefined]
  >([
    ['none', {}, undefined, undefined],
    ['an empty one', { HTTPS_PROXY: ' ' }, undefined, undefined],
    ['HTTPS_PROXY', { HTTPS_PROXY: 'http://p:1' }, 'http://p:1/', 'HTTPS_PROXY'],
    [
      'the small one first',
      { HTTPS_PROXY: 'http://p:1', https_proxy: 'http://q:2' },
      'http://q:2/',
      'https_proxy',
    ],
    ['HTTP_PROXY is for http', { HTTP_PROXY: 'http://p:1' }, undefined, undefined],
    ['ALL_PROXY', { ALL_PROXY: 'http://p:1' }, 'http://p:1/', 'ALL_PROXY'],
    ['all_proxy', { all_proxy: 'http://p:1' }, 'http://p:1/', 'all_proxy'],
    [
      'its own one before ALL_PROXY',
      { ALL_PROXY: 'http://p:1', HTTPS_PROXY: 'http://q:2' },
      'http://q:2/',
      'HTTPS_PROXY',
    ],
    ['without a scheme', { HTTPS_PROXY: 'proxy.corp:3128' }, 'http://proxy.corp:3128/', 'HTTPS_PROXY'],
    [
      'without a scheme, with a login',
      { HTTPS_PROXY: 'me:pw@proxy:3128' },
      'http://me:pw@proxy:3128/',
      'HTTPS_PROXY',
    ],
    ['an address alone', { HTTPS_PROXY: '10.0.0.1:8080' }, 'http://10.0.0.1:8080/', 'HTTPS_PROXY'],
    ['white space around', { HTTPS_PROXY: ' http://p:1 ' }, 'http://p:1/', 'HTTPS_PROXY'],
    ['NO_PROXY', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'toado.dev' }, undefined, 'NO_PROXY'],
    ['NO_PROXY for ALL_PROXY', { ALL_PROXY: 'http://p:1', NO_PROXY: '*' }, undefined, 'NO_PROXY'],
    [
      'a proxy that is no good, but not asked',
      { HTTPS_PROXY: 'socks5://p:1', NO_PROXY: '*' },
      undefined,
      'NO_PROXY',
    ],
    ['an empty no_proxy', { HTTPS_PROXY: 'http://p:1', no_proxy: '' }, 'http://p:1/', 'HTTPS_PROXY'],
  ])('%s', (_, env, url, variable) => expect(of(env)).toEqual({ url, variable }));
});

describe('what can’t be meant names the variable, and nothing goes straight instead', () => {
  test.each<[text: string, says: RegExp]>([
    ['socks5://p:1', /^ALL_PROXY names a SOCKS proxy.*HTTPS_PROXY.*NO_PROXY/],
    ['socks://p:1', /^ALL_PROXY names a SOCKS proxy/],
    ['http://p:1/path', /^ALL_PROXY has a path in it/],
    ['http://p:1/?x', /^ALL_PROXY has a path in it/],
    ['http://me:50%off@p:1', /^ALL_PROXY has a name or password with a bad escape.*%25/],
    ['http://me%zz:x@p:1', /^ALL_PROXY has a name or password with a bad escape/],
    ['ftp://p:1', /^ALL_PROXY is not the address of a proxy/],
    ['http://', /^ALL_PROXY is not the address of a proxy/],
    ['p:99999', /^ALL_PROXY is not the address of a proxy/],
  ])('%s', (text, says) => {
    expect(() => of({ ALL_PROXY: text })).toThrow(says);
    try {
      of({ ALL_PROXY: text });
    } catch (error) {
      expect((error as Error).message).not.toMatch(/50%off|\n/);
    }
  });
});

test('a proxy is shown without its name and password', () => {
  expect(shownProxy(new URL('http://me:s3cret@p:1/'))).toBe('http://…@p:1');
  expect(shownProxy(new URL('https://p:3128'))).toBe('https://p:3128');
});

test.each<[address: string, list: string, isExcepted: boolean]>([
  ['https://app.toado.dev', 'other, toado.dev', true],
  ['https://app.toado.dev', '.toado.dev', true],
  ['https://app.toado.dev', '*.Toado.Dev', true],
  ['https://app.toado.dev', 'app.toado.dev:443', true],
  ['https://app.toado.dev', 'app.toado.dev:8443', false],
  ['https://app.toado.dev:8443', 'app.toado.dev:8443', true],
  ['https://nottoado.dev', 'toado.dev', false],
  ['https://toado.dev.example', 'toado.dev', false],
])('%s, NO_PROXY=%s', (address, NO_PROXY, isExcepted) => {
  const { url } = of({ HTTPS_PROXY: 'http://p:1', NO_PROXY }, new URL(address));
  expect(url === undefined).toBe(isExcepted);
});
