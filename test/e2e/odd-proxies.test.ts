/**
 * Proxies that don't work: each attempt is one connection, the sentence names the proxy, and nothing goes straight. Said
 * by sessions in this process; what is understood, by the built program.
 */
import { createServer as createSecureServer } from 'node:https';
import { createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { createAuthority } from '../support/certificates.ts';
import { runHere, runToEnd } from '../support/command.ts';
import { startRawInProcess } from '../support/connect-in-process.ts';
import { shared, sideBySide } from '../support/ending.ts';
import { listen } from '../support/listen.ts';
import { secure, startProxy } from '../support/proxy.ts';
import { errorOf, type RawSession, startRaw } from '../support/raw-client.ts';
import { startToado } from '../support/toado.ts';

/** A name that leads nowhere: whatever gets there went through a proxy. */
const HOST = 'toado.invalid';
const TOADO = { TOADO_API_TOKEN: 'tok_of_a_person', TOADO_API_URL: `https://${HOST}/api/v1` };

/** Counts connections. */
async function proxyThat(act: (socket: Socket) => void) {
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    socket.on('error', () => {});
    act(socket);
  });
  const port = await listen(server);
  return { port, connections: () => connections };
}

const OK = 'HTTP/1.1 200 Connection established\r\n\r\n';
const closesAfter = (answer: string) => (socket: Socket) =>
  void socket.once('data', () => socket.end(answer));
const whoamiSays = async (env: Record<string, string>) => {
  const client = await startRawInProcess({ env: { ...TOADO, ...env } });
  return whoami(client);
};

/**
 * A machine with other things to do may not get to accept a connection in time, which is told as a timeout, rightly:
 * then it is asked again.
 * @param begins told before each question.
 */
async function whoami(client: RawSession, begins = () => {}): Promise<string> {
  let text = '';
  for (let asked = 0; asked < 6; asked++) {
    begins();
    text = (await client.call('whoami')).content[0]!.text!;
    if (!/^timeout: /m.test(text)) break;
  }
  return text;
}

