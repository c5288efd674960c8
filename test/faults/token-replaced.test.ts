/** The token's file is replaced and the old token revoked; the next calls come before anything has noticed. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../support/database.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { errorOf, startRaw } from '../support/raw-client.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { startToado } from '../support/toado.ts';

const BUG = 't-7Kq2Mx';

async function start(scopes: string[], next: string[]) {
  const toado = await startToado();
  const proxy = await startFaultProxy(toado.apiUrl);
  const old = await toado.createToken({ scopes });
  const fresh = await toado.createToken({ scopes: next });
  const file = join(temporaryFolder(), 'token');
  writeFileSync(file, old.token);
  const client = await startRaw({ env: { TOADO_API_URL: proxy.apiUrl, TOADO_API_TOKEN_FILE: file } });
  await client.request('tools/list');
  const replace = async () => {
    await toado.revoke(old.id);
    writeFileSync(file, fresh.token);
  };
  return { toado, proxy, client, replace, old, fresh, db: openDatabase(toado.db) };
}

test('reads and writes, several at once, run once more under the new token', async () => {
  const { proxy, client, replace, old, fresh, db } = await start(['tickets:write'], ['tickets:write']);
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
