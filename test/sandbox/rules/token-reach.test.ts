/** Who sees and revokes a token, and what it reaches when its owner's role changes. */
import Libsql from 'libsql';
import { describe, expect, test } from 'vitest';
import { type Started, setRole, smallWorld, start, worldWithTokens } from '../support/sandbox.ts';

const tokens = '/sandbox/tokens';

async function listed({ bare }: Started, user: string): Promise<string[]> {
  const { body } = await bare('GET', `${tokens}?user_id=usr_${user}`);
  return body.map(({ id }: { id: string }) => id.slice('tkn_'.length)).sort();
}

describe('a token is seen', () => {
  test('by its owner, and by those who run a company that it reaches', async () => {
    const sandbox = await start({
      world: worldWithTokens({
        shop_only: { companies: ['co_acme'], projects: ['proj_shop'] },
        globex_only: { companies: ['co_globex'] },
      }),
    });
    expect(await listed(sandbox, 'mia')).toEqual(['mia']);
    expect(await listed(sandbox, 'vic')).toEqual(['vic']);
    expect(await listed(sandbox, 'adam')).toEqual(['adam', 'mia', 'olga', 'shop_only', 'vic']);
    expect(await listed(sandbox, 'gus')).toEqual(['globex_only', 'gus', 'olga']);
    expect(await listed(sandbox, 'olga')).toEqual(['adam', 'globex_only', 'mia', 'olga', 'shop_only', 'vic']);
  });

  test('and what it is limited to, as far as it lies in the companies that one runs', async () => {
    const both = {
      user: 'usr_olga',
      companies: ['co_acme', 'co_globex'],
      projects: ['proj_shop', 'proj_globex'],
    };
    const { bare } = await start({ world: worldWithTokens({ both }) });
    const seenBy = async (user: string) => {
      const { body } = await bare('GET', `${tokens}?user_id=usr_${user}`);
      const { companies, projects } = body.find(({ id }: { id: string }) => id === 'tkn_both');
      return { companies, projects };
    };
    expect(await seenBy('olga')).toEqual({ companies: both.companies, projects: both.projects });
    expect(await seenBy('adam')).toEqual({ companies: ['co_acme'], projects: ['proj_shop'] });
    expect(await seenBy('gus')).toEqual({ companies: ['co_globex'], projects: ['proj_globex'] });
  });

  test('and nobody else reads what it did, or revokes it', async () => {
    const { bare, as } = await start();
    for (const [method, path] of [
      ['GET', `${tokens}/tkn_olga/activity?user_id=usr_mia`],
      ['DELETE', `${tokens}/tkn_olga?user_id=usr_mia`],
      ['DELETE', `${tokens}/tkn_mia?user_id=usr_vic`],
      ['DELETE', `${tokens}/tkn_mia?user_id=usr_gus`],
    ] as const) {
      const { status, body } = await bare(method, path);
      expect([path, status, body.error.code]).toEqual([path, 403, 'forbidden']);
    }
    expect((await as('mia')('GET', '/companies')).status).toBe(200);
    expect((await bare('GET', `${tokens}?user_id=usr_none`)).body.error.code).toBe('user_not_found');
  });

  test('with what it did in the companies that one runs only', async () => {
    const { as, bare } = await start();
    await as('olga')('POST', '/tickets/t-AAAAAA/comments', { body: 'in Acme' });
    await as('olga')('POST', '/tickets/t-GGGGGG/comments', { body: 'in Globex' });
    await as('olga')('POST', '/tickets/t-VVVVVV/comments', { body: 'in the vault' });
    const seenBy = async (user: string) =>
      (await bare('GET', `${tokens}/tkn_olga/activity?user_id=usr_${user}`)).body.items.map(
        (entry: { ticket_id: string; ticket_title: string | null }) => [entry.ticket_id, entry.ticket_title],
      );
    expect(await seenBy('gus')).toEqual([['t-GGGGGG', 'Lift is stuck']]);
    expect(await seenBy('adam'), 'who doesn’t see the vault').toEqual([
      ['t-VVVVVV', null],
      ['t-AAAAAA', 'Checkout button is dead'],
    ]);
    expect(await seenBy('olga')).toHaveLength(3);
  });
});

