/** Files of earlier releases go on being used; `npm run sandbox-fixture` made them. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import Libsql from 'libsql';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../support/temporary.ts';
import { ids, start } from '../support/sandbox.ts';

const fixtures = new URL('../../fixtures/', import.meta.url);
const releases = readdirSync(fixtures).filter((name) => /^sandbox-.*\.db\.gz$/.test(name));

test('there is at least one', () => expect(releases).toContain('sandbox-0.1.0.db.gz'));

describe.each(releases)('%s', (name) => {
  test('is opened with all that people wrote, and written on', async () => {
    const db = join(temporaryFolder(), 'sandbox.db');
    writeFileSync(db, gunzipSync(readFileSync(new URL(name, fixtures))));
    const { as, bare, readyTokens } = await start({ db });
    const olga = as('olga');
    const { body: ticket } = await olga('GET', '/tickets/t-AAAAAA');
    expect(ticket).toMatchObject({
      title: 'Written by the version before',
      comment_count: 1,
      updated: { token: { id: 'tkn_olga', label: 'olga agent' } },
    });
    expect(ticket.assignees.map(({ id }: { id: string }) => id)).toEqual(['usr_mia']);
    const { body: comments } = await olga('GET', '/tickets/t-AAAAAA/comments');
    expect(comments.items.map(({ body }: { body: string }) => body)).toEqual(['A comment that has to stay.']);
    expect(ids(await olga('GET', '/projects/proj_shop/tickets'))).toEqual(['t-AAAAAA', 't-BBBBBB']);
    expect(ids(await olga('GET', '/projects/proj_shop/tickets?status=archived'))).toEqual(['t-CCCCCC']);
    expect(ids(await olga('GET', '/tickets/search?query=version+before'))).toEqual(['t-AAAAAA']);
    expect((await as('vic')('GET', '/companies')).status, 'revoked stays revoked').toBe(401);
    expect(readyTokens.map(({ name: one }) => one)).not.toContain('vic');

    const { body: tokens } = await bare('GET', '/sandbox/tokens?user_id=usr_mia');
    expect(tokens[0].last_used_at, 'never used').toBeNull();

    expect((await olga('POST', '/tickets/t-AAAAAA/comments', { body: 'Written now.' })).status).toBe(201);
    expect((await olga('POST', '/tickets/t-CCCCCC/restore')).status).toBe(200);
    expect(ids(await olga('GET', '/tickets/search?query=written+now'))).toEqual(['t-AAAAAA']);
  });
});

test('0.1.0: when a token that only ever read was last used is still known', async () => {
  const db = join(temporaryFolder(), 'sandbox.db');
  writeFileSync(db, gunzipSync(readFileSync(new URL('sandbox-0.1.0.db.gz', fixtures))));
  const file = new Libsql(db);
  file.exec("INSERT INTO budgets VALUES ('tkn_mia', 'read', 599, 1795682371065, 1)");
  file.close();
  const { bare, as } = await start({ db });
  const lastUsed = async () => (await bare('GET', '/sandbox/tokens?user_id=usr_mia')).body[0].last_used_at;
  expect(await lastUsed()).toBe(new Date(1795682371065).toISOString());
  await as('mia')('GET', '/companies');
  expect(Math.abs(Date.now() - Date.parse(await lastUsed()))).toBeLessThan(60_000);
});
