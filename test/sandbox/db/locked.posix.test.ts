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

  test('of the file that counts requests: none is carried out, and the answer says which file it is', async () => {
    const { as, db } = await start();
    const release = lock(`${db}-requests`);
    const [read, write] = await Promise.all([
      as('mia')('GET', '/tickets/t-AAAAAA'),
      as('olga')('POST', '/tickets/t-AAAAAA/comments', { body: 'x' }),
    ]);
    for (const { status, body } of [read, write]) {
      expect([status, body.error.code]).toEqual([503, 'unavailable']);
      expect(body.error.message).toMatch(/has locked \S+\.db-requests, .* not carried out/);
    }
    release();
    expect((await as('mia')('GET', '/tickets/t-AAAAAA')).body.comment_count).toBe(0);
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
  const { as, db } = await start();
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