test('of what was done in a project that one doesn’t see, nothing is told but that', async () => {
  const { as, bare } = await start();
  const olga = as('olga');
  const made = await olga('POST', '/projects/proj_vault/tickets', {
    title: 'SECRET merger',
    column_id: 'col_vault_doing',
  });
  const { id } = made.body;
  await olga('POST', '/tickets/start-work', { ticket_ids: [id], branch_name: 'SECRET-branch' });
  await olga('POST', `/tickets/${id}/assignees`, { user_id: 'usr_mia' });
  await olga('PATCH', `/tickets/${id}`, { title: 'harmless' });
  await olga('POST', `/tickets/${id}/archive`);
  await olga('POST', `/tickets/${id}/restore`);
  const told = async () => {
    const { body } = await bare('GET', `${tokens}/tkn_olga/activity?user_id=usr_adam`);
    return body.items.map(({ action, detail }: { action: string; detail: object }) => [action, detail]);
  };
  const hidden = [
    'restore_ticket',
    'archive_ticket',
    'update_ticket',
    'assign',
    'start_work',
    'create_ticket',
  ];
  expect(await told()).toEqual(hidden.map((action) => [action, {}]));
  await olga('POST', `/tickets/${id}/move`, { target_column_id: 'col_shop_todo' });
  expect(await told()).toEqual([['move_ticket', { to: 'todo' }], ...hidden.map((action) => [action, {}])]);
  await olga('POST', `/tickets/${id}/move`, { target_column_id: 'col_vault_done' });
  expect((await told())[0], 'it left for where Adam doesn’t look').toEqual([
    'move_ticket',
    { from: 'todo', from_project_id: 'proj_shop' },
  ]);
});

describe('revoking somebody else’s token', () => {
  test('takes one’s company out of its reach, and the rest stays', async () => {
    const { as, bare } = await start();
    const { status, body } = await bare('DELETE', `${tokens}/tkn_olga?user_id=usr_gus`);
    expect([status, body.state, body.revoked_at]).toEqual([200, 'withdrawn', null]);
    const { body: info } = await as('olga')('GET', '/auth/token-info');
    expect(info.companies).toEqual(['co_acme']);
    expect((await as('olga')('GET', '/tickets/t-GGGGGG')).body.error.code).toBe('forbidden');
    expect((await as('olga')('GET', '/tickets/t-AAAAAA')).status).toBe(200);
    const again = await bare('DELETE', `${tokens}/tkn_olga?user_id=usr_gus`);
    expect([again.status, again.body.state]).toEqual([200, 'withdrawn']);
    const { body: activity } = await bare('GET', `${tokens}/tkn_olga/activity?user_id=usr_gus`);
    expect(activity.items).toEqual([]);
  });

  test('revokes it whole when nothing is left', async () => {
    const { as, bare } = await start({
      world: worldWithTokens({
        both: { companies: ['co_acme', 'co_globex'], projects: ['proj_globex'] },
      }),
    });
    expect((await bare('DELETE', `${tokens}/tkn_mia?user_id=usr_adam`)).body.state).toBe('revoked');
    expect((await as('mia')('GET', '/companies')).status).toBe(401);
    expect((await bare('DELETE', `${tokens}/tkn_both?user_id=usr_gus`)).body.state).toBe('revoked');
    expect((await as('both')('GET', '/companies')).status).toBe(401);
  });

  test('leaves of its projects those of the other companies, and everybody who took one out goes on seeing it', async () => {
    const sandbox = await start({
      world: worldWithTokens({
        both: { companies: ['co_acme', 'co_globex'], projects: ['proj_shop', 'proj_globex'] },
      }),
    });
    const { as, bare } = sandbox;
    const revoke = (user: string) => bare('DELETE', `${tokens}/tkn_both?user_id=usr_${user}`);
    await revoke('gus');
    expect((await as('both')('GET', '/auth/token-info')).body).toMatchObject({
      companies: ['co_acme'],
      projects: ['proj_shop'],
    });
    expect((await revoke('adam')).body.state).toBe('revoked');
    expect(await listed(sandbox, 'gus')).toContain('both');
    expect(await listed(sandbox, 'adam')).toContain('both');
  });

  test('one’s own goes whole, whatever one runs', async () => {
    const { as, bare } = await start();
    const { body } = await bare('DELETE', `${tokens}/tkn_olga`);
    expect(body.state).toBe('revoked');
    expect((await bare('DELETE', `${tokens}/tkn_olga`)).body.revoked_at, 'again').toBe(body.revoked_at);
    expect((await as('olga')('GET', '/tickets/t-GGGGGG')).status).toBe(401);
  });
});

