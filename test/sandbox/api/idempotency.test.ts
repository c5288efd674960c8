import Database from 'libsql';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { steadyMs } from '../../../src/sandbox/db/clock.ts';
import { start } from '../support/sandbox.ts';

const key = (value: string) => ({ 'idempotency-key': value });
const comments = '/tickets/t-AAAAAA/comments';

describe('a repeated Idempotency-Key', () => {
  test('with the same body answers the first outcome again', async () => {
    const { as } = await start();
    const first = await as('olga')('POST', comments, { body: 'Once' }, key('k1'));
    const again = await as('olga')('POST', comments, { body: 'Once' }, key('k1'));
    expect([again.status, again.text]).toEqual([first.status, first.text]);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect((await as('olga')('GET', '/tickets/t-AAAAAA')).body.comment_count).toBe(1);
  });

  test.each([
    ['projects', "UPDATE tokens SET projects = '[\"proj_vault\"]' WHERE id = 'tkn_mia'", 'forbidden'],
    ['scopes', "UPDATE tokens SET scopes = '[\"read\"]' WHERE id = 'tkn_mia'", 'insufficient_scope'],
  ])('answers nothing that went out of reach meanwhile (%s)', async (_, sql, code) => {
    const { as, db } = await start();
    const write = () => as('mia')('POST', comments, { body: 'Once' }, key('k1'));
    expect((await write()).status).toBe(201);
    const file = new Database(db);
    onTestFinished(() => void file.close());
    expect(file.prepare(sql).run([]).changes).toBe(1);
    const again = await write();
    expect([again.body.error.code, again.headers.has('idempotent-replayed')]).toEqual([code, false]);
    expect((await as('olga')('GET', '/tickets/t-AAAAAA')).body.comment_count).toBe(1);
  });

  test('answers a move again though the ticket is elsewhere by now', async () => {
    const { as } = await start();
    const move = () =>
      as('olga')('POST', '/tickets/t-AAAAAA/move', { target_column_id: 'col_shop_done' }, key('k1'));
    const first = await move();
    await as('olga')('POST', '/tickets/t-AAAAAA/move', { target_column_id: 'col_shop_todo' });
    const again = await move();
    expect([again.text, again.headers.get('idempotent-replayed')]).toEqual([first.text, 'true']);
    expect((await as('olga')('GET', '/tickets/t-AAAAAA')).body.column_id, 'nothing was done').toBe(
      'col_shop_todo',
    );
  });

  test('answers it again though what it needed is gone by now, unless that was the ticket or the project', async () => {
    const { as, db } = await start();
    const writes = [
      ['/tickets/t-AAAAAA/move', { target_column_id: 'col_shop_done' }],
      [comments, { body: 'Once' }],
      ['/projects/proj_vault/tickets', { title: 'Once' }],
    ] as const;
    const all = async () => {
      const answers = [];
      for (const [at, [path, body]] of writes.entries())
        answers.push(await as('olga')('POST', path, body, key(`k${at}`)));
      return answers;
    };
    const first = await all();
    const past = new Database(db);
    onTestFinished(() => void past.close());
    past.exec("DELETE FROM columns WHERE id = 'col_shop_done'");
    expect((await all()).map(({ text }) => text)).toEqual(first.map(({ text }) => text));
    past.exec('PRAGMA foreign_keys = OFF');
    past.exec("DELETE FROM tickets WHERE project_id = 'proj_vault' OR id = 't-AAAAAA'");
    past.exec("DELETE FROM projects WHERE id = 'proj_vault'");
    expect((await all()).map(({ body }) => body.error?.code)).toEqual([
      'ticket_not_found',
      'ticket_not_found',
      'project_not_found',
    ]);
  });

  test('answers a refusal again too', async () => {
    const { as } = await start();
    const move = { target_column_id: 'col_none' };
    const first = await as('olga')('POST', '/tickets/t-AAAAAA/move', move, key('k1'));
    const again = await as('olga')('POST', '/tickets/t-AAAAAA/move', move, key('k1'));
    expect(first.status).toBe(404);
    expect([again.status, again.text]).toEqual([first.status, first.text]);
  });

  test('with another body, path or method is a conflict', async () => {
    const { as } = await start();
    await as('olga')('POST', comments, { body: 'Once' }, key('k1'));
    for (const [method, path, body] of [
      ['POST', comments, { body: 'Twice' }],
      ['POST', '/tickets/t-BBBBBB/comments', { body: 'Once' }],
      ['PATCH', '/tickets/t-AAAAAA', { title: 'x' }],
    ] as const) {
      const { status, body: answer } = await as('olga')(method, path, body, key('k1'));
      expect(`${status} ${answer.error?.code}`).toBe('409 conflict');
    }
    expect((await as('olga')('GET', '/tickets/t-AAAAAA')).body).toMatchObject({
      comment_count: 1,
      title: 'Checkout button is dead',
    });
  });

  test('of another token is another key', async () => {
    const { as } = await start();
    for (const name of ['olga', 'mia']) {
      const { status } = await as(name)('POST', comments, { body: 'Once' }, key('k1'));
      expect(status).toBe(201);
    }
    expect((await as('olga')('GET', '/tickets/t-AAAAAA')).body.comment_count).toBe(2);
  });

  test('at the same moment does it once', async () => {
    const { as } = await start();
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => as('olga')('POST', comments, { body: 'Once' }, key('k1'))),
    );
    expect(new Set(replies.map(({ status, text }) => status + text)).size).toBe(1);
    expect((await as('olga')('GET', '/tickets/t-AAAAAA')).body.comment_count).toBe(1);
  });

  test('is forgotten after 24 hours', async () => {
    const { as, db } = await start();
    await as('olga')('POST', comments, { body: 'Once' }, key('k1'));
    const past = new Database(db);
    past.prepare('UPDATE outcomes SET since = ?').run([steadyMs() - 24 * 3600 * 1000 - 1]);
    past.close();
    expect((await as('olga')('POST', comments, { body: 'Twice' }, key('k1'))).status).toBe(201);
  });

  test('is kept for those 24 hours, whatever comes meanwhile', async () => {
    const { as, db } = await start();
    const first = await as('olga')('POST', comments, { body: 'Once' }, key('k1'));
    const past = new Database(db);
    past.prepare('UPDATE outcomes SET since = ?').run([steadyMs() - 24 * 3600 * 1000 + 60_000]);
    past.close();
    await as('olga')('POST', comments, { body: 'Another' }, key('k2'));
    expect((await as('olga')('POST', comments, { body: 'Once' }, key('k1'))).text).toBe(first.text);
  });

  test.each([
    ['two days ahead', 2 * 24 * 3600 * 1000],
    ['two days back', -2 * 24 * 3600 * 1000],
  ])('is kept when the time of day is set %s', async (_, by) => {
    const { as } = await start();
    const first = await as('olga')('POST', comments, { body: 'Once' }, key('k1'));
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + by });
    onTestFinished(() => void vi.useRealTimers());
    const other = await as('olga')('POST', comments, { body: 'Something else' }, key('k2'));
    expect(other.status).toBe(201);
    const again = await as('olga')('POST', comments, { body: 'Once' }, key('k1'));
    expect([again.status, again.text]).toEqual([first.status, first.text]);
    expect((await as('olga')('GET', '/tickets/t-AAAAAA')).body.comment_count).toBe(2);
  });

  test('is kept for a day from the start of the machine on, when that was started anew', async () => {
    const first = await start();
    const answer = await first.as('olga')('POST', comments, { body: 'Once' }, key('k1'));
    await first.close();
    const past = new Database(first.db);
    // What the file says when the machine ran for a year before, and is in its first minute now.
    past.exec("UPDATE meta SET value = 'another boot' WHERE key = 'boot'; UPDATE outcomes SET since = 3e10");
    past.close();
    const { as, db } = await start({ db: first.db });
    const again = await as('olga')('POST', comments, { body: 'Once' }, key('k1'));
    expect(again.text).toBe(answer.text);
    const now = new Database(db);
    const { since } = now.prepare('SELECT since FROM outcomes').get([]) as { since: number };
    now.close();
    expect(since).toBeLessThanOrEqual(steadyMs());
  });

  test('does not outlive the token', async () => {
    const { as, bare } = await start();
    await as('olga')('POST', comments, { body: 'Once' }, key('k1'));
    await bare('DELETE', '/sandbox/tokens/tkn_olga');
    expect((await as('olga')('POST', comments, { body: 'Once' }, key('k1'))).status).toBe(401);
  });

  test('that was refused by the limit runs when it is let through', async () => {
    const { as, db } = await start();
    const past = new Database(db);
    const setLimit = (limit: number) =>
      past.prepare('UPDATE companies SET writes_per_minute = ?').run([limit]);
    await as('mia')('POST', '/tickets/t-AAAAAA/archive');
    setLimit(1);
    expect((await as('mia')('POST', comments, { body: 'Once' }, key('k1'))).status).toBe(429);
    setLimit(5);
    expect((await as('mia')('POST', comments, { body: 'Once' }, key('k1'))).status).toBe(201);
    past.close();
  });
});

describe('an API without the feature', () => {
  test('says so in token-info, and does a repeated write again', async () => {
    const { as } = await start({ features: [] });
    expect((await as('olga')('GET', '/auth/token-info')).body.features).toEqual([]);
    for (let at = 0; at < 2; at++) {
      expect((await as('olga')('POST', comments, { body: 'x' }, key('k1'))).status).toBe(201);
    }
    expect((await as('olga')('GET', '/tickets/t-AAAAAA')).body.comment_count).toBe(2);
  });
});

test.each(['', 'with space', 'k'.repeat(256), 'ключ'])('the key %j is refused', async (value) => {
  const { as } = await start();
  const headers = { 'idempotency-key': Buffer.from(value).toString('latin1') };
  const { status } = await as('olga')('POST', comments, { body: 'x' }, headers);
  expect(status).toBe(400);
});
