/**
 * Granted, refused, unreachable: the server starts all the same, says what is wrong, and recovers by itself. Sessions in
 * this process, and of each subject one case of the built program.
 */

import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, vi } from 'vitest';
import { tools } from '../../tools/index.ts';
import { connectInProcess, startRawInProcess } from '../support/connect-in-process.ts';
import { shared, sideBySide } from '../support/ending.ts';
import { answering, breaking, type Fault, fault, startFaultProxy } from '../support/fault-proxy.ts';
import { listen } from '../support/listen.ts';
import { connect } from '../support/program.ts';
import { secure } from '../support/proxy.ts';
import { errorOf, startRaw } from '../support/raw-client.ts';
import { type CallResult, CLIENTS, type SdkClient } from '../support/sdk-client.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { startToado } from '../support/toado.ts';

/** The list of tools after each change that the client is told of, until it is as awaited. */
async function toolsUntil(
  client: SdkClient,
  isIt: (names: string[]) => boolean,
  change: () => void,
): Promise<string[]> {
  let changed = client.toolsChanged();
  change();
  for (;;) {
    await changed;
    changed = client.toolsChanged();
    const names = await client.toolNames();
    if (isIt(names)) return names;
  }
}
const isAll = (names: string[]) => names.length === tools.length;
const isWhoami = (names: string[]) => names.join() === 'whoami';

const refusing = answering(401, { error: { code: 'unauthorized', message: 'Unknown token.' } });
const UNAVAILABLE = fault('unavailable');

/** Said by the built program. */
const BY_PROGRAM = 'the token is refused (401)';
const CASES: [name: string, broken: Fault, says: RegExp][] = [
  [BY_PROGRAM, refusing, /^unauthorized: .*revoked.*\nNext: .*Settings › API tokens/m],
  [
    '503 with JSON',
    UNAVAILABLE,
    /^internal_error: Toado is not available at the moment \(HTTP 503\)\.\nNext: /m,
  ],
  ['502 without JSON', fault('bad_gateway'), /^intercepted: .*127\.0\.0\.1:\d+ .*HTTP 502.*\nNext: /m],
  ['a sign-in page', fault('garbage_after'), /^bad_answer: .*web page.*\nNext: .*TOADO_API_URL/m],
  [
    'another API',
    fault('wrong_shape_after'),
    /^bad_answer: .*scopes should be a list, and nothing was there.*\nNext: .*TOADO_API_URL/m,
  ],
  ['a redirect', fault('redirect'), /^bad_answer: .*redirect.*\nNext: Set TOADO_API_URL/m],
  [
    'a broken connection',
    fault('reset_before'),
    /^unreachable: The connection to 127\.0\.0\.1:\d+ broke.*\nNext: /m,
  ],
  ['no answer', fault('hang_before'), /^timeout: .*127\.0\.0\.1:\d+.*\nNext: /m],
];

/** What stands between it and the program is each test’s own. */
const sandbox = shared(() => startToado());