describe('an owner who becomes a viewer', () => {
  test('takes the company out of the reach of their tokens, until the role comes back', async () => {
    const sandbox = await start();
    const olga = sandbox.as('olga');
    setRole(sandbox, 'usr_olga', 'co_globex', 'viewer');
    const refused = await olga('GET', '/tickets/t-GGGGGG');
    expect([refused.status, refused.body.error.code]).toEqual([403, 'forbidden']);
    expect(refused.body.error.message).toContain('Olga is a viewer in this company now');
    for (const path of [
      '/projects?company_id=co_globex',
      '/tickets/search?query=lift&company_id=co_globex',
    ]) {
      expect((await olga('GET', path)).status, path).toBe(403);
    }
    const names = async (path: string) => (await olga('GET', path)).body.map(({ id }: { id: string }) => id);
    expect(await names('/companies')).toEqual(['co_acme']);
    expect(await names('/projects')).toEqual(['proj_shop', 'proj_vault']);
    expect((await olga('GET', '/tickets/search?query=lift')).body.items).toEqual([]);
    expect((await olga('GET', '/tickets/t-AAAAAA')).status).toBe(200);
    setRole(sandbox, 'usr_olga', 'co_globex', 'member');
    expect((await olga('GET', '/tickets/t-GGGGGG')).status).toBe(200);
  });

  test.each(['viewer', null])('makes them useless where no other company remains (%s)', async (role) => {
    const sandbox = await start();
    setRole(sandbox, 'usr_mia', 'co_acme', role);
    for (const [method, path] of [
      ['GET', '/auth/token-info'],
      ['GET', '/tickets/t-AAAAAA'],
      ['POST', '/tickets/t-AAAAAA/archive'],
    ] as const) {
      const { status, body } = await sandbox.as('mia')(method, path);
      expect([path, status, body.error.code]).toEqual([path, 401, 'unauthorized']);
      expect(body.error.message).toContain('viewers hold no tokens');
    }
    if (role === null) return;
    setRole(sandbox, 'usr_mia', 'co_acme', 'member');
    expect((await sandbox.as('mia')('GET', '/auth/token-info')).status).toBe(200);
  });

  test('and the limits of that company no longer count', async () => {
    const world = smallWorld();
    world.companies[1]!.limits = { reads: 100, writes: 7 };
    const sandbox = await start({ world });
    setRole(sandbox, 'usr_olga', 'co_globex', 'viewer');
    const { body } = await sandbox.as('olga')('GET', '/auth/token-info');
    expect(body.limits.writes_per_minute).toBe(60);
  });
});

test('tokens are listed in the order in which they were made, whatever the clock said', async () => {
  const sandbox = await start();
  const json = { 'content-type': 'application/json' };
  for (const label of ['first', 'second']) {
    const body = JSON.stringify({ label, scopes: ['read'] });
    await sandbox.bare('POST', tokens, { headers: json, body });
    const file = new Libsql(sandbox.db);
    file.prepare('UPDATE tokens SET created_at = ? WHERE label = ?').run(['2099-01-01T00:00:00Z', 'first']);
    file.close();
  }
  const { body } = await sandbox.bare('GET', tokens);
  expect(body.slice(0, 2).map(({ label }: { label: string }) => label)).toEqual(['second', 'first']);
});
