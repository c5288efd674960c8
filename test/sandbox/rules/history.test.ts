/** What the history says of each act: one row, with what a person needs to understand it; and none where nothing was done. */
import { expect, test } from 'vitest';
import { openDatabase } from '../../support/database.ts';
import { start } from '../support/sandbox.ts';

const json = (value: unknown) => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

async function scene() {
  const { as, bare, db } = await start();
  const file = openDatabase(db);
  let last = Number(file.one('SELECT max(seq) AS last FROM activity')!.last);
  /** What was added since it was asked for last. */
  const added = () => {
    const rows = file.all('SELECT * FROM activity WHERE seq > ? ORDER BY seq', last);
    last += rows.length;
    return rows.map((row) => ({ ...row, detail: JSON.parse(String(row.detail)) as object }));
  };
  const details = () => added().map(({ detail }) => detail);
  return { olga: as('olga'), bare, added, details };
}

test('of a ticket', async () => {
  const { olga, added, details } = await scene();
  const { body: made } = await olga('POST', '/projects/proj_shop/tickets', {
    title: 'New',
    column_id: 'col_shop_doing',
  });
  const { id } = made;
  expect(added()).toMatchObject([
    { action: 'create_ticket', project_id: 'proj_shop', detail: { title: 'New', column: 'doing' } },
  ]);
  await olga('PATCH', `/tickets/${id}`, { title: 'Newer', description: 'Why', resolved: false });
  expect(details()).toEqual([{ fields: ['title', 'description'] }]);
  const moveTo = (target_column_id: string, position?: number) =>
    olga('POST', `/tickets/${id}/move`, { target_column_id, position });
  await moveTo('col_shop_done', 0);
  expect(details()).toEqual([{ from: 'doing', to: 'done', position: 0 }]);
  await moveTo('col_vault_todo');
  expect(added()).toMatchObject([
    {
      action: 'move_ticket',
      project_id: 'proj_vault',
      ticket_id: id,
      detail: { from: 'done', to: 'todo', from_project_id: 'proj_shop' },
    },
  ]);
  await olga('POST', `/tickets/${id}/archive`);
  await olga('POST', `/tickets/${id}/restore`);
  await olga('POST', '/tickets/start-work', { ticket_ids: [id], branch_name: 'fix' });
  await olga('POST', `/tickets/${id}/assignees`, { user_id: 'usr_mia' });
  await olga('DELETE', `/tickets/${id}/assignees/usr_mia`);
  const { body: comment } = await olga('POST', `/tickets/${id}/comments`, { body: 'x' });
  const user = { id: 'usr_mia', name: 'Mia' };
  expect(details()).toEqual([
    {},
    { to: 'todo' },
    { branch_name: 'fix' },
    { user },
    { user },
    { comment_id: comment.id },
  ]);
});

test('a ticket that an agent has changed once is marked, and stays so', async () => {
  const { olga } = await scene();
  const mark = async () => (await olga('GET', '/tickets/t-AAAAAA')).body.has_ai_activity;
  await olga('POST', '/tickets/t-AAAAAA/archive');
  expect(await mark()).toBe(false);
  await olga('POST', '/tickets/t-AAAAAA/restore', {}, { 'x-toado-client': 'mcp' });
  expect(await mark()).toBe(true);
  await olga('PATCH', '/tickets/t-AAAAAA', { title: 'By hand' });
  expect(await mark()).toBe(true);
});

test('of a token and of limits, by the person at this machine', async () => {
  const { bare, added } = await scene();
  const { body: made } = await bare('POST', '/sandbox/tokens', json({ label: 'ci', scopes: ['read'] }));
  await bare('DELETE', `/sandbox/tokens/${made.id}`);
  expect(added()).toMatchObject([
    { action: 'create_token', user_id: 'usr_olga', via: 'web', detail: { token_id: made.id, label: 'ci' } },
    { action: 'revoke_token', detail: { token_id: made.id, label: 'ci' } },
  ]);
  // Once more there is nothing to revoke, for her as for others.
  await bare('DELETE', `/sandbox/tokens/${made.id}`);
  await bare('DELETE', '/sandbox/tokens/tkn_olga?user_id=usr_gus');
  await bare('DELETE', '/sandbox/tokens/tkn_olga?user_id=usr_gus');
  expect(added()).toMatchObject([
    {
      action: 'revoke_token',
      user_id: 'usr_gus',
      detail: { token_id: 'tkn_olga', label: 'olga agent', companies: ['Globex'] },
    },
  ]);
  const limit = (value: object) => bare('PATCH', '/sandbox/limits/co_acme', json(value));
  const company_id = 'co_acme';
  await limit({ reads_per_minute: 7 });
  await limit({ reads_per_minute: 7, writes_per_minute: 60 });
  await limit({ reads_per_minute: 7, writes_per_minute: 8 });
  expect(added()).toMatchObject([
    { action: 'set_limits', detail: { company_id, reads_per_minute: 7, writes_per_minute: 60 } },
    { action: 'set_limits', detail: { company_id, reads_per_minute: 7, writes_per_minute: 8 } },
  ]);
});
