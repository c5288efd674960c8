/** The token's file is replaced and the old token revoked; the next calls come before anything has noticed. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startRawInProcess } from '../support/connect-in-process.ts';
import { openDatabase } from '../support/database.ts';
import { startFakeApi, TOKEN_INFO } from '../support/fake-api.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { errorOf, startRaw } from '../support/raw-client.ts';
import { textOf } from '../support/sdk-client.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { startToado } from '../support/toado.ts';

const BUG = 't-7Kq2Mx';

async function start(scopes: string[], next: string[], begin: typeof startRawInProcess = startRawInProcess) {
  const toado = await startToado();
  const proxy = await startFaultProxy(toado.apiUrl);
  const old = await toado.createToken({ scopes });
  const fresh = await toado.createToken({ scopes: next });
  const file = join(temporaryFolder(), 'token');
  writeFileSync(file, old.token);
  const client = await begin({
    env: { TOADO_API_URL: proxy.apiUrl, TOADO_API_TOKEN_FILE: file },
  });
  await client.request('tools/list');
  const replace = async () => {
    await toado.revoke(old.id);
    writeFileSync(file, fresh.token);
  };
  return { toado, proxy, client, replace, old, fresh, db: openDatabase(toado.db) };
}

test('reads and writes, several at once, run once more under the new token: the built program', async () => {
  const { proxy, client, replace, old, fresh, db } = await start(
    ['tickets:write'],
    ['tickets:write'],
    startRaw,
  );
  await replace();
  const results = await Promise.all([
    client.call('list_companies'),
    client.call('get_ticket', { ticket_id: BUG }),
    client.call('add_comment', { ticket_id: BUG, body: 'first' }),
    client.call('add_comment', { ticket_id: BUG, body: 'second' }),
    client.call('move_ticket', { ticket_id: BUG, target_column_id: 'Done' }),
  ]);
  expect(results.map((one) => errorOf(one))).toEqual(results.map(() => undefined));
  for (const body of ['first', 'second'])
    expect(db.all('SELECT 1 FROM comments WHERE body = ?', body)).toHaveLength(1);
  const posts = proxy.seen.filter(({ target }) => target.endsWith('/comments'));
  const under = (token: string) => posts.filter(({ headers }) => headers.authorization === `Bearer ${token}`);
  const keysOf = (token: string) => under(token).map(({ headers }) => headers['idempotency-key']);
  expect(under(fresh.token)).toHaveLength(2);
  // Each attempt under another token has a key of its own.
  expect(new Set([...keysOf(old.token), ...keysOf(fresh.token)]).size).toBe(posts.length);
});

test('the new token may less: the call is refused before anything is sent under it', async () => {
  const { proxy, client, replace, fresh } = await start(['tickets:write'], ['read']);
  await replace();
  expect(errorOf(await client.call('add_comment', { ticket_id: BUG, body: 'x' }))).toMatchObject({
    code: 'insufficient_scope',
    outcome: 'not_sent',
  });
  const posts = proxy.seen.filter(({ method }) => method === 'POST');
  expect(posts.filter(({ headers }) => headers.authorization === `Bearer ${fresh.token}`)).toEqual([]);
});

test('without another token in the file it is the refusal that it was', async () => {
  const { toado, proxy, client, old } = await start(['read'], ['read']);
  await toado.revoke(old.id);
  expect(errorOf(await client.call('list_companies'))).toMatchObject({ code: 'unauthorized' });
  expect(proxy.seen.filter(({ target }) => target.startsWith('/companies'))).toHaveLength(1);
});

test('resources, too', async () => {
  const { client, replace } = await start(['read'], ['read']);
  await replace();
  const { result, error } = await client.request('resources/read', { uri: `toado://tickets/${BUG}` });
  expect(error).toBeUndefined();
  expect(result).toBeTruthy();
});

describe('the answer is lost while the token is replaced', () => {
  const A = 't-AAAAA1';
  const B = 't-BBBBB2';
  /** The token that is good, by its number: each write makes it the one before. */
  const tokenOf = (number: number) => `tok_number_${number}_of_many`;
  type Row = Record<string, unknown>;

  /** A write is carried out, its answer lost, and the token under which it came is the old one from then on. */
  async function losing(features: string[]) {
    const file = join(temporaryFolder(), 'token');
    let good = 1;
    writeFileSync(file, tokenOf(good));
    const tickets = new Map<string, Row>();
    const comments: Row[] = [];
    const byGood = () => ({
      user: { id: 'usr_me', name: 'Jason' },
      token: { id: `tkn_${good}`, label: `number ${good}` },
      via: 'mcp',
      at: new Date().toISOString(),
    });
    const now = () => ({ updated_at: new Date().toISOString(), updated: byGood() });
    const carryOut = (path: string, body: Row) => {
      const created = byGood();
      if (path.endsWith('/comments')) comments.push({ id: 'cmt_1', ticket_id: A, ...body, created });
      else if (path.startsWith('/projects/'))
        tickets.set('t-NEWONE', { ...ticket('t-NEWONE'), ...body, created, created_at: created.at });
      else
        for (const id of (body.ticket_ids as string[] | undefined) ?? [A])
          Object.assign(tickets.get(id)!, now(), path.endsWith('archive') ? { status: 'archived' } : {}, {
            ...(body.title ? { title: body.title } : {}),
            ...(body.target_column_id ? { column_id: body.target_column_id } : {}),
            ...(body.user_id ? { assignees: [{ id: body.user_id, name: 'Mia' }] } : {}),
          });
    };
    const writes: string[] = [];
    const api = await startFakeApi(({ method, path, headers, body }) => {
      const token = headers.authorization!.replace('Bearer ', '');
      if (method !== 'GET') writes.push(token);
      if (token !== tokenOf(good))
        return { status: 401, body: { error: { code: 'unauthorized', message: 'Revoked.' } } };
      if (path === '/auth/token-info') return { body: { ...TOKEN_INFO, id: `tkn_${good}`, features } };
      if (method === 'GET' && path.endsWith('/comments')) return { body: { items: comments } };
      if (method === 'GET' && path.endsWith('/tickets')) return { body: { items: [...tickets.values()] } };
      if (method === 'GET') return { body: tickets.get(path.split('/')[2]!) ?? [] };
      carryOut(path, (body as Row | undefined) ?? {});
      good++;
      writeFileSync(file, tokenOf(good));
      return { status: 502, body: 'bad gateway' };
    });
    const client = await startRawInProcess({
      env: { TOADO_API_URL: `${api.url}/api/v1`, TOADO_API_TOKEN_FILE: file },
    });
    await client.request('tools/list');
    /** Everything as it was, and the token that is good now becomes the old one. */
    const begin = () => {
      tickets.clear();
      for (const id of [A, B]) tickets.set(id, ticket(id));
      comments.length = 0;
      writes.length = 0;
      return { next: tokenOf(good + 1) };
    };
    return { client, writes, begin };
  }
  const ticket = (id: string): Row => ({
    id,
    title: 'As it was',
    project_id: 'proj_1',
    column_id: 'col_1',
    status: 'active',
    assignees: [],
    created_at: '2026-01-01T00:00:00.000Z',
    updated_at: '2026-01-01T00:00:00.000Z',
  });
  const WRITES: [tool: string, args: Row, shows: RegExp][] = [
    ['add_comment', { ticket_id: A, body: 'once' }, /cmt_1/],
    ['create_ticket', { project_id: 'proj_1', title: 'New' }, /t-NEWONE/],
    ['archive_ticket', { ticket_id: A }, /It is archived now/],
    ['update_ticket', { ticket_id: A, title: 'As asked' }, /It is as asked now/],
    ['move_ticket', { ticket_id: A, target_column_id: 'col_2' }, /It is in that column now/],
    ['bulk_assign_tickets', { ticket_ids: [A, B], user_id: 'usr_x' }, /2 of 2 done/],
  ];

  test.each([[[]], [['idempotency-key']]])('a look under the new one finds what the old one did (%j)', {
    timeout: 60_000,
  }, async (features) => {
    const { client, writes, begin } = await losing(features);
    for (const [tool, args, shows] of WRITES) {
      const { next } = begin();
      const result = await client.call(tool, args);
      expect(errorOf(result), `${tool}: ${textOf(result)}`).toBeUndefined();
      expect(textOf(result), tool).toMatch(shows);
      expect(textOf(result), tool).not.toMatch(/\b(Posted|Created|Archived|Updated|Moved)\./);
      expect(writes, `${tool}: nothing is sent under the new token`).not.toContain(next);
      expect(writes, tool).not.toEqual([]);
    }
  });
});
