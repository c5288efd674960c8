import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import Database from 'libsql';
import { describe, expect, onTestFinished, test } from 'vitest';
import { setRole, smallWorld, start } from '../support/sandbox.ts';

const json = { 'content-type': 'application/json' };
const post = (value: unknown, headers: Record<string, string> = {}) => ({
  headers: { ...json, ...headers },
  body: JSON.stringify(value),
});
const tokens = '/sandbox/tokens';

describe('creating a token', () => {
  test('shows its text once; only its hash is kept', async () => {
    const { as, bare, db, close } = await start();
    const { status, body } = await bare(
      'POST',
      tokens,
      post({ label: 'laptop', scopes: ['read', 'comments'] }),
    );
    expect(status).toBe(201);
    expect(body).toMatchObject({
      id: expect.stringMatching(/^tkn_/),
      token: expect.stringMatching(/^tok_01[0-9A-HJKMNP-TV-Z]{34}$/),
      label: 'laptop',
      user: { id: 'usr_olga', name: 'Olga' },
      scopes: ['read', 'comments'],
      companies: null,
      projects: null,
      revoked_at: null,
    });
    const name = body.token.slice('tok_'.length);
    expect((await as(name)('GET', '/auth/token-info')).body).toMatchObject({ id: body.id, label: 'laptop' });
    expect((await bare('GET', tokens)).text).not.toContain(name);
    await close();
    for (const suffix of ['', '-wal']) {
      expect(readFileSync(db + suffix).includes(name), `in ${db}${suffix}`).toBe(false);
    }
  });

  test('each has a text of its own', async () => {
    const { bare } = await start();
    const made = await Promise.all(
      Array.from({ length: 20 }, () => bare('POST', tokens, post({ label: 'same', scopes: ['read'] }))),
    );
    expect(new Set(made.map(({ body }) => body.token)).size).toBe(20);
  });

  test('for another user, restricted, with an end', async () => {
    const { as, bare, db } = await start();
    const expires_at = new Date(Date.now() + 60_000).toISOString();
    const { body } = await bare(
      'POST',
      tokens,
      post({ user_id: 'usr_mia', label: 'ci', scopes: ['mcp.read'], projects: ['proj_vault'], expires_at }),
    );
    expect(body).toMatchObject({ companies: ['co_acme'], projects: ['proj_vault'], expires_at });
    const call = as(body.token.slice(4));
    expect((await call('GET', '/auth/token-info')).body).toMatchObject({
      projects: ['proj_vault'],
      expires_at,
    });
    expect((await call('GET', '/tickets/t-AAAAAA')).status).toBe(403);
    const file = new Database(db);
    file.prepare('UPDATE tokens SET expires_at = ? WHERE id = ?').run([new Date().toISOString(), body.id]);
    file.close();
    expect((await call('GET', '/auth/token-info')).status).toBe(401);
  });

  test('what is named twice is kept once', async () => {
    const { bare } = await start();
    const twice = {
      scopes: ['read', 'comments', 'read'],
      companies: ['co_acme', 'co_acme'],
      projects: ['proj_shop', 'proj_shop'],
    };
    const { body } = await bare('POST', tokens, post({ label: 'x'.repeat(100), ...twice }));
    expect(body).toMatchObject({
      scopes: ['read', 'comments'],
      companies: ['co_acme'],
      projects: ['proj_shop'],
    });
  });

  test('for everything that is theirs, whoever is more than a viewer in one of their companies', async () => {
    const sandbox = await start();
    setRole(sandbox, 'usr_olga', 'co_globex', 'viewer');
    const { status, body } = await sandbox.bare('POST', tokens, post({ label: 'both', scopes: ['read'] }));
    expect(status).toBe(201);
    const companies = await sandbox.as(body.token.slice(4))('GET', '/companies');
    expect(companies.body.map(({ id }: { id: string }) => id)).toEqual(['co_acme']);
  });

  test.each([
    [{ scopes: ['read'] }, 400, 'validation_error'],
    [{ label: 'x'.repeat(101), scopes: ['read'] }, 400, 'validation_error'],
    [{ label: '', scopes: ['read'] }, 400, 'validation_error'],
    [{ label: 'x', scopes: [] }, 400, 'validation_error'],
    [{ label: 'x', scopes: ['everything'] }, 400, 'validation_error'],
    [{ label: 'x', scopes: ['read', 'everything'] }, 400, 'validation_error'],
    [{ label: 'x', scopes: ['read'], companies: [] }, 400, 'validation_error'],
    [
      { label: 'x', scopes: ['read'], companies: ['co_globex'], projects: ['proj_shop'] },
      400,
      'validation_error',
    ],
    [{ label: 'x', scopes: ['read'], expires_at: 'tomorrow' }, 400, 'validation_error'],
    [{ label: 'x', scopes: ['read'], expires_at: '2020-01-01T00:00:00Z' }, 400, 'validation_error'],
    [{ label: 'x', scopes: ['read'], admin: true }, 400, 'validation_error'],
    [{ label: 'x', scopes: ['read'], user_id: 'usr_none' }, 404, 'user_not_found'],
    [{ label: 'x', scopes: ['read'], companies: ['co_none'] }, 404, 'company_not_found'],
    [{ label: 'x', scopes: ['read'], projects: ['proj_none'] }, 404, 'project_not_found'],
    [{ label: 'x', scopes: ['read'], user_id: 'usr_gus', companies: ['co_acme'] }, 403, 'forbidden'],
    [{ label: 'x', scopes: ['read'], user_id: 'usr_adam', projects: ['proj_vault'] }, 403, 'forbidden'],
    [{ label: 'x', scopes: ['read'], user_id: 'usr_vic' }, 403, 'forbidden'],
    [{ label: 'x', scopes: ['read'], user_id: 'usr_vic', companies: ['co_acme'] }, 403, 'forbidden'],
  ])('%j is refused', async (request, status, code) => {
    const { bare } = await start();
    const reply = await bare('POST', tokens, post(request));
    expect(`${reply.status} ${reply.body.error.code}`).toBe(`${status} ${code}`);
    expect((await bare('GET', tokens)).body).toHaveLength(4);
  });
});

