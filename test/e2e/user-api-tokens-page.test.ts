/** One test for each rule of the user's page on API tokens, named by the rule. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { connectInProcess } from '../support/connect-in-process.ts';
import { contents, openDatabase } from '../support/database.ts';
import { shared } from '../support/ending.ts';
import { connect, run } from '../support/program.ts';
import { SDKS, textOf } from '../support/sdk-client.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { startToado } from '../support/toado.ts';
import { connectOnTokenFile } from '../support/token-file.ts';

const ACME_TICKET = 't-vP4sTe';
const CONSOLE = 'proj_console';
const items = (result: { structuredContent?: Record<string, unknown> }, list = 'items') =>
  (result.structuredContent?.[list] ?? []) as Record<string, unknown>[];

describe.each(SDKS)('%s', (sdk) => {
  const sandbox = shared(() => startToado());
  const agentOf = (token: string, start: typeof connectInProcess) =>
    shared(() => start(sdk, { env: sandbox().env(token) }));
  /** The built program; the others are sessions of the same sources. */
  const triage = agentOf('triage', connect);
  const reader = agentOf('reader', connectInProcess);
  const oneProject = agentOf('one-project', connectInProcess);
  const onFile = shared(() =>
    connectOnTokenFile(sdk, { apiUrl: sandbox().apiUrl, token: sandbox().token('reader') }),
  );
  /** For one call after the other, not for two tokens at once. */
  const agentWith = async (token: string) => {
    await onFile().use(token);
    return onFile();
  };

  describe('Creating a token', () => {
    test('“The token string is shown once at creation time and cannot be retrieved later”', async () => {
      const toado = sandbox();
      const { token } = await toado.createToken({ label: 'shown once', scopes: ['read'] });
      const { body } = await toado.request('GET', '/sandbox/tokens');
      expect(JSON.stringify(body)).toContain('shown once');
      expect(JSON.stringify(body)).not.toContain(token);
      const { all } = openDatabase(toado.db);
      expect(JSON.stringify(all('SELECT * FROM tokens'))).not.toContain(token);
    });

    test('“Label … Shows up on every comment and edit the token makes.”', async () => {
      const toado = sandbox();
      const { token } = await toado.createToken({ label: 'my own label', scopes: ['tickets:write'] });
      const { call } = await agentWith(token);
      const comment = await call('add_comment', { ticket_id: ACME_TICKET, body: 'one' });
      const edit = await call('update_ticket', { ticket_id: ACME_TICKET, title: 'two' });
      for (const result of [comment, edit])
        expect(result.structuredContent!.shown_as).toBe('Jason (my own label) · via MCP');
    });

    test('“Output looks like tok_01HXYZ123ABCD…”', async () => {
      const toado = sandbox();
      const { token } = await toado.createToken({ scopes: ['read'] });
      expect(token).toMatch(/^tok_[0-9A-Za-z]{16,}$/);
    });

    test('“Revoke at any time …; revocation is effective immediately.”', async () => {
      const toado = sandbox();
      const { id, token } = await toado.createToken({ scopes: ['read'] });
      const { call } = await connectInProcess(sdk, { env: toado.env(token) });
      expect((await call('list_projects')).isError).toBeFalsy();
      await toado.revoke(id);
      const after = await call('list_projects');
      expect(after.isError).toBe(true);
      expect(textOf(after)).toMatch(/^unauthorized /);
    });
  });

  describe('What scopes do', () => {
    const agentWithScope = async (scope: string) =>
      agentWith((await sandbox().createToken({ scopes: [scope] })).token);
    const READS: [string, Record<string, unknown>][] = [
      ['list_companies', {}],
      ['list_projects', {}],
      ['list_columns', { project_id: CONSOLE }],
      ['get_ticket', { ticket_id: ACME_TICKET }],
      ['list_comments', { ticket_id: ACME_TICKET }],
      ['list_members', { project_id: CONSOLE }],
      ['get_capture_asset', { ticket_id: ACME_TICKET, as: 'link' }],
    ];
    const COMMENT: [string, Record<string, unknown>] = [
      'add_comment',
      { ticket_id: ACME_TICKET, body: 'hello' },
    ];

    test('“read: read everything (companies, projects, columns, tickets, comments, members, capture assets)”', async () => {
      const { call } = reader();
      for (const [tool, args] of READS) expect((await call(tool, args)).isError, tool).toBeFalsy();
    });

    test('“comments: post comments. Includes read.”', async () => {
      const { call } = await agentWithScope('comments');
      expect((await call(...COMMENT)).isError).toBeFalsy();
      expect((await call(...READS[3]!)).isError).toBeFalsy();
      expect((await call('archive_ticket', { ticket_id: ACME_TICKET })).isError).toBe(true);
    });

    test('“tickets:write: create, edit, archive, restore, move tickets, plus record the worked-on git branch. Includes read and comments.”', async () => {
      const { call } = await agentWithScope('tickets:write');
      const created = await call('create_ticket', { project_id: CONSOLE, title: 'Mine' });
      const ticket_id = created.structuredContent!.id;
      const calls: [string, Record<string, unknown>][] = [
        ['update_ticket', { ticket_id, title: 'Still mine' }],
        ['archive_ticket', { ticket_id }],
        ['restore_ticket', { ticket_id }],
        ['move_ticket', { ticket_id, target_column_id: 'Done' }],
        ['start_work_on_ticket', { ticket_ids: [ticket_id], branch_name: 'fix/mine' }],
        ['get_ticket', { ticket_id }],
        ['add_comment', { ticket_id, body: 'done' }],
      ];
      for (const [tool, args] of calls) expect((await call(tool, args)).isError, tool).toBeFalsy();
      expect((await call('assign_ticket', { ticket_id, user_id: 'usr_jason' })).isError).toBe(true);
    });

    test('“tickets:assign: assign and unassign users on tickets. Includes read.”', async () => {
      const person = { ticket_id: ACME_TICKET, user_id: 'usr_tomasz' };
      const { call } = await agentWithScope('tickets:assign');
      expect((await call('assign_ticket', person)).isError).toBeFalsy();
      expect((await call('unassign_ticket', person)).isError).toBeFalsy();
      expect((await call(...READS[3]!)).isError).toBeFalsy();
      expect((await call(...COMMENT)).isError).toBe(true);
    });

    test('the table of use cases and recommended scopes', async () => {
      const toado = sandbox();
      const rows: [string, string[]][] = [
        ['Claude Code triage agent', ['read', 'comments', 'tickets:write', 'tickets:assign']],
        ['Read-only reporting / dashboards', ['read']],
        ['Slack bot that posts comments', ['read', 'comments']],
        ['External system that updates ticket status', ['read', 'comments', 'tickets:write']],
        ['Per-project agent with no assignment power', ['read', 'comments', 'tickets:write']],
      ];
      for (const [useCase, scopes] of rows) {
        const ready = toado.readyTokens.find((one) => one.useCase === useCase)!;
        const running = { triage, reader }[ready.name];
        const { call } = running?.() ?? (await agentWith(ready.token));
        expect((await call('whoami')).structuredContent!.scopes, useCase).toEqual(scopes);
      }
    });

    test('a tool that the scopes leave out sends nothing, and says which scope it needs', async () => {
      const toado = sandbox();
      const db = openDatabase(toado.db);
      const before = contents(db);
      const { call, toolNames } = reader();
      expect(await toolNames()).not.toContain('add_comment');
      const refused = await call(...COMMENT);
      expect(textOf(refused)).toMatch(
        /^insufficient_scope \(not_sent\): add_comment needs the scope comments; this token has read\./,
      );
      expect(textOf(refused)).toContain('Settings › API tokens');
      expect(refused._meta).toMatchObject({
        'toado/error': { required_scope: 'comments', outcome: 'not_sent' },
      });
      expect(contents(db)).toBe(before);
    });
  });

  describe('Restricting a token', () => {
    test('“A restricted token sees only the chosen scope. Listing operations return only matching rows”', async () => {
      const { call } = oneProject();
      expect(items(await call('list_companies'), 'companies').map(({ id }) => id)).toEqual(['co_acme']);
      expect(items(await call('list_projects'), 'projects').map(({ id }) => id)).toEqual(['proj_storefront']);
      const found = items(await call('search_tickets', { query: 'the', limit: 100 }));
      expect(new Set(found.map(({ project_id }) => project_id))).toEqual(new Set(['proj_storefront']));
    });

    test('“writes against other rows return forbidden”', async () => {
      const toado = sandbox();
      const db = openDatabase(toado.db);
      const elsewhere = db.one(`SELECT id FROM tickets WHERE project_id = 'proj_console' LIMIT 1`)!.id;
      const before = contents(db);
      const { call } = oneProject();
      const calls: [string, Record<string, unknown>][] = [
        ['add_comment', { ticket_id: elsewhere, body: 'no' }],
        ['update_ticket', { ticket_id: elsewhere, title: 'no' }],
        ['move_ticket', { ticket_id: elsewhere, target_column_id: 'col_console_done' }],
        ['move_ticket', { ticket_id: ACME_TICKET, target_column_id: 'col_console_done' }],
        ['archive_ticket', { ticket_id: elsewhere }],
        ['restore_ticket', { ticket_id: elsewhere }],
        ['start_work_on_ticket', { ticket_ids: [elsewhere], branch_name: 'no' }],
        ['create_ticket', { project_id: CONSOLE, title: 'no' }],
        ['assign_ticket', { ticket_id: elsewhere, user_id: 'usr_jason' }],
        ['unassign_ticket', { ticket_id: elsewhere, user_id: 'usr_jason' }],
        ['get_ticket', { ticket_id: elsewhere }],
        ['list_comments', { ticket_id: elsewhere }],
      ];
      for (const [tool, args] of calls)
        expect(textOf(await call(tool, args)), tool).toMatch(/^forbidden \(rejected\)/);
      const bulk: [string, Record<string, unknown>][] = [
        ['bulk_move_tickets', { ticket_ids: [elsewhere], target_column_id: 'col_store_done' }],
        ['bulk_assign_tickets', { ticket_ids: [elsewhere], user_id: 'usr_jason' }],
        ['bulk_unassign_tickets', { ticket_ids: [elsewhere], user_id: 'usr_jason' }],
      ];
      for (const [tool, args] of bulk)
        expect(items(await call(tool, args), 'results')[0], tool).toMatchObject({
          ok: false,
          error: { code: 'forbidden' },
        });
      expect(contents(db)).toBe(before);
    });

    test('whoami names the restrictions', async () => {
      const { call } = oneProject();
      expect((await call('whoami')).structuredContent).toMatchObject({
        companies: [{ id: 'co_acme', name: 'Acme Studio' }],
        projects: [{ id: 'proj_storefront', name: 'Storefront' }],
      });
    });
  });

  describe('Where to put the token', () => {
    test('“Claude Code via MCP: TOADO_API_TOKEN env var”', async () => {
      const { call } = triage();
      expect((await call('whoami')).structuredContent).toMatchObject({ state: 'granted' });
    });

    test('“Direct REST: Authorization: Bearer tok_... header.”', async () => {
      const toado = sandbox();
      expect((await toado.request('GET', '/companies')).status).toBe(200);
      expect((await toado.request('GET', '/companies', undefined, 'tok_nobody')).status).toBe(401);
    });

    test('“Local dev: .env file”', async () => {
      const toado = sandbox();
      const cwd = temporaryFolder();
      const { TOADO_API_URL, TOADO_API_TOKEN } = toado.env('triage');
      writeFileSync(
        join(cwd, '.env'),
        `TOADO_API_TOKEN="${TOADO_API_TOKEN}"\nTOADO_API_URL=${TOADO_API_URL}\n`,
      );
      const { call } = await connect(sdk, { cwd });
      expect((await call('whoami')).structuredContent).toMatchObject({ state: 'granted' });
    });
  });

  describe('Rotating', () => {
    test('“Side-by-side: create the new token, update your config, restart, then revoke the old.”', async () => {
      const toado = sandbox();
      const old = await toado.createToken({ label: 'old', scopes: ['read'] });
      const fresh = await toado.createToken({ label: 'new', scopes: ['read'] });
      const { call } = await connectInProcess(sdk, { env: toado.env(fresh.token) });
      await toado.revoke(old.id);
      expect((await call('list_projects')).isError).toBeFalsy();
    });

    test('“Cut-over: … every in-flight call from the old token is rejected immediately.”, and a token file needs no restart', async () => {
      const toado = sandbox();
      const old = await toado.createToken({ label: 'old', scopes: ['read'] });
      const file = join(temporaryFolder(), 'token');
      writeFileSync(file, old.token);
      const { TOADO_API_URL } = toado.env();
      const connected = await connect(sdk, {
        listChanged: true,
        env: { TOADO_API_URL: TOADO_API_URL!, TOADO_API_TOKEN_FILE: file },
      });
      expect(await connected.toolNames()).not.toContain('add_comment');
      const changed = connected.toolsChanged();
      await toado.revoke(old.id);
      expect(textOf(await connected.call('list_projects'))).toMatch(/^unauthorized /);
      await changed;
      const fresh = await toado.createToken({ label: 'new', scopes: ['comments'] });
      const again = connected.toolsChanged();
      writeFileSync(file, fresh.token);
      await again;
      expect(await connected.toolNames()).toContain('add_comment');
      expect((await connected.call('list_projects')).isError).toBeFalsy();
    });
  });

  describe('Visibility into what tokens did', () => {
    test('“Every write operation records the token id, the token label, and the token owner on the resulting row.”', async () => {
      const toado = sandbox();
      const { call } = triage();
      await call('add_comment', { ticket_id: ACME_TICKET, body: 'recorded' });
      await call('update_ticket', { ticket_id: ACME_TICKET, title: 'recorded' });
      const db = openDatabase(toado.db);
      const written = {
        created_by: 'usr_jason',
        created_token_id: 'tkn_triage',
        created_token_label: 'claude-code on macbook',
      };
      expect(db.one(`SELECT * FROM comments WHERE body = 'recorded'`)).toMatchObject(written);
      expect(db.one(`SELECT * FROM tickets WHERE title = 'recorded'`)).toMatchObject({
        updated_by: 'usr_jason',
        updated_token_id: 'tkn_triage',
        updated_token_label: 'claude-code on macbook',
      });
    });

    test('“Comments show: Jason (claude-code on macbook) · via MCP”', async () => {
      const { call } = triage();
      const posted = await call('add_comment', { ticket_id: ACME_TICKET, body: 'seen' });
      expect(posted.structuredContent!.shown_as).toBe('Jason (claude-code on macbook) · via MCP');
      const { items: comments } = (await call('list_comments', { ticket_id: ACME_TICKET }))
        .structuredContent as {
        items: { body: string; created: { shown_as: string } }[];
      };
      expect(comments.find(({ body }) => body === 'seen')!.created.shown_as).toBe(
        'Jason (claude-code on macbook) · via MCP',
      );
    });
  });

  describe('Limits', () => {
    test('“600 reads / minute, 60 writes / minute”', async () => {
      const { call } = triage();
      expect((await call('whoami')).structuredContent!.limits).toMatchObject({
        reads_per_minute: 600,
        writes_per_minute: 60,
      });
    });

    test('“Revoked tokens count against no quota.”', async () => {
      const toado = sandbox();
      const { id, token } = await toado.createToken({ scopes: ['read'] });
      await toado.revoke(id);
      await toado.request('GET', '/companies', undefined, token);
      const { one } = openDatabase(`${toado.db}-requests`);
      expect(one('SELECT count(*) AS n FROM requests WHERE token_id = ?', id)!.n).toBe(0);
    });
  });

  test('“Treat it like a password”: no part of the token in what the program writes', async () => {
    const toado = sandbox();
    const { token } = await toado.createToken({ scopes: ['read'] });
    const program = run({ env: { ...toado.env(token), TOADO_LOG_LEVEL: 'debug' } });
    const { INITIALIZE } = await import('../support/program.ts');
    program.send(INITIALIZE);
    program.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
    program.send({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'whoami', arguments: {} } });
    program.send({
      jsonrpc: '2.0',
      id: 2,
      method: 'tools/call',
      params: { name: 'search_tickets', arguments: { query: token } },
    });
    await Promise.all([program.answer(1), program.answer(2)]);
    program.child.stdin!.end();
    await program.exited;
    const secret = token.slice('tok_'.length);
    expect(program.stdout() + program.stderr()).not.toContain(secret);
  });
});