describe.concurrent('a proxy that accepts and closes: one connection a try', () => {
  /** The built program meets it, too. */
  const BY_PROGRAM = 'after CONNECT';
  const WAYS: [name: string, act: (socket: Socket) => void, says: RegExp][] = [
    ['at once', (socket) => void socket.end(), /The proxy 127\.0\.0\.1:\d+ closed the connection/],
    [
      'with a reset',
      (socket) => void socket.resetAndDestroy(),
      /The proxy 127\.0\.0\.1:\d+ closed the connection/,
    ],
    [BY_PROGRAM, closesAfter(''), /The proxy 127\.0\.0\.1:\d+ closed the connection/],
    ['after its consent', closesAfter(OK), /connection to toado\.invalid/],
    [
      'half way through its answer',
      closesAfter('HTTP/1.1 20'),
      /The proxy 127\.0\.0\.1:\d+ closed the connection/,
    ],
    [
      'with something that is no HTTP',
      closesAfter('SSH-2.0-x\r\n'),
      /What answers at 127\.0\.0\.1:\d+ is not an HTTP proxy/,
    ],
    [
      'with 503',
      closesAfter('HTTP/1.1 503 No\r\ncontent-length: 0\r\n\r\n'),
      /The proxy refused to connect to toado\.invalid \(HTTP 503\)/,
    ],
  ];

  sideBySide(
    'whichever way',
    async () => {
      await Promise.all(
        WAYS.map(async ([name, act, says]) => {
          const proxy = await proxyThat(act);
          const start = name === BY_PROGRAM ? startRaw : startRawInProcess;
          const client = await start({
            env: { ...TOADO, HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` },
          });
          let before = 0;
          const text = await whoami(client, () => {
            before = proxy.connections();
          });
          expect(text, name).toMatch(says);
          expect(errorOf(await client.call('list_companies')), name).toMatchObject({ outcome: 'not_sent' });
          const after = proxy.connections();
          expect(after - before, name).toBeLessThan(25);
          // Between calls only the question what the token may do is asked again, ever more rarely.
          await new Promise((resolve) => setTimeout(resolve, 2_000));
          expect(proxy.connections() - after, name).toBeLessThan(8);
        }),
      );
    },
    120_000,
  );
});

describe.concurrent('the sentence names the proxy', () => {
  sideBySide('one that is down', async () => {
    const server = createServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    expect(await whoamiSays({ HTTPS_PROXY: `http://127.0.0.1:${port}` })).toMatch(
      new RegExp(
        `The proxy 127\\.0\\.0\\.1:${port} can’t be reached \\(ECONNREFUSED\\)\\.\\nNext: Check HTTPS_PROXY`,
      ),
    );
  });

  sideBySide('one by https whose certificate nobody vouches for', async () => {
    const { certificate, key } = createAuthority('Nobody').certify(['127.0.0.1']);
    const server = createSecureServer({ cert: certificate, key });
    const port = await listen(server);
    const text = await whoamiSays({ HTTPS_PROXY: `https://127.0.0.1:${port}` });
    expect(text).toMatch(
      /The secure connection to the proxy 127\.0\.0\.1:\d+ failed.*\nNext: .*NODE_EXTRA_CA_CERTS/,
    );
  });

  sideBySide('one by https that speaks http', async () => {
    const proxy = await proxyThat(
      (socket) => void socket.once('data', () => socket.end('HTTP/1.1 400 No\r\n\r\n')),
    );
    expect(await whoamiSays({ HTTPS_PROXY: `https://127.0.0.1:${proxy.port}` })).toMatch(
      /The proxy 127\.0\.0\.1:\d+ does not speak TLS: its address begins with http:/,
    );
  });

  sideBySide('one by https that closes in the middle of TLS', async () => {
    const { certificate, key } = createAuthority('Nobody').certify(['127.0.0.1']);
    let connections = 0;
    const server = createTlsServer({ cert: certificate, key });
    server.on('connection', (socket) => {
      connections++;
      socket.destroy();
    });
    const port = await listen(server);
    expect(await whoamiSays({ HTTPS_PROXY: `https://127.0.0.1:${port}` })).toMatch(
      /The proxy 127\.0\.0\.1:\d+ /,
    );
    expect(connections).toBeLessThan(25);
  });
});

describe('whoami and doctor say the same of', () => {
  test('a proxy whose name nobody knows', async () => {
    const env = { HTTPS_PROXY: 'http://proxy.invalid:3128' };
    expect(await whoamiSays(env)).toMatch(/The proxy’s name proxy\.invalid could not be looked up/);
    const { stdout } = await runHere(['doctor'], { ...TOADO, ...env });
    expect(stdout).toMatch(/dns +The proxy’s name proxy\.invalid could not be looked up/);
  });

  test.each([
    ['a SOCKS proxy', { ALL_PROXY: 'socks5://127.0.0.1:1080' }, /ALL_PROXY names a SOCKS proxy/],
    ['an address with a path', { HTTPS_PROXY: 'http://127.0.0.1:1/x' }, /HTTPS_PROXY has a path in it/],
    [
      'a bad escape',
      { HTTPS_PROXY: 'http://me:100%@127.0.0.1:1' },
      /HTTPS_PROXY has a name or password with a bad escape/,
    ],
  ])('%s, without a stack trace', async (_, env, says) => {
    const text = await whoamiSays(env);
    expect(text).toMatch(says);
    expect(text).not.toMatch(/\n {4}at |100%/);
    const { code, stdout, stderr } = await runHere(['doctor'], { ...TOADO, ...env });
    expect(code).toBe(1);
    expect(stdout).toMatch(says);
    expect(stdout + stderr).not.toMatch(/\n {4}at |100%/);
  });
});

describe('what people write is understood', () => {
  const encrypted = shared(async () => {
    const toado = await startToado();
    return { toado, ...(await secure(toado, [HOST])) };
  });

  const WRITTEN: [name: string, variables: (port: number) => Record<string, string>][] = [
    ['without a scheme', (port: number) => ({ HTTPS_PROXY: `127.0.0.1:${port}` })],
    ['ALL_PROXY', (port: number) => ({ ALL_PROXY: `http://127.0.0.1:${port}` })],
    ['all_proxy, without a scheme', (port: number) => ({ all_proxy: `127.0.0.1:${port}` })],
  ];
  for (const [name, variables] of WRITTEN)
    sideBySide(`${name}: requests go through it, and doctor says the same`, async () => {
      const { toado, port, authorityFile } = encrypted();
      const proxy = await startProxy({ hosts: { [HOST]: port } });
      const env = {
        ...TOADO,
        TOADO_API_TOKEN: toado.token('triage'),
        NODE_EXTRA_CA_CERTS: authorityFile,
        ...variables(proxy.port),
      };
      const client = await startRaw({ env });
      expect((await client.call('list_companies')).isError).toBeFalsy();
      expect(proxy.connects.length).toBeGreaterThan(0);
      const { stdout } = await runToEnd(['doctor'], { env });
      expect(stdout).toContain(`http://127.0.0.1:${proxy.port} (${Object.keys(variables(0))[0]})`);
      expect(stdout).toContain('through the proxy');
    });
});
