import Libsql from 'libsql';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startSandbox } from '../../../src/sandbox/index.ts';
import { callers, smallWorld, start } from '../support/sandbox.ts';

describe('a lock that another program holds', () => {
  test('keeps no sandbox from starting on a file that is there', async () => {
    const { db } = await start();
    lock(db);
    const from = performance.now();
    const second = await startSandbox({ db, world: smallWorld() });
    onTestFinished(() => second.close());
    expect(performance.now() - from).toBeLessThan(4000);
    const reply = await callers(second.apiUrl).as('olga')('GET', '/companies');
    expect(reply.status).toBe(200);
  });

  function lock(db: string): () => void {
    const other = new Libsql(db);
    other.exec('BEGIN IMMEDIATE');
    const release = () => {
      if (other.open) {
        other.exec('ROLLBACK');
        other.close();
      }
    };
    onTestFinished(release);
    return release;
  }

  test('of the file that counts requests: no write is carried out, and the answer says which file it is', async () => {
    const { as, db } = await start();
    const release = lock(`${db}-requests`);
    const { status, body } = await as('olga')('POST', '/tickets/t-AAAAAA/comments', { body: 'x' });
    expect([status, body.error.code]).toEqual([503, 'unavailable']);
    expect(body.error.message).toMatch(/has locked \S+\.db-requests, .* not carried out/);
    release();
    expect((await as('mia')('GET', '/tickets/t-AAAAAA')).body.comment_count).toBe(0);
  });

  test('of that file: reads don’t wait for it, keep to their limit, and are counted as soon as they can be', async () => {
    const world = smallWorld();
    world.companies[0]!.limits = { reads: 6, writes: 60 };
    const { as, db } = await start({ world });
    const left = ({ headers }: { headers: Headers }) => Number(headers.get('ratelimit-remaining'));
    expect(left(await as('mia')('GET', '/tickets/t-AAAAAA'))).toBe(5);
    const release = lock(`${db}-requests`);
    for (const remaining of [4, 3, 2]) {
      const asked = performance.now();
      const reply = await as('mia')('GET', '/tickets/t-AAAAAA');
      expect([reply.status, left(reply)]).toEqual([200, remaining]);
      expect(performance.now() - asked).toBeLessThan(1_500);
    }
    release();
    expect(left(await as('mia')('GET', '/tickets/t-AAAAAA'))).toBe(1);
    const again = lock(`${db}-requests`);
    expect((await as('mia')('GET', '/tickets/t-AAAAAA')).status).toBe(200);
    const refused = await as('mia')('GET', '/tickets/t-AAAAAA');
    expect([refused.status, refused.body.error.code]).toEqual([429, 'rate_limited']);
    again();
    expect((await as('mia')('GET', '/tickets/t-AAAAAA')).status).toBe(429);
    const counts = new Libsql(`${db}-requests`);
    onTestFinished(() => void counts.close());
    const counted = counts
      .prepare("SELECT count(*) AS n, count(DISTINCT at) AS times FROM requests WHERE token_id = 'tkn_mia'")
      .get([]);
    expect(counted).toMatchObject({ n: 6, times: 6 });
  });

  test('keeps nobody from reading, and writes wait side by side and then say so', async () => {
    const { as, db, bare } = await start();
    lock(db);
    const from = performance.now();
    const writes = Array.from({ length: 8 }, () =>
      as('olga')('POST', '/tickets/t-AAAAAA/comments', { body: 'x' }),
    );
    const made = bare('DELETE', '/sandbox/tokens/tkn_mia?user_id=usr_mia');
    for (let at = 0; at < 5; at++) {
      const asked = performance.now();
      const { status, headers } = await as('mia')('GET', '/tickets/t-AAAAAA');
      expect(status).toBe(200);
      expect(Number(headers.get('ratelimit-remaining'))).toBe(599 - at);
      expect(performance.now() - asked).toBeLessThan(1500);
    }
    for (const { status, headers, body } of [...(await Promise.all(writes)), await made]) {
      expect([status, body.error.code, headers.get('retry-after')]).toEqual([503, 'unavailable', '2']);
    }
    expect(performance.now() - from).toBeLessThan(9000);
  });

  test('delays a write until it is released, and what was read meanwhile is counted', async () => {
    const { as, db } = await start();
    const release = lock(db);
    await as('olga')('GET', '/companies');
    const write = as('olga')('POST', '/tickets/t-AAAAAA/comments', { body: 'after all' });
    setTimeout(release, 500);
    expect((await write).status).toBe(201);
    const { headers } = await as('olga')('GET', '/companies');
    expect(headers.get('ratelimit-remaining')).toBe('598');
  });
});

test('reads while the file is locked for moments are each counted once', async () => {
  const world = smallWorld();
  // More than a quick machine makes.
  world.companies[0]!.limits = { reads: 10_000, writes: 60 };
  const { as, db } = await start({ world });
  const other = new Libsql(db);
  onTestFinished(() => void other.close());
  let made = 0;
  let done = false;
  const readers = Array.from({ length: 6 }, async () => {
    while (!done) {
      expect((await as('mia')('GET', '/companies')).status).toBe(200);
      made += 1;
    }
  });
  for (let at = 0; at < 5; at++) {
    other.exec('BEGIN IMMEDIATE');
    await new Promise((resolve) => setTimeout(resolve, 160));
    other.exec('ROLLBACK');
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
  done = true;
  await Promise.all(readers);
  await as('mia')('GET', '/companies');
  const counts = new Libsql(`${db}-requests`);
  onTestFinished(() => void counts.close());
  const counted = counts.prepare("SELECT count(*) AS n FROM requests WHERE token_id = 'tkn_mia'").get([]);
  expect(counted).toMatchObject({ n: made + 1 });
});
