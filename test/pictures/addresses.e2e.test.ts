/**
 * Where a picture's host leads by name. The built program runs with a resolver of the test's own, and nothing
 * connects: what it wanted to connect to is written down instead.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { startFakeApi } from '../support/fake-api.ts';
import { startRaw } from '../support/raw-client.ts';
import { textOf } from '../support/sdk-client.ts';
import { temporaryFolder } from '../support/temporary.ts';

const PUBLIC = '8.8.8.8';
const ALSO_PUBLIC = '1.1.1.1';

/** In the program's process: names lead where NAMES says, first, second and from then on; connections are noted. */
const PRELOAD = `
  import dns from 'node:dns';
  import { appendFileSync } from 'node:fs';
  import net from 'node:net';
  import { syncBuiltinESMExports } from 'node:module';
  const names = JSON.parse(process.env.TEST_NAMES);
  const asked = {};
  const find = (host) => {
    const answers = names[host];
    if (!answers) return undefined;
    const at = Math.min(asked[host] = (asked[host] ?? -1) + 1, answers.length - 1);
    return answers[at].map((address) => ({ address, family: net.isIP(address) }));
  };
  const missing = (host) => Object.assign(new Error('getaddrinfo ENOTFOUND ' + host), { code: 'ENOTFOUND' });
  dns.lookup = (host, options, done = options) => {
    const found = find(host);
    if (!found) return done(missing(host));
    if (options?.all) return done(null, found);
    done(null, found[0].address, found[0].family);
  };
  dns.promises.lookup = async (host, options) => {
    const found = find(host);
    if (!found) throw missing(host);
    return options?.all ? found : found[0];
  };
  const connect = net.Socket.prototype.connect;
  net.Socket.prototype.connect = function (...args) {
    const options = Array.isArray(args[0]) ? args[0][0] : args[0];
    const { host } = options;
    if (host === '127.0.0.1') return connect.apply(this, args);
    const note = (address) => {
      appendFileSync(process.env.TEST_LOG, address + '\\n');
      this.destroy(Object.assign(new Error('not connected: a test'), { code: 'ECONNREFUSED' }));
    };
    if (net.isIP(host)) process.nextTick(note, host);
    else (options.lookup ?? dns.lookup)(host, { all: true }, (error, found) => {
      if (error) return this.destroy(error);
      for (const { address } of [found].flat()) note(address);
    });
    return this;
  };
  syncBuiltinESMExports();
`;

/** @returns what was said of the picture, and the addresses that were to be connected to. */
async function show(url: string, names: Record<string, string[][]>) {
  const folder = temporaryFolder();
  const preload = join(folder, 'preload.mjs');
  const log = join(folder, 'log');
  writeFileSync(preload, PRELOAD);
  const api = await startFakeApi(({ path }) =>
    path.includes('/assets/')
      ? {
          body: { url, content_type: 'image/png', width: 10, height: 10, expires_at: '2099-01-01T00:00:00Z' },
        }
      : undefined,
  );
  const client = await startRaw({
    env: {
      ...api.env,
      NODE_OPTIONS: `--import ${pathToFileURL(preload).href}`,
      TEST_NAMES: JSON.stringify(names),
      TEST_LOG: log,
    },
  });
  await client.request('tools/list');
  const said = textOf(await client.call('get_capture_asset', { ticket_id: 't-7Kq2Mx' }));
  const connected = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
  return { said, connected };
}

test.each([
  ['a private one', ['10.0.0.1']],
  ['a public and a private one', [PUBLIC, '10.0.0.1']],
  ['a private and a public one', ['192.168.1.7', PUBLIC]],
  ['this machine’s among public ones', [PUBLIC, '127.0.0.1', ALSO_PUBLIC]],
  ['the cloud’s own', [PUBLIC, '169.254.169.254']],
  ['a private IPv6 one', ['2606:4700::1111', 'fd00::1']],
  ['an IPv4 one inside IPv6', [PUBLIC, '::ffff:10.0.0.1']],
])('a name with %s among its addresses: nothing is connected to', async (_, addresses) => {
  const { said, connected } = await show('https://assets.example/x.png', { 'assets.example': [addresses] });
  expect(connected).toEqual([]);
  expect(said).toMatch(/private network|this machine/);
});

test('a name that leads elsewhere a moment later: only what was checked is connected to', async () => {
  const { connected } = await show('https://assets.example/x.png', {
    'assets.example': [[PUBLIC], ['10.0.0.1']],
  });
  expect(new Set(connected)).toEqual(new Set([PUBLIC]));
});

test('a name with public addresses alone is connected to at one of them', async () => {
  const { connected } = await show('https://assets.example/x.png', {
    'assets.example': [[PUBLIC, ALSO_PUBLIC]],
  });
  expect(connected.length).toBeGreaterThan(0);
  expect([PUBLIC, ALSO_PUBLIC]).toEqual(expect.arrayContaining(connected));
});