describe('when a token ends', () => {
  test.each([
    ['9999-12-31T23:59:59-12:00', '9999-12-31T23:59:59.999Z'],
    ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59.000Z'],
    ['2099-01-01T00:00:00+02:00', '2098-12-31T22:00:00.000Z'],
  ])('%s is in the future', async (expires_at, kept) => {
    const { as, bare } = await start();
    const { status, body } = await bare('POST', tokens, post({ label: 'x', scopes: ['read'], expires_at }));
    expect([status, body.expires_at, body.state]).toEqual([201, kept, 'live']);
    expect((await as(body.token.slice(4))('GET', '/companies')).status).toBe(200);
  });

  test.each(['0000-01-01T00:00:00Z', '1970-01-01T00:00:00+14:00'])('%s is not', async (expires_at) => {
    const { bare } = await start();
    const { body } = await bare('POST', tokens, post({ label: 'x', scopes: ['read'], expires_at }));
    expect(body.error.message).toBe('expires_at: must be in the future');
  });
});

describe('revoking', () => {
  test('is effective from the next request on', async () => {
    const { as, bare } = await start();
    expect((await as('mia')('GET', '/companies')).status).toBe(200);
    const { status, body } = await bare('DELETE', `${tokens}/tkn_mia`);
    expect([status, body.revoked_at]).toEqual([200, expect.stringMatching(/Z$/)]);
    const { status: after, body: answer } = await as('mia')('GET', '/companies');
    expect(`${after} ${answer.error.code}`).toBe('401 unauthorized');
    expect((await as('olga')('GET', '/companies')).status).toBe(200);
    expect((await bare('DELETE', `${tokens}/tkn_mia`)).body.revoked_at, 'again').toBe(body.revoked_at);
    expect((await bare('DELETE', `${tokens}/tkn_none`)).body.error.code).toBe('token_not_found');
  });

  test('refuses a write whose body was still on its way', async () => {
    const { as, bare } = await start();
    let send: (text: string) => void = () => undefined;
    const body = new ReadableStream({
      start(controller) {
        send = (text) => {
          controller.enqueue(Buffer.from(text));
          controller.close();
        };
        controller.enqueue(Buffer.from('{"body":'));
      },
    });
    const reply = bare('POST', '/tickets/t-AAAAAA/comments', {
      headers: { ...json, authorization: 'Bearer tok_mia' },
      body,
      duplex: 'half',
    } as RequestInit);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await bare('DELETE', `${tokens}/tkn_mia`);
    send('"too late"}');
    expect((await reply).status).toBe(401);
    expect((await as('olga')('GET', '/tickets/t-AAAAAA')).body.comment_count).toBe(0);
  });

  test('refuses a write that was waiting for the file', async () => {
    const { as, db } = await start();
    const file = new Database(db);
    onTestFinished(() => void file.close());
    file.exec('BEGIN IMMEDIATE');
    const reply = as('mia')('POST', '/tickets/t-AAAAAA/comments', { body: 'too late' });
    await new Promise((resolve) => setTimeout(resolve, 100));
    file.exec(`UPDATE tokens SET revoked_at = '${new Date().toISOString()}' WHERE id = 'tkn_mia'; COMMIT`);
    expect((await reply).status).toBe(401);
    expect((await as('olga')('GET', '/tickets/t-AAAAAA')).body.comment_count).toBe(0);
  });

  test('leaves the label on what the token wrote', async () => {
    const { as, bare } = await start();
    await as('mia')('POST', '/tickets/t-AAAAAA/comments', { body: 'x' });
    await bare('DELETE', `${tokens}/tkn_mia`);
    const { body } = await as('olga')('GET', '/tickets/t-AAAAAA/comments');
    expect(body.items[0].created.token).toEqual({ id: 'tkn_mia', label: 'mia agent' });
  });
});

