/**
 * Where a picture's host leads by name. The built program runs with a resolver of the test's own, and nothing
 * connects: what it wanted to connect to is written down instead.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { shared } from '../support/ending.ts';
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
      // As a connection fails: later, when somebody listens for it.
      setImmediate(() => this.destroy(Object.assign(new Error('a test'), { code: 'ECONNREFUSED' })));
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

/** A name, and its addresses each time that it is looked up, as above. */
const NAMES: Record<string, string[][]> = {
  'private.example': [['10.0.0.1']],
  'public-private.example': [[PUBLIC, '10.0.0.1']],
  'private-public.example': [['192.168.1.7', PUBLIC]],
  'this-machine.example': [[PUBLIC, '127.0.0.1', ALSO_PUBLIC]],
  'cloud.example': [[PUBLIC, '169.254.169.254']],
  'private-ipv6.example': [['2606:4700::1111', 'fd00::1']],
  'ipv4-in-ipv6.example': [[PUBLIC, '::ffff:10.0.0.1']],
  'changing.example': [[PUBLIC], ['10.0.0.1']],
  'public.example': [[PUBLIC, ALSO_PUBLIC]],
};

/** One program, which is asked for a picture of each name. */
const started = shared(async () => {
  const folder = temporaryFolder();
  const preload = join(folder, 'preload.mjs');
  const log = join(folder, 'log');
  writeFileSync(preload, PRELOAD);
  let url = '';
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
      TEST_NAMES: JSON.stringify(NAMES),
      TEST_LOG: log,
    },
  });
  await client.request('tools/list');
  return {
    /** @returns what was said of the picture, and the addresses that were to be connected to. */
    async show(name: string) {
      url = `https://${name}/x.png`;
      writeFileSync(log, '');
      const said = textOf(await client.call('get_capture_asset', { ticket_id: 't-7Kq2Mx' }));
      const connected = readFileSync(log, 'utf8').split('\n').filter(Boolean);
      return { said, connected };
    },
  };
});

test.each([
  ['a private one', 'private.example'],
  ['a public and a private one', 'public-private.example'],
  ['a private and a public one', 'private-public.example'],
  ['this machine’s among public ones', 'this-machine.example'],
  ['the cloud’s own', 'cloud.example'],
  ['a private IPv6 one', 'private-ipv6.example'],
  ['an IPv4 one inside IPv6', 'ipv4-in-ipv6.example'],
])('a name with %s among its addresses: nothing is connected to', async (_, name) => {
  const { said, connected } = await started().show(name);
  expect(connected).toEqual([]);
  expect(said).toMatch(/private network|this machine/);
});

test('a name that leads elsewhere a moment later: only what was checked is connected to', async () => {
  const { connected } = await started().show('changing.example');
  expect(new Set(connected)).toEqual(new Set([PUBLIC]));
});

test('a name with public addresses alone is connected to at one of them', async () => {
  const { connected } = await started().show('public.example');
  expect(connected.length).toBeGreaterThan(0);
  expect([PUBLIC, ALSO_PUBLIC]).toEqual(expect.arrayContaining(connected));
});
