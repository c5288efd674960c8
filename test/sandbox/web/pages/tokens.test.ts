/** What the pages show of tokens, of changes and of pictures, and to whom. */
import { readFileSync } from 'node:fs';
import { get as httpGet } from 'node:http';
import { fileURLToPath } from 'node:url';
import Libsql from 'libsql';
import { describe, expect, onTestFinished, test } from 'vitest';
import { catalogue } from '../../../../src/catalogue/index.ts';
import { clients } from '../../../../src/cli/config/clients/index.ts';
import { sandboxGuide } from '../../../../src/cli/target/sandbox-guide.ts';
import { Redactor } from '../../../../src/respond/redact-token.ts';
import { newTokenText } from '../../../../src/sandbox/auth/token-hash.ts';
import { isPlaceholderToken } from '../../../../src/settings/placeholders.ts';
import { startToado, type Toado } from '../../../support/toado.ts';
import { visitor } from '../../support/visitor.ts';

test('people see and revoke their own tokens; who runs a company those that reach into it', async () => {
  const toado = await startToado();
  const ruth = await visitor(toado, 'usr_ruth');
  expect((await ruth.get('/settings/tokens')).body).not.toContain('claude-code on macbook');
  for (const answer of [
    await ruth.get('/settings/tokens/tkn_triage'),
    await ruth.post('/settings/tokens/tkn_triage/revoke', {}),
  ]) {
    expect(answer.status).toBe(403);
    expect(answer.body).toContain('reaches no company that Ruth Adeyemi runs');
    expect(answer.body).not.toContain('claude-code on macbook');
  }
  const helena = await visitor(toado, 'usr_helena');
  const list = await helena.get('/settings/tokens');
  expect(list.body).toContain('claude-code on macbook');
  expect(list.body).not.toContain('claude-code on console repo');
  expect((await helena.post('/settings/tokens/tkn_triage/revoke', {})).status).toBe(303);
  const { body } = await toado.request('GET', '/auth/token-info');
  expect(body).toMatchObject({ companies: ['co_acme'] });
});

test('an expired token is marked, sorted apart and refused by Try', async () => {
  const toado = await startToado();
  const { token, id } = await toado.createToken({ label: 'soon gone', scopes: ['read'] });
  const db = new Libsql(toado.db);
  db.prepare('UPDATE tokens SET expires_at = ? WHERE id = ?').run(['2024-01-01T00:00:00.000Z', id]);
  db.prepare('UPDATE tokens SET expires_at = ? WHERE id = ?').run(['2024-01-01T00:00:00.000Z', 'tkn_reader']);
  db.close();
  const { get, post } = await visitor(toado);
  const list = (await get('/settings/tokens')).body;
  expect(list.indexOf('id="expired"')).toBeGreaterThan(0);
  expect(list.indexOf('soon gone')).toBeGreaterThan(list.indexOf('id="expired"'));
  const page = (await get(`/settings/tokens/${id}`)).body;
  expect(page).toContain('>Expired</span>');
  expect(page).not.toContain('Reads left');
  expect((await post('/try', { token })).body).toContain('has expired');
  expect((await get('/try')).body).not.toContain('value="reader"');
  expect((await toado.request('GET', '/companies', undefined, token)).status).toBe(401);
});

/** Listens to the stream of changes. @returns what was told so far. */
async function listenTo(toado: Toado, cookie: string): Promise<() => string> {
  let heard = '';
  const asked = httpGet(`${toado.url}/events`, { headers: { cookie } }, (answer) => {
    answer.on('data', (chunk) => {
      heard += chunk;
    });
  });
  asked.on('error', () => {});
  onTestFinished(() => void asked.destroy());
  await expect.poll(() => heard).toContain('event: person');
  return () => heard;
}

test('of a ticket that has left, its viewers hear that it left, and nothing that came later', async () => {
  const toado = await startToado();
  const { cookie } = await visitor(toado, 'usr_lena');
  const heard = await listenTo(toado, cookie);
  // Another process writes: what it did is read some time afterwards, when the ticket has its new title.
  const db = new Libsql(toado.db);
  db.exec('BEGIN IMMEDIATE');
  db.exec(
    `UPDATE tickets SET project_id = 'proj_console', column_id = 'col_console_done', title = 'Told in the console' WHERE id = 't-7Kq2Mx'`,
  );
  db.prepare(
    `INSERT INTO activity (at, user_id, via, action, project_id, ticket_id, detail)
     VALUES ('2030-01-01T00:00:00Z', 'usr_jason', 'web', 'move_ticket', 'proj_console', 't-7Kq2Mx', ?)`,
  ).run([JSON.stringify({ from: 'To Do', to: 'Hidden column', from_project_id: 'proj_storefront' })]);
  db.exec('COMMIT');
  db.close();
  await expect.poll(heard).toContain('t-7Kq2Mx');
  expect(heard()).toContain('moved it from To Do to a project that you can’t see');
  expect(heard()).not.toContain('Told in the console');
  expect(heard()).not.toContain('Hidden column');
});