describe('visibility into what tokens did', () => {
  test('the list shows last use and what is left of the budget', async () => {
    const { as, bare } = await start();
    const entry = async () =>
      (await bare('GET', tokens)).body.find(({ id }: { id: string }) => id === 'tkn_mia');
    expect(await entry()).toMatchObject({
      last_used_at: null,
      limits: { read: { limit: 600, remaining: 600 } },
    });
    await as('mia')('GET', '/companies');
    const used = await entry();
    expect(Date.now() - new Date(used.last_used_at).getTime()).toBeLessThan(5000);
    expect(used.limits.read.remaining).toBeGreaterThanOrEqual(599);
  });

  test('the activity of a token is every row that it wrote, the newest first', async () => {
    const { as, bare } = await start();
    const { body: made } = await as('mia')(
      'POST',
      '/projects/proj_shop/tickets',
      { title: 'By a token' },
      { 'x-toado-client': 'mcp' },
    );
    await as('mia')('POST', `/tickets/${made.id}/comments`, { body: 'x' });
    await as('olga')('POST', `/tickets/${made.id}/comments`, { body: 'not by it' });
    await as('mia')('PATCH', '/tickets/t-AAAAAA', { title: 'refused' });
    const { body } = await bare('GET', `${tokens}/tkn_mia/activity`);
    expect(body.items).toMatchObject([
      { action: 'add_comment', ticket_id: made.id, ticket_title: 'By a token', by: { via: 'api' } },
      {
        action: 'create_ticket',
        ticket_id: made.id,
        project_id: 'proj_shop',
        by: {
          user: { id: 'usr_mia', name: 'Mia' },
          token: { id: 'tkn_mia', label: 'mia agent' },
          via: 'mcp',
        },
      },
    ]);
    const first = await bare('GET', `${tokens}/tkn_mia/activity?limit=1`);
    const second = await bare('GET', `${tokens}/tkn_mia/activity?limit=1&cursor=${first.body.cursor}`);
    expect([...first.body.items, ...second.body.items]).toEqual(body.items);
    expect(second.body.cursor).toBeUndefined();
    expect((await bare('GET', `${tokens}/tkn_none/activity`)).status).toBe(404);
  });

  test('tokens that were revoked before the sandbox began are in the list', async () => {
    const world = smallWorld({
      earlierTokens: [
        {
          id: 'tkn_old',
          label: 'old one',
          user: 'usr_mia',
          scopes: ['read'],
          createdMinutesAgo: 9,
          revokedMinutesAgo: 3,
        },
      ],
    });
    const { bare } = await start({ world });
    const old = (await bare('GET', tokens)).body.find(({ id }: { id: string }) => id === 'tkn_old');
    expect(old).toMatchObject({ label: 'old one', revoked_at: expect.any(String) });
  });
});

describe('only the person at this machine manages tokens', () => {
  test('a page of another site may not, nor send what looks like a form', async () => {
    const { bare, url } = await start();
    const request = { label: 'x', scopes: ['read'] };
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'http://localhost:1' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ] as Record<string, string>[]) {
      expect((await bare('POST', tokens, post(request, headers))).status, JSON.stringify(headers)).toBe(403);
      for (const [method, path] of [
        ['GET', tokens],
        ['GET', `${tokens}/tkn_mia/activity`],
        ['DELETE', `${tokens}/tkn_mia`],
      ] as const)
        expect((await bare(method, path, { headers })).status, path).toBe(403);
    }
    expect((await bare('POST', tokens, post(request, { origin: url }))).status).toBe(201);
  });
});

test('a token’s hash is SHA-256 of its text', async () => {
  const { db, close } = await start();
  await close();
  const past = new Database(db);
  const { hash } = past
    .prepare("SELECT lower(hex(hash)) AS hash FROM tokens WHERE id = 'tkn_olga'")
    .get([]) as {
    hash: string;
  };
  past.close();
  expect(hash).toBe(createHash('sha256').update('tok_olga').digest('hex'));
});
