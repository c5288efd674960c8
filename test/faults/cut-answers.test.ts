/** A write's 2xx whose body says no, broke off or can't be read: nothing is claimed that it doesn't say. */
import { createServer, type Server } from 'node:http';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { startRawInProcess } from '../support/connect-in-process.ts';
import { shared } from '../support/ending.ts';
import { startFakeApi, TOKEN_INFO } from '../support/fake-api.ts';
import { listen } from '../support/listen.ts';
import { errorOf, startRaw } from '../support/raw-client.ts';
import { textOf } from '../support/sdk-client.ts';

const A = 't-AAAAA1';
const ROW = { id: A, title: 'As it was', status: 'active', project_id: 'proj_1', column_id: 'col_1' };
const CALLS: [tool: string, args: Record<string, unknown>][] = [
  ['archive_ticket', { ticket_id: A }],
  ['create_ticket', { project_id: 'proj_1', title: 'New' }],
  ['add_comment', { ticket_id: A, body: 'hello' }],
  ['bulk_move_tickets', { ticket_ids: [A, 't-BBBBB2'], target_column_id: 'col_2' }],
];
/** Node unpacks nothing of it. */
const DAMAGED = Buffer.concat([gzipSync('{"ok":false}'), Buffer.from('garbage')]);
const CLAIMS = /\b(Moved|Archived|Created|Posted)\.|said nothing more|[1-9] of \d+ done/;

interface Written {
  body: string | Buffer;
  headers?: Record<string, string>;
}
let written: Written = { body: '' };

/** Writes are answered with the first bytes of an answer (`written`), and the connection ends. */
const started = shared(async () => {
  const server: Server = createServer((incoming, outgoing) => {
    const json = (body: unknown, status = 200) => {
      outgoing.writeHead(status, { 'content-type': 'application/json' });
      outgoing.end(JSON.stringify(body));
    };
    if (incoming.url!.endsWith('/auth/token-info')) return json(TOKEN_INFO);
    if (incoming.method === 'GET') {
      if (incoming.url!.includes(`/tickets/${A}?`)) return json(ROW);
      return json({ items: [] });
    }
    const { body, headers } = written;
    const bytes = Buffer.from(body as string);
    outgoing.writeHead(200, {
      'content-type': 'application/json',
      'content-length': String(bytes.length + 100),
      ...headers,
    });
    outgoing.write(bytes);
    setTimeout(() => outgoing.destroy(), 30);
  });
  const port = await listen(server);
  const client = await startRaw({
    env: { TOADO_API_URL: `http://127.0.0.1:${port}/api/v1`, TOADO_API_TOKEN: 'tok_fake_for_tests' },
  });
  await client.request('tools/list');
  return client;
});

const REFUSALS: [name: string, body: string | Buffer, headers?: Record<string, string>][] = [
  ['a flag', '{"ok":false'],
  ['a flag, and the beginning of a sentence', '{"ok": false, "message": "You may no'],
  ['an error', '{"error":{"code":"forbidden","message":"You may not"'],
  ['an error that broke off', '{"error":{"code":"forbidden","mess'],
  ['in an envelope', '{"data":{"success":false,"det'],
];

test('what there is of an answer that broke off may be a no', { timeout: 60_000 }, async () => {
  for (const [name, body, headers] of REFUSALS) {
    written = { body, ...(headers && { headers }) };
    for (const [tool, args] of CALLS) {
      const result = await started().call(tool, args);
      const where = `${tool}: ${name}: ${textOf(result)}`;
      expect(errorOf(result)?.outcome, where).toBe('rejected');
      expect(textOf(result), where).not.toMatch(CLAIMS);
    }
  }
});

