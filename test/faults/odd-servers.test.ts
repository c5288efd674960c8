/** What isn't an HTTP/1.1 server by TLS where one is expected: the sentence says what it is instead. */

import { writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createSecureServer } from 'node:http2';
import { createServer as createTcpServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createAuthority } from '../support/certificates.ts';
import { startRawInProcess } from '../support/connect-in-process.ts';
import { sideBySide } from '../support/ending.ts';
import { listen } from '../support/listen.ts';
import { startRaw } from '../support/raw-client.ts';
import { temporaryFolder } from '../support/temporary.ts';

/** @param start of the built program, where a variable is Node's own. */
async function whoamiAt(
  url: string,
  env: Record<string, string> = {},
  start: typeof startRawInProcess = startRawInProcess,
): Promise<string> {
  const client = await start({ env: { TOADO_API_URL: url, TOADO_API_TOKEN: 'tok_of_a_person', ...env } });
  return (await client.call('whoami')).content[0]!.text!;
}

test('HTTP/2 only', async () => {
  const authority = createAuthority('Test authority of toado-mcp');
  const { certificate, key } = authority.certify(['localhost']);
  const file = join(temporaryFolder(), 'authority.pem');
  writeFileSync(file, authority.certificate);
  const server = createSecureServer({ cert: certificate, key, allowHTTP1: false }, (_, response) =>
    response.end(),
  );
  const port = await listen(server);
  expect(await whoamiAt(`https://localhost:${port}`, { NODE_EXTRA_CA_CERTS: file }, startRaw)).toMatch(
    /localhost:\d+ (speaks HTTP\/2 only|does not speak HTTP\/1\.1).*\nNext: .*TOADO_API_URL/,
  );
});

test('https spoken to a port of plain http', async () => {
  const port = await listen(createHttpServer((_, response) => response.end('{}')));
  expect(await whoamiAt(`https://127.0.0.1:${port}`)).toMatch(
    /What answers at 127\.0\.0\.1:\d+ does not speak TLS.*\nNext: .*TOADO_API_URL/,
  );
});

test('headers that are too large: asked once a question, not five times', async () => {
  let requests = 0;
  const server = createHttpServer((_, response) => {
    requests++;
    response.setHeader('x-large', 'x'.repeat(40_000));
    response.end('{}');
  });
  const port = await listen(server);
  const text = await whoamiAt(`http://127.0.0.1:${port}`);
  expect(text).toMatch(/127\.0\.0\.1:\d+ answers with headers that are too large/);
  // The start's question, whoami's own, and what was asked again in between.
  expect(requests).toBeLessThan(5);
});

const GREETINGS: [name: string, greeting: string | Buffer][] = [
  ['a mail server', '220 mail.example ESMTP ready\r\n'],
  ['a shell', 'SSH-2.0-OpenSSH_9.2\r\n'],
  ['bytes', Buffer.from([0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x50, 0xff, 0x00])],
  ['a database', Buffer.from([0x4a, 0x00, 0x00, 0x00, 0x0a, 0x38, 0x2e, 0x30, 0x00])],
];

for (const greetsFirst of [true, false])
  for (const [name, greeting] of GREETINGS)
    sideBySide(`a port that isn’t HTTP (greets first: ${greetsFirst}): ${name}`, async () => {
      let connections = 0;
      const server = createTcpServer((socket) => {
        connections++;
        socket.on('error', () => {});
        if (greetsFirst) socket.write(greeting);
        else socket.once('data', () => socket.write(greeting));
      });
      const text = await whoamiAt(`http://127.0.0.1:${await listen(server)}`);
      expect(text).toMatch(/What answers at 127\.0\.0\.1:\d+ does not speak HTTP.*\nNext: .*TOADO_API_URL/);
      expect(connections, 'it was asked').toBeGreaterThan(0);
    });

test('Toado is silent: the list is there within 4 s, and the rest is said to come', {
  timeout: 60_000,
}, async () => {
  let isSilent = true;
  const held: (() => void)[] = [];
  const server = createHttpServer((_, response) => {
    const answer = () => response.end('{"scopes":["read"]}');
    if (isSilent) held.push(answer);
    else answer();
  });
  const port = await listen(server);
  const client = await startRawInProcess({
    env: { TOADO_API_URL: `http://127.0.0.1:${port}`, TOADO_API_TOKEN: 'tok_of_a_person' },
  });
  const began = performance.now();
  const { result } = await client.request('tools/list');
  expect(performance.now() - began).toBeLessThan(6_000);
  expect((result!.tools as { name: string }[]).map(({ name }) => name)).toEqual(['whoami']);
  isSilent = false;
  for (const answer of held) answer();
  await client.next(({ method }) => method === 'notifications/tools/list_changed');
  expect(((await client.request('tools/list')).result!.tools as object[]).length).toBeGreaterThan(10);
});