test('tokens that are made or revoked are told to those who see them', async () => {
  const toado = await startToado();
  const { cookie } = await visitor(toado, 'usr_noah');
  const heard = await listenTo(toado, cookie);
  await toado.createToken({ label: 'nobody else’s business', scopes: ['read'], companies: ['co_acme'] });
  await toado.createToken({ label: 'my own', user_id: 'usr_omar', scopes: ['read'] });
  await toado.request('POST', '/projects/proj_field/tickets', { title: 'Heard by all of Globex' });
  await expect.poll(heard).toContain('Heard by all of Globex');
  expect(heard()).not.toContain('business');
  expect(heard()).not.toContain('my own');
});

test('a picture is asked for anew each time, and given to nobody who doesn’t see its ticket', async () => {
  const toado = await startToado({ pictureFile: () => fileURLToPath(new URL(import.meta.url)) });
  const { body } = await toado.request('GET', '/projects/proj_console/tickets?limit=100');
  const { id } = (body as { items: { id: string; has_capture: boolean }[] }).items.find(
    ({ has_capture }) => has_capture,
  )!;
  const path = `/tickets/${id}/pictures/screenshot`;
  const jason = await visitor(toado);
  const { status, headers } = await jason.get(path);
  expect([status, headers['cache-control']]).toEqual([200, 'private, no-cache']);
  expect((await jason.get(path, { 'If-None-Match': String(headers.etag) })).status).toBe(304);
  const lena = await visitor(toado, 'usr_lena');
  expect((await lena.get(path, { 'If-None-Match': String(headers.etag) })).status).toBe(403);
});

test('a viewer is told before filling anything in', async () => {
  const toado = await startToado();
  const { get } = await visitor(toado, 'usr_ruth');
  for (const path of ['/settings/tokens', '/settings/tokens/new']) {
    const { body } = await get(path);
    expect(body).toContain('Viewers hold no tokens.');
    expect(body).not.toContain('href="/settings/tokens/new"><svg');
    expect(body).not.toContain('name="label"');
  }
});