test('what says neither yes nor no is accepted, and no more is claimed', { timeout: 60_000 }, async () => {
  const bodies = ['', '{', '{"id":"t-A', '{"id', '[', '{"data":{', 'not JSON', ')]}\',\n{"id":"x"}', DAMAGED];
  for (const body of bodies) {
    written = { body, ...(Buffer.isBuffer(body) && { headers: { 'content-encoding': 'gzip' } }) };
    for (const [tool, args] of CALLS) {
      const result = await started().call(tool, args);
      const where = `${tool}: ${body}: ${textOf(result)}`;
      expect(result.isError, where).toBeFalsy();
      expect(textOf(result), where).not.toMatch(CLAIMS);
    }
  }
});

test('an id that came whole names the row', async () => {
  written = { body: `{"id":"${A}","title":"As it was","des` };
  const result = await started().call('create_ticket', { project_id: 'proj_1', title: 'As it was' });
  expect(textOf(result)).toMatch(new RegExp(`id: ${A}.*Created`, 's'));
});

test('a body that is nothing but a no is one', async () => {
  let body: unknown;
  const api = await startFakeApi(({ method }) =>
    method === 'GET' ? undefined : { body: JSON.stringify(body) },
  );
  const client = await startRawInProcess({ env: api.env });
  await client.request('tools/list');
  for (body of [false, 'error', 'failed', [false]]) {
    for (const [tool, args] of CALLS) {
      const result = await client.call(tool, args);
      const where = `${tool}: ${JSON.stringify(body)}: ${textOf(result)}`;
      expect(errorOf(result)?.outcome, where).toBe('rejected');
      expect(textOf(result), where).not.toMatch(
        /\b(Archived|Created|Posted)\.|accepted it|[1-9] of \d+ done/,
      );
    }
  }
});

test('a bulk call of which nothing was done has failed, and says why of each', async () => {
  const ids = [A, 't-BBBBB2'];
  const error = (code: string) => ({
    ok: false,
    error: { code, message: 'Not yours.', outcome: 'accepted' },
  });
  let rows: Record<string, unknown>[] = [];
  const api = await startFakeApi(({ path }) =>
    path.startsWith('/tickets/bulk-')
      ? { body: { results: rows.map((row, at) => ({ ticket_id: ids[at], ...row })) } }
      : undefined,
  );
  const client = await startRawInProcess({ env: api.env });
  await client.request('tools/list');
  const call = () => client.call('bulk_assign_tickets', { ticket_ids: ids, user_id: 'usr_x' });
  rows = [error('forbidden'), error('forbidden')];
  let result = await call();
  expect(errorOf(result)).toMatchObject({ code: 'forbidden', outcome: 'rejected' });
  for (const id of ids) expect(textOf(result)).toContain(id);
  rows = [error('forbidden'), error('ticket_not_found')];
  result = await call();
  expect(errorOf(result)).toMatchObject({ code: 'none_done', outcome: 'rejected' });
  expect(result.structuredContent!.results).toHaveLength(2);
  rows = [error('forbidden'), { ok: true }];
  expect((await call()).isError).toBeFalsy();
  rows = [error('forbidden'), { ok: null }];
  expect((await call()).isError).toBeFalsy();
});

test('the beginning of a token at the end of what broke off is not shown', async () => {
  const token = 'tok_fake_for_tests';
  const server = createServer((incoming, outgoing) => {
    if (incoming.url!.endsWith('/auth/token-info')) return void outgoing.end(JSON.stringify(TOKEN_INFO));
    outgoing.writeHead(400, { 'content-type': 'text/plain', 'content-length': '500' });
    outgoing.write(`You sent: Bearer ${token.slice(0, -1)}`);
    setTimeout(() => outgoing.destroy(), 30);
  });
  const port = await listen(server);
  const client = await startRawInProcess({
    env: { TOADO_API_URL: `http://127.0.0.1:${port}/api/v1`, TOADO_API_TOKEN: token },
  });
  const said = textOf(await client.call('get_ticket', { ticket_id: A }));
  expect(said).toContain('You sent: Bearer');
  expect(said).not.toContain(token.slice(0, 8));
});
