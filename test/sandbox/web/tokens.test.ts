/** What the pages show of tokens, of changes and of pictures, and to whom. */

import { get as httpGet } from 'node:http';
import { fileURLToPath } from 'node:url';
import Libsql from 'libsql';
import { expect, onTestFinished, test } from 'vitest';
import { startToado } from '../../support/toado.ts';
import { visitor } from '../support/visitor.ts';

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

test('of a ticket that has left, its viewers hear that it left, and nothing that came later', async () => {
  const toado = await startToado();
  const { cookie } = await visitor(toado, 'usr_lena');
  let heard = '';
  const asked = httpGet(`${toado.url}/events`, { headers: { cookie } }, (answer) => {
    answer.on('data', (chunk) => {
      heard += chunk;
    });
  });
  asked.on('error', () => {});
  onTestFinished(() => void asked.destroy());
  await expect.poll(() => heard).toContain('event: person');
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
  await expect.poll(() => heard).toContain('t-7Kq2Mx');
  expect(heard).toContain('moved it from To Do to a project that you can’t see');
  expect(heard).not.toContain('Told in the console');
  expect(heard).not.toContain('Hidden column');
});

test('tokens that are made or revoked are told to those who see them', async () => {
  const toado = await startToado();
  const { cookie } = await visitor(toado, 'usr_noah');
  let heard = '';
  const asked = httpGet(`${toado.url}/events`, { headers: { cookie } }, (answer) => {
    answer.on('data', (chunk) => {
      heard += chunk;
    });
  });
  asked.on('error', () => {});
  onTestFinished(() => void asked.destroy());
  await expect.poll(() => heard).toContain('event: person');
  await toado.createToken({ label: 'nobody else’s business', scopes: ['read'], companies: ['co_acme'] });
  await toado.createToken({ label: 'my own', user_id: 'usr_omar', scopes: ['read'] });
  await toado.request('POST', '/projects/proj_field/tickets', { title: 'Heard by all of Globex' });
  await expect.poll(() => heard).toContain('Heard by all of Globex');
  expect(heard).not.toContain('business');
  expect(heard).not.toContain('my own');
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