describe('the form for a token', () => {
  test('offers the user page’s use cases', async () => {
    const toado = await startToado();
    const { get } = await visitor(toado);
    const page = readFileSync(new URL('../../../fixtures/user-page-use-cases.txt', import.meta.url), 'utf8');
    const rows = page.trim().split('\n');
    expect(rows).toHaveLength(5);
    const { body } = await get('/settings/tokens/new');
    for (const row of rows) {
      const [title, scopes] = row.split('\t') as [string, string];
      expect(body).toContain(`data-preset="${scopes.split(', ').join(' ')}">${title}</a>`);
    }
    const slack = (await get('/settings/tokens/new?for=slack')).body;
    expect(slack).toMatch(/value="comments" checked/);
    expect(slack).not.toMatch(/value="tickets:write" checked/);
  });

  test('says which tools the scopes bring, from the catalogue', async () => {
    const toado = await startToado({ guide: sandboxGuide({ command: 'node', args: [] }) });
    const { get } = await visitor(toado);
    const { body } = await get('/settings/tokens/new?for=slack');
    for (const { name, scope } of catalogue) {
      const granted = scope === undefined || scope === 'read' || scope === 'comments';
      const item = new RegExp(
        `<li data-tool-scope="${scope ?? ''}" class="${granted ? '' : 'off'}"[^>]*><code>${name}<`,
      );
      expect(body).toMatch(item);
    }
  });

  test('takes an end', async () => {
    const toado = await startToado();
    const { post } = await visitor(toado);
    const form = { label: 'ends', scope: 'read' };
    expect((await post('/settings/tokens', { ...form, form_id: 'a', expires: '30' })).status).toBe(201);
    const last = await post('/settings/tokens', {
      ...form,
      form_id: 'b',
      expires: 'on',
      expires_on: '2099-03-04',
    });
    expect(last.status).toBe(201);
    const { body } = await toado.request('GET', '/sandbox/tokens');
    const [onDay, inDays] = body as { expires_at: string }[];
    expect(onDay!.expires_at).toBe('2099-03-04T23:59:59.000Z');
    const days = (Date.parse(inDays!.expires_at) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(29.9);
    expect(days).toBeLessThanOrEqual(30);
  });

  test.each([
    ['label', { label: ' ', scope: 'read' }],
    ['scopes', { label: 'x' }],
    ['expires', { label: 'x', scope: 'read', expires: 'on', expires_on: '2001-01-01' }],
    ['expires', { label: 'x', scope: 'read', expires: 'on', expires_on: '' }],
    ['expires', { label: 'x', scope: 'read', expires: 'soon' }],
    ['companies', { label: 'x', scope: 'read', company: 'co_none' }],
    ['projects', { label: 'x', scope: 'read', project: 'proj_none' }],
    ['projects', { label: 'x', scope: 'read', company: 'co_globex', project: 'proj_storefront' }],
    ['scopes', { label: 'x', scope: 'everything' }],
  ])('says what is wrong beside the field: %s', async (field, filled) => {
    const toado = await startToado();
    const { post } = await visitor(toado);
    const { status, body } = await post('/settings/tokens', { ...filled, form_id: 'a' } as Record<
      string,
      string
    >);
    expect(status).toBeGreaterThanOrEqual(400);
    const problems = [...body.matchAll(/<span class="problem" id="(\w+)-problem">([^<]+)</g)];
    expect(problems.map(([, name]) => name)).toEqual([field]);
    expect(body).toContain('see what is marked below');
  });
});

test('a token looks like the user page’s, and each is its own', async () => {
  const now = Date.UTC(2026, 10, 26);
  const made = Array.from({ length: 50 }, () => newTokenText(now));
  for (const text of made) expect(text).toMatch(/^tok_01[0-9A-HJKMNP-TV-Z]{34}$/);
  expect(new Set(made).size).toBe(50);
  // Sorted by when they were made, as ULIDs are.
  expect(newTokenText(now) < newTokenText(now + 1000)).toBe(true);
  for (const text of made) expect(isPlaceholderToken(text)).toBe(false);
  // Making a redactor's patterns takes a tenth of a second.
  for (const text of made.slice(0, 3)) {
    const redactor = new Redactor();
    redactor.add(text);
    expect(redactor.redact(`Authorization: Bearer ${text}`)).not.toContain(text.slice(4));
    expect(redactor.redact(Buffer.from(text).toString('base64'))).not.toContain(
      Buffer.from(text).toString('base64'),
    );
  }
});

describe('the client’s steps', () => {
  const launch = { command: 'node', args: ['/opt/toado-mcp/dist/main.js'] };

  test('are there for every client that `config` knows, without a token and under another name', async () => {
    const toado = await startToado({ guide: sandboxGuide(launch) });
    const { get, post } = await visitor(toado);
    const made = await post('/settings/tokens', { label: 'own', scope: 'read', form_id: 'a' });
    const token = /tok_01\w+/.exec(made.body)![0];
    const tried = (await post('/try', { token })).body;
    const ready = (await get('/try?with=triage')).body;
    expect(clients.length).toBeGreaterThanOrEqual(25);
    for (const { name, title } of clients) {
      for (const [page, wanted] of [
        [ready, '--sandbox=triage'],
        [tried, toado.apiUrl],
      ] as const) {
        const start = page.indexOf(`data-choice="client" data-value="${name}"`);
        const steps = page.slice(start, page.indexOf('To see that it works', start));
        expect(start, title).toBeGreaterThan(0);
        const whole = readable(steps);
        expect(whole, `${title} ${wanted}`).toContain(wanted);
        expect(whole, title).toContain('toado-sandbox');
        expect(whole, title).not.toMatch(/tok_(?!PASTE_YOURS_HERE)\w/);
      }
    }
    expect(tried).not.toContain(token);
    expect(made.body.split(token).length, 'the token itself, and its copy button').toBeLessThanOrEqual(4);
  });
});

/** Steps as they are read, addresses that add a server with one click included. */
function readable(steps: string): string {
  const decoded = steps.replaceAll(/(?:%[0-9A-F]{2})+/gi, (codes) => {
    try {
      return decodeURIComponent(codes);
    } catch {
      return codes;
    }
  });
  return decoded.replaceAll('&quot;', '"');
}