describe.concurrent('where Toado can’t be reached or refuses the token, only whoami is there, and it says why', () => {
  const TOKEN = 'tok_of_nobody';

  for (const [name, broken, says] of CASES)
    sideBySide(name, async () => {
      const toado = sandbox();
      const proxy = await startFaultProxy(toado.apiUrl);
      proxy.plan = () => broken;
      const start = name === BY_PROGRAM ? startRaw : startRawInProcess;
      const client = await start({ env: { TOADO_API_URL: proxy.apiUrl, TOADO_API_TOKEN: TOKEN } });
      const { result } = await client.request('tools/list');
      expect((result!.tools as { name: string }[]).map(({ name }) => name)).toEqual(['whoami']);
      const who = await client.call('whoami');
      const text = who.content[0]!.text!;
      expect(text).toMatch(says);
      expect(text).toContain(new URL(proxy.apiUrl).host);
      expect(text).not.toContain(TOKEN);
      expect(proxy.strays).toEqual([]);
    });

  sideBySide('a port where nobody listens', async () => {
    const server = createServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    const client = await startRawInProcess({
      env: { TOADO_API_URL: `http://127.0.0.1:${port}`, TOADO_API_TOKEN: TOKEN },
    });
    expect((await client.call('whoami')).content[0]!.text).toMatch(
      new RegExp(
        `^unreachable: The connection to 127.0.0.1:${port} could not be opened \\(ECONNREFUSED\\)`,
        'm',
      ),
    );
    expect(errorOf(await client.call('list_projects'))).toMatchObject({
      code: 'unreachable',
      outcome: 'not_sent',
    });
  });

  sideBySide('a name that does not exist', async () => {
    const client = await startRawInProcess({
      env: { TOADO_API_URL: 'https://toado.invalid', TOADO_API_TOKEN: TOKEN },
    });
    expect((await client.call('whoami')).content[0]!.text).toMatch(
      /^unreachable: The name toado\.invalid could not be looked up \((ENOTFOUND|EAI_AGAIN)\)\.\nNext: .*TOADO_API_URL/m,
    );
  });

  sideBySide(
    'a certificate by an authority that nobody knows; no request, and so no token, gets there',
    async () => {
      const toado = sandbox();
      const proxy = await startFaultProxy(toado.apiUrl);
      const { port } = await secure({ ...toado, url: new URL(proxy.apiUrl).origin }, ['localhost']);
      const env = { TOADO_API_URL: `https://localhost:${port}/api/v1`, TOADO_API_TOKEN: TOKEN };
      const client = await startRawInProcess({ env });
      expect((await client.call('whoami')).content[0]!.text).toMatch(
        new RegExp(
          `^unreachable: The secure connection to localhost:${port} failed \\(\\w+\\)\\.\\nNext: .*NODE_EXTRA_CA_CERTS`,
          'm',
        ),
      );
      expect(proxy.seen).toEqual([]);
    },
  );

  sideBySide('something that doesn’t speak TLS', async () => {
    const port = await listen(createServer((socket) => void socket.end('220 mail ready\r\n')));
    const client = await startRawInProcess({
      env: { TOADO_API_URL: `https://127.0.0.1:${port}`, TOADO_API_TOKEN: TOKEN },
    });
    expect((await client.call('whoami')).content[0]!.text).toMatch(
      /^unreachable: What answers at 127\.0\.0\.1:\d+ does not speak TLS/m,
    );
  });
});

describe.concurrent.each(CLIENTS)('%s: the tools come and go with what is known', (kind) => {
  sideBySide(
    'the built program, unreachable, then reachable: tools appear, and the client is told',
    async () => {
      const toado = sandbox();
      const proxy = await startFaultProxy(toado.apiUrl);
      proxy.plan = () => UNAVAILABLE;
      const client = await connect(kind, {
        listChanged: true,
        env: { ...toado.env(), TOADO_API_URL: proxy.apiUrl },
      });
      expect(await client.toolNames()).toEqual(['whoami']);
      await toolsUntil(client, isAll, () => {
        proxy.plan = () => undefined;
      });
      expect((await client.call('list_companies')).isError).toBeFalsy();
    },
  );

  sideBySide('refused in the middle: tools vanish, and come back when the token is accepted', async () => {
    const toado = sandbox();
    const proxy = await startFaultProxy(toado.apiUrl);
    const client = await connectInProcess(kind, {
      listChanged: true,
      env: { ...toado.env(), TOADO_API_URL: proxy.apiUrl },
    });
    // The first list waits for the token's scopes, but not for longer than a busy machine may take.
    await expect.poll(() => client.toolNames()).toHaveLength(tools.length);
    let refused: Promise<CallResult> | undefined;
    await toolsUntil(client, isWhoami, () => {
      proxy.plan = () => refusing;
      refused = client.call('list_companies');
    });
    expect(errorOf((await refused)!)).toMatchObject({ code: 'unauthorized', outcome: 'rejected' });
    expect(errorOf(await client.call('add_comment', { ticket_id: 't-vP4sTe', body: 'x' }))).toMatchObject({
      code: 'unauthorized',
      outcome: 'not_sent',
    });
    await toolsUntil(client, isAll, () => {
      proxy.plan = () => undefined;
    });
  });

  sideBySide('a scope is taken away: 403 insufficient_scope makes the list follow', async () => {
    const toado = sandbox();
    const proxy = await startFaultProxy(toado.apiUrl);
    const client = await connectInProcess(kind, {
      listChanged: true,
      env: { ...toado.env(), TOADO_API_URL: proxy.apiUrl },
    });
    await expect.poll(() => client.toolNames()).toContain('add_comment');
    const lacks = {
      error: { code: 'insufficient_scope', message: 'No.', details: { required_scope: 'comments' } },
    };
    const reads = answering(200, { scopes: ['mcp.read', 'mcp.dance'] });
    let refused: Promise<CallResult> | undefined;
    const names = await toolsUntil(
      client,
      (now) => !now.includes('add_comment'),
      () => {
        proxy.plan = ({ target }) => (target.startsWith('/auth') ? reads : answering(403, lacks));
        refused = client.call('add_comment', { ticket_id: 't-vP4sTe', body: 'x' });
      },
    );
    expect(errorOf((await refused)!)).toMatchObject({ code: 'insufficient_scope', outcome: 'rejected' });
    expect(names).toContain('get_ticket');
    expect(client.stderr()).toContain('mcp.dance');
  });
});

