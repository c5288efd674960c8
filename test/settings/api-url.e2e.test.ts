/** Where the token may be sent at all: encrypted, or to this very machine, and without a sign-in of another kind. */
import { describe, expect, test } from 'vitest';
import { runHere, runToEnd } from '../support/command.ts';
import { startFakeApi } from '../support/fake-api.ts';

const TOKEN = 'tok_that_stays_here';

async function doctor(url: string) {
  const { code, stdout, stderr } = await runHere(['doctor'], { TOADO_API_URL: url, TOADO_API_TOKEN: TOKEN });
  const said = stdout + stderr;
  expect(said).not.toContain(TOKEN);
  expect(said).not.toContain('s3cret');
  return { code, said };
}

describe('http is for this machine alone', () => {
  test.each([
    'http://toado.local/api/v1',
    'http://macbook.local:3000',
    'http://toado.localhost.example',
    'http://localhost.localdomain',
    'http://127.0.0.1.example.com',
    'http://192.168.1.10/api/v1',
    'http://10.0.0.1',
    'http://0.0.0.0',
    'http://[fe80::1]',
    'http://app.toado.dev/api/v1',
  ])('%s', async (url) => {
    const { code, said } = await doctor(url);
    expect(code).toBe(1);
    expect(said).toContain('TOADO_API_URL must start with https:');
  });

  test.each([
    'ftp://127.0.0.1',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'app.toado.dev',
    '',
  ])('no other protocol: %s', async (url) => {
    const { code, said } = await doctor(url);
    expect(code).toBe(1);
    expect(said).toMatch(/TOADO_API_URL|https:/);
  });
});

test.each([
  'jason',
  'jason:s3cret',
  ':s3cret',
])('a sign-in in the address (%s@) is refused', async (login) => {
  const api = await startFakeApi(() => undefined);
  const { code, said } = await doctor(api.url.replace('http://', `http://${login}@`));
  expect(code).toBe(1);
  expect(said).toContain('TOADO_API_URL has a name or password in it');
  expect(api.requests).toEqual([]);
});

test('nor is it spoken to by a process', async () => {
  const api = await startFakeApi(() => undefined);
  const env = { TOADO_API_URL: api.url.replace('http://', 'http://jason:s3cret@'), TOADO_API_TOKEN: TOKEN };
  const { code, stdout, stderr } = await runToEnd(['doctor'], { env });
  expect(code).toBe(1);
  expect(stdout).toContain('TOADO_API_URL has a name or password in it');
  expect(stdout + stderr).not.toMatch(/s3cret|tok_that/);
  expect(api.requests).toEqual([]);
});

test('this machine, by name and by address, is spoken to', async () => {
  const api = await startFakeApi(() => undefined);
  for (const host of ['127.0.0.1', 'localhost']) {
    await doctor(api.url.replace('127.0.0.1', host));
    expect(api.requests.length, host).toBeGreaterThan(0);
    api.requests.length = 0;
  }
});
