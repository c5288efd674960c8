/** Who counts as the person at this machine, and by which names this machine is asked. */
import { networkInterfaces } from 'node:os';
import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import {
  hostsForOthers,
  isFromThisMachine,
  requireLocalPerson,
  requireOwnHost,
} from '../../../src/sandbox/api/local-only.ts';
import type { ApiError } from '../../../src/sandbox/model/errors.ts';

interface Asked {
  url?: string;
  headers?: Record<string, string>;
  from?: string;
}

/** What is answered to a request from that address. */
async function ask(
  act: (c: Parameters<typeof isFromThisMachine>[0]) => unknown,
  { url = 'http://localhost:7071/x', headers = {}, from = '127.0.0.1' }: Asked,
): Promise<string> {
  const app = new Hono();
  app.get('*', (c) => c.text(String(act(c))));
  app.onError((error, c) => c.text((error as ApiError).code));
  const incoming = { socket: { remoteAddress: from, remotePort: 1, remoteFamily: 'IPv4' } };
  const host = new URL(url).host;
  return (await app.request(url, { headers: { host, ...headers } }, { incoming })).text();
}

const own = Object.values(networkInterfaces()).flatMap((all) => all!.map(({ address }) => address));

test.each([
  ...['127.0.0.1', '127.3.2.1', '::1', '::ffff:127.0.0.1'].map((address) => [address, true] as const),
  ...own.map((address) => [address, true] as const),
  ...['192.0.2.1', '::ffff:192.0.2.1', '2001:db8::1', ''].map((address) => [address, false] as const),
])('from %s is from this machine: %s', async (from, is) => {
  expect(await ask(isFromThisMachine, { from })).toBe(String(is));
});

test('what other machines reach is their hosts; this machine’s own are nobody else’s', () => {
  expect(hostsForOthers('127.0.0.1', 'localhost')).toBeUndefined();
  expect(hostsForOthers('127.0.1.1', 'mybox')).toBeUndefined();
  expect(hostsForOthers('::1', '::1')).toBeUndefined();
  expect(hostsForOthers('192.0.2.7', 'mybox')).toEqual(['mybox']);
  const all = hostsForOthers('::', '::')!;
  for (const host of all) expect(own).toContain(host);
  for (const host of all) expect(host).not.toMatch(/^(127\.|::1$|fe80:)/);
  expect(hostsForOthers('0.0.0.0', '0.0.0.0')).toEqual(all.filter((host) => !host.includes(':')));
});

describe('the person at this machine', () => {
  test.each<[what: string, asked: Asked, answer: string]>([
    ['a program', {}, 'undefined'],
    [
      'an own page',
      { headers: { origin: 'http://localhost:7071', 'sec-fetch-site': 'same-origin' } },
      'undefined',
    ],
    ['an address that somebody typed', { headers: { 'sec-fetch-site': 'none' } }, 'undefined'],
    ['another machine', { from: '192.0.2.1' }, 'forbidden'],
    ['another page', { headers: { origin: 'http://evil.example' } }, 'forbidden'],
    ['a page of another port', { headers: { origin: 'http://localhost:7072' } }, 'forbidden'],
    ['an own page by https', { headers: { origin: 'https://localhost:7071' } }, 'forbidden'],
    ['another site’s', { headers: { 'sec-fetch-site': 'same-site' } }, 'forbidden'],
  ])('%s', async (_, asked, answer) => {
    expect(await ask(requireLocalPerson, asked)).toBe(answer);
  });
});

describe('asked by name', () => {
  const named = (host: string, boundTo: string, url = `http://${host}/x`) =>
    ask((c) => requireOwnHost(c, boundTo), { url, headers: { host } });

  test.each([
    [
      '127.0.0.1',
      ['localhost', 'LOCALHOST:80', '127.0.0.1:1', '[::1]:9'],
      ['evil.example', '192.0.2.7:7071'],
    ],
    ['192.0.2.7', ['192.0.2.7:7071', 'localhost'], ['192.0.2.8', 'evil.example']],
    [
      '0.0.0.0',
      ['192.0.2.8:1', '[2001:db8::1]:1', 'localhost'],
      ['evil.example:1', '192.0.2.8.evil.example'],
    ],
    ['::', ['192.0.2.8', '[2001:db8::1]:1'], ['evil.example']],
  ])('bound to %s', async (boundTo, yes, no) => {
    for (const host of yes) expect([host, await named(host, boundTo)]).toEqual([host, 'undefined']);
    for (const host of no) expect([host, await named(host, boundTo)]).toEqual([host, 'forbidden']);
  });

  test('and the request’s own line, where it names one', async () => {
    expect(await named('localhost', '127.0.0.1', 'http://evil.example/x')).toBe('forbidden');
    expect(await named('localhost', '127.0.0.1', 'http://127.0.0.1:5/x')).toBe('undefined');
  });
});
