/** A row that came back for a write is claimed only where it can be that write's; a bulk call outlasts its token. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rowsOf } from '../support/bulk-results.ts';
import { startRawInProcess } from '../support/connect-in-process.ts';
import { shared } from '../support/ending.ts';
import { by, startChangingApi, startFakeApi, TOKEN_INFO } from '../support/fake-api.ts';
import { errorOf } from '../support/raw-client.ts';
import { textOf } from '../support/sdk-client.ts';
import { temporaryFolder } from '../support/temporary.ts';

const A = 't-AAAAA1';

const started = shared(async () => {
  const api = await startChangingApi();
  const client = await startRawInProcess({ env: api.env });
  await client.request('tools/list');
  return { api, client };
});

test('the row of an earlier call of this session is no later call’s', async () => {
  const row = () => ({
    id: 't-MADE01',
    title: 'Twice',
    project_id: 'proj_1',
    created: by(),
    created_at: by().at,
  });
  const { api, client } = started();
  api.answer(({ method, path }) =>
    method === 'POST'
      ? {
          status: 201,
          body: path.endsWith('/comments')
            ? { id: 'cmt_1', ticket_id: A, body: 'twice', created: by() }
            : row(),
        }
      : path.endsWith('/comments')
        ? { body: { items: [{ id: 'cmt_1', ticket_id: A, body: 'twice', created: by() }] } }
        : path.startsWith('/projects/')
          ? { body: { items: [row()] } }
          : path.startsWith('/tickets/')
            ? { body: row() }
            : undefined,
  );
  for (const [tool, args, claim] of [
    ['create_ticket', { project_id: 'proj_1', title: 'Twice' }, /Created\./],
    ['add_comment', { ticket_id: A, body: 'twice' }, /Posted\./],
  ] as const) {
    expect(textOf(await client.call(tool, args)), tool).toMatch(claim);
    const second = await client.call(tool, args);
    expect(textOf(second), tool).not.toMatch(claim);
    expect(textOf(second), tool).toContain('look before doing it again');
  }
});

test('a comment in other words, or on another ticket, is not the one that was posted', async () => {
  let answered: Record<string, unknown> = {};
  let listed: unknown[] = [];
  const { api, client } = started();
  api.answer(({ method, path }) =>
    path.endsWith('/comments') ? { body: method === 'POST' ? answered : { items: listed } } : undefined,
  );
  const post = (body = 'As I wrote it') => client.call('add_comment', { ticket_id: A, body });
  for (answered of [
    { id: 'cmt_1', ticket_id: A, body: 'What somebody else wrote', created: by() },
    { id: 'cmt_2', ticket_id: 't-OTHER1', body: 'As I wrote it', created: by() },
  ]) {
    listed = [answered];
    const said = textOf(await post());
    expect(said).not.toMatch(/Posted\./);
    expect(said).not.toContain('cmt_2');
    expect(said).toMatch(/is not the one that was sent|look before doing it again/);
  }
  // Accepted without a word of the row: what is found is said to be found.
  answered = { ok: true };
  const soon = new Date(Date.now() + 1_000).toISOString();
  listed = [{ id: 'cmt_3', ticket_id: A, body: 'Other words', created: by(soon) }];
  const found = textOf(await post('Other words'));
  expect(found).toContain('cmt_3');
  expect(found).toContain('did not say which row it is');
});

test.each([
  1, 2, 3,
])('a bulk call whose token is replaced before request %i goes on under the new one', async (nth) => {
  const [old, fresh] = ['tok_old_one_of_two', 'tok_new_one_of_two'] as const;
  const file = join(temporaryFolder(), 'token');
  writeFileSync(file, old);
  const ids = Array.from({ length: 250 }, (_, at) => `t-${String(at).padStart(6, 'A')}`);
  const done: string[] = [];
  let posts = 0;
  let good: string = old;
  const api = await startFakeApi(({ method, path, headers, body }) => {
    const token = headers.authorization!.replace('Bearer ', '');
    if (method === 'POST' && ++posts === nth && good === old) {
      good = fresh;
      writeFileSync(file, fresh);
    }
    if (token !== good)
      return { status: 401, body: { error: { code: 'unauthorized', message: 'Revoked.' } } };
    if (path === '/auth/token-info') return { body: TOKEN_INFO };
    if (method !== 'POST') return undefined;
    const { ticket_ids } = body as { ticket_ids: string[] };
    done.push(...ticket_ids);
    return { body: { results: ticket_ids.map((ticket_id) => ({ ticket_id, ok: true })) } };
  });
  const client = await startRawInProcess({
    env: { TOADO_API_URL: `${api.url}/api/v1`, TOADO_API_TOKEN_FILE: file },
  });
  await client.request('tools/list');
  const result = await client.call('bulk_assign_tickets', { ticket_ids: ids, user_id: 'usr_x' });
  expect(errorOf(result), textOf(result)).toBeUndefined();
  expect(rowsOf(result, ids).every(({ ok }) => ok)).toBe(true);
  // Each once, and none left out.
  expect(done).toEqual(ids);
});