describe.concurrent('a token from a file', () => {
  sideBySide('side by side: the new token’s scopes hold, then the old one is revoked', async () => {
    const toado = await startToado();
    const old = await toado.createToken({ label: 'old', scopes: ['tickets:write'] });
    const fresh = await toado.createToken({ label: 'new', scopes: ['read', 'tickets:assign'] });
    const file = join(temporaryFolder(), 'token');
    writeFileSync(file, `${old.token}\n`);
    const client = await connectInProcess('sdk 2.x modern', {
      listChanged: true,
      env: { TOADO_API_URL: toado.apiUrl, TOADO_API_TOKEN_FILE: file },
    });
    expect(await client.toolNames()).toContain('move_ticket');
    await toolsUntil(
      client,
      (names) => names.includes('assign_ticket') && !names.includes('move_ticket'),
      () => writeFileSync(file, fresh.token),
    );
    await toado.revoke(old.id);
    expect((await client.call('list_companies')).isError).toBeFalsy();
    expect((await client.call('whoami')).structuredContent).toMatchObject({ label: 'new' });
  });

  sideBySide(
    'cut over under the built program: the old one is revoked first; calls under way are told, the new one works without a restart',
    async () => {
      const toado = await startToado();
      const proxy = await startFaultProxy(toado.apiUrl);
      const old = await toado.createToken({ scopes: ['tickets:write'] });
      const fresh = await toado.createToken({ scopes: ['tickets:write'] });
      const file = join(temporaryFolder(), 'token');
      writeFileSync(file, old.token);
      const client = await connect('sdk 1.x', {
        listChanged: true,
        env: { TOADO_API_URL: proxy.apiUrl, TOADO_API_TOKEN_FILE: file },
      });
      expect(await client.toolNames()).toContain('move_ticket');
      // Its first attempt is under way under the old token, and is tried again after the change: still under the old.
      const hangingOnce = breaking(fault('hang_before'), 1);
      proxy.plan = (request) => (request.method === 'POST' ? hangingOnce(request) : undefined);
      const underWay = client.call('add_comment', { ticket_id: 't-vP4sTe', body: 'under way' });
      await vi.waitFor(() => expect(proxy.seen.some(({ method }) => method === 'POST')).toBe(true), 8_000);
      await toado.revoke(old.id);
      writeFileSync(file, fresh.token);
      await vi.waitFor(async () => expect((await client.call('list_projects')).isError).toBeFalsy(), 8_000);
      expect(textOfCode(await underWay)).toMatch(/^(unauthorized|timeout)$/);
      const posts = proxy.seen.filter(({ method }) => method === 'POST');
      expect(new Set(posts.map(({ headers }) => headers.authorization))).toEqual(
        new Set([`Bearer ${old.token}`]),
      );
      expect(new Set(posts.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
      expect(
        (await client.call('add_comment', { ticket_id: 't-vP4sTe', body: 'afterwards' })).isError,
      ).toBeFalsy();
    },
  );

  sideBySide('a new token that Toado can’t be asked about brings no tool of the old one', async () => {
    const toado = await startToado();
    const proxy = await startFaultProxy(toado.apiUrl);
    const file = join(temporaryFolder(), 'token');
    writeFileSync(file, toado.token('triage'));
    const client = await connectInProcess('sdk 2.x legacy', {
      listChanged: true,
      env: { TOADO_API_URL: proxy.apiUrl, TOADO_API_TOKEN_FILE: file },
    });
    expect(await client.toolNames()).toHaveLength(tools.length);
    proxy.plan = () => UNAVAILABLE;
    await toolsUntil(client, isWhoami, () => writeFileSync(file, toado.token('reader')));
    const names = await toolsUntil(
      client,
      (now) => now.length > 1,
      () => {
        proxy.plan = () => undefined;
      },
    );
    expect(names).not.toContain('add_comment');
  });
});

function textOfCode(result: Parameters<typeof errorOf>[0]): string {
  return errorOf(result)?.code ?? 'none';
}
