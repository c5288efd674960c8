import { join } from 'node:path';
import Libsql from 'libsql';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  consume,
  consumeUncounted,
  currentBudget,
  putDownUncounted,
} from '../../../src/sandbox/auth/rate-limiter.ts';
import { Database } from '../../../src/sandbox/db/database.ts';
import { lastUsed } from '../../../src/sandbox/queries/last-used.ts';
import { seed } from '../../../src/sandbox/seed/file/seed.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { smallWorld, start } from '../support/sandbox.ts';

function limited(reads: number, writes: number) {
  const world = smallWorld();
  world.companies[0]!.limits = { reads, writes };
  return world;
}

const budget = (headers: Headers) =>
  ['limit', 'remaining', 'reset'].map((name) => Number(headers.get(`ratelimit-${name}`)));

describe('limits per token', () => {
  test('600 reads and 60 writes a minute, said in the headers of every answer', async () => {
    const { as } = await start();
    expect(budget((await as('olga')('GET', '/auth/token-info')).headers)).toEqual([600, 599, 60]);
    expect(budget((await as('olga')('POST', '/tickets/t-AAAAAA/archive')).headers)).toEqual([60, 59, 60]);
    for (const [method, path, limit] of [
      ['GET', '/tickets/t-nowher', 600],
      ['GET', '/tickets/search', 600],
      ['GET', '/tickets/t-GGGGGG', 600],
      ['PATCH', '/tickets/t-nowher', 60],
    ] as const) {
      const { headers, status } = await as('mia')(method, path, method === 'PATCH' ? '{' : undefined);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(budget(headers)[0], path).toBe(limit);
    }
  });

  test('configurable per company', async () => {
    const { as } = await start({ world: limited(100, 7) });
    const { body, headers } = await as('mia')('GET', '/auth/token-info');
    expect(body.limits).toEqual({ reads_per_minute: 100, writes_per_minute: 7 });
    expect(budget(headers)[0]).toBe(100);
    expect((await as('gus')('GET', '/auth/token-info')).body.limits).toEqual({
      reads_per_minute: 600,
      writes_per_minute: 60,
    });
  });

  test('the smallest holds for a token of several companies', async () => {
    const { as } = await start({ world: limited(100, 7) });
    expect((await as('olga')('GET', '/auth/token-info')).body.limits.writes_per_minute).toBe(7);
  });

  test('beyond them 429 with Retry-After, and nothing is carried out', async () => {
    const { as } = await start({ world: limited(600, 3) });
    for (let left = 2; left >= 0; left--) {
      const { status, headers } = await as('mia')('POST', '/tickets/t-AAAAAA/comments', { body: 'x' });
      expect(status).toBe(201);
      expect(budget(headers)[1]).toBe(left);
    }
    const refused = await as('mia')('POST', '/tickets/t-AAAAAA/comments', { body: 'x' });
    expect(refused.status).toBe(429);
    expect(refused.body.error.code).toBe('rate_limited');
    const retryAfter = Number(refused.headers.get('retry-after'));
    expect(retryAfter).toBeGreaterThan(50);
    expect(retryAfter).toBeLessThanOrEqual(60);
    expect(budget(refused.headers)).toEqual([3, 0, retryAfter]);
    const { body } = await as('mia')('GET', '/tickets/t-AAAAAA');
    expect(body.comment_count, 'reads have a budget of their own').toBe(3);
    expect((await as('adam')('POST', '/tickets/t-AAAAAA/comments', { body: 'x' })).status).toBe(201);
  });

  test('no more at once than the limit, however they come', async () => {
    const { as } = await start({ world: limited(60, 60) });
    const replies = await Promise.all(Array.from({ length: 75 }, () => as('mia')('GET', '/companies')));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(60);
    expect(replies.filter(({ status }) => status === 429)).toHaveLength(15);
  });

  test('token-info draws a read, a bulk call one write', async () => {
    const { as } = await start();
    await as('olga')('GET', '/auth/token-info');
    const { headers } = await as('olga')('POST', '/tickets/bulk-move', {
      ticket_ids: ['t-AAAAAA', 't-BBBBBB', 't-CCCCCC'],
      target_column_id: 'col_shop_done',
    });
    expect(budget(headers)[1]).toBe(59);
    expect(budget((await as('olga')('GET', '/auth/token-info')).headers)[1]).toBe(598);
  });

  test('an unauthorized request carries none of them', async () => {
    const { as } = await start();
    expect((await as('nobody')('GET', '/companies')).headers.has('ratelimit-limit')).toBe(false);
  });

  test('what was used lasts over a restart', async () => {
    const first = await start({ world: limited(600, 3) });
    for (let at = 0; at < 3; at++) await first.as('mia')('POST', '/tickets/t-AAAAAA/archive');
    await first.close();
    const { as } = await start({ db: first.db, world: limited(600, 3) });
    expect((await as('mia')('POST', '/tickets/t-AAAAAA/archive')).status).toBe(429);
  });
});

describe('the last 60 seconds', () => {
  function open() {
    const db = new Database(join(temporaryFolder(), 'sandbox.db'));
    seed(db, smallWorld(), { reset: false });
    onTestFinished(() => db.close());
    return db;
  }

  test('never have more than the limit, and Retry-After is the time to the next free place', () => {
    const db = open();
    const granted: number[] = [];
    let now = 1_000_000;
    let seed = 7;
    for (let at = 0; at < 3000; at++) {
      seed = (seed * 48_271) % 2_147_483_647;
      now += at % 97 === 0 ? 20_000 : seed % 600;
      const { granted: may, budget } = consume(db, 'tkn_mia', 'write', 60, { now });
      const within = granted.filter((time) => time > now - 60_000);
      expect(may).toBe(within.length < 60);
      if (may) granted.push(now);
      const first = may ? (within[0] ?? now) : within[0]!;
      expect(budget.remaining).toBe(60 - within.length - (may ? 1 : 0));
      expect(budget.reset).toBe(Math.max(1, Math.ceil((first + 60_000 - now) / 1000)));
      if (!may) {
        const later = now + budget.reset * 1000;
        expect(granted.filter((time) => time > later - 60_000).length).toBeLessThan(60);
      }
    }
  });

  test('are sixty seconds to the millisecond, and what lies before them is not kept', () => {
    const db = open();
    const may = (now: number) => consume(db, 'tkn_mia', 'write', 1, { now }).granted;
    expect([may(1_000), may(60_999), may(61_000), may(61_001)]).toEqual([true, false, true, false]);
    for (let at = 2; at < 9; at++) expect(may(at * 61_000)).toBe(true);
    expect(db.requests.get<{ kept: number }>('SELECT count(*) AS kept FROM requests')!.kept).toBeLessThan(3);
  });

  test('are sixty seconds whatever the fractions of a millisecond', () => {
    const db = open();
    // 5536.002 + 60000 - 5536.002 is a little more than 60000.
    expect(consume(db, 'tkn_mia', 'read', 60, { now: 5536.002 }).budget.reset).toBe(60);
  });

  test('of reads and of writes are counted apart, and forgotten apart', () => {
    const db = open();
    const draw = (kind: 'read' | 'write', now: number) => consume(db, 'tkn_mia', kind, 60, { now }).budget;
    for (let at = 0; at < 10; at++) draw('write', at);
    for (let at = 0; at < 5; at++) draw('read', 61_000);
    expect(draw('write', 61_001).remaining).toBe(59);
    expect(draw('read', 61_002).remaining).toBe(54);
  });

  test('are looked at without being drawn from; nothing is waited for where nothing was drawn', () => {
    const db = open();
    expect(currentBudget(db, 'tkn_mia', 'read', 60)).toEqual({ limit: 60, remaining: 60, reset: 0 });
    consume(db, 'tkn_mia', 'read', 60, { now: 1_000 });
    for (const now of [31_000, 31_000])
      expect(currentBudget(db, 'tkn_mia', 'read', 60, now)).toEqual({ limit: 60, remaining: 59, reset: 30 });
  });

  test('are shared by those who have the file open', () => {
    const one = open();
    const two = new Database(one.file);
    onTestFinished(() => two.close());
    const granted = Array.from({ length: 200 }, (_, at) =>
      consume(at % 2 ? one : two, 'tkn_mia', 'write', 60, { now: 5_000_000 + at }),
    ).filter((drawn) => drawn.granted);
    expect(granted).toHaveLength(60);
  });

  test('are counted by a clock that is read when nobody else can draw', () => {
    const one = open();
    const two = new Database(one.file);
    onTestFinished(() => two.close());
    // Lets the other one draw at the last moment.
    const write = two.requests.write.bind(two.requests);
    two.requests.write = (work) => {
      consume(one, 'tkn_mia', 'write', 60);
      return write(work);
    };
    const left = Array.from({ length: 20 }, () => consume(two, 'tkn_mia', 'write', 60).budget.remaining);
    expect(left).toEqual(Array.from({ length: 20 }, (_, at) => 58 - 2 * at));
  });

  test('hold when somebody else draws between a request and its turn to write', () => {
    const one = open();
    const two = new Database(one.file);
    onTestFinished(() => two.close());
    const others: boolean[] = [];
    const write = one.requests.write.bind(one.requests);
    one.requests.write = (work) => {
      others.push(consume(two, 'tkn_mia', 'write', 60).granted);
      return write(work);
    };
    const granted = Array.from({ length: 50 }, () => consume(one, 'tkn_mia', 'write', 60).granted);
    expect([...granted, ...others].filter(Boolean)).toHaveLength(60);
  });

  test('hold between clocks that differ by little', () => {
    const db = open();
    const granted = Array.from(
      { length: 200 },
      (_, at) => consume(db, 'tkn_mia', 'write', 60, { now: 5_000_000 - (at % 7) * 30 + at }).granted,
    );
    expect(granted.filter(Boolean)).toHaveLength(60);
  });

  test('hold where the later request was drawn by a clock that is half a second behind', () => {
    const db = open();
    const may = (now: number) => consume(db, 'tkn_mia', 'write', 2, { now }).granted;
    expect([1_000_000, 999_500].map(may)).toEqual([true, true]);
    // The first one is still within 60 seconds, and the second one came after it.
    expect(may(1_059_800)).toBe(false);
    expect([1_060_001, 1_060_002, 1_060_003].map(may)).toEqual([true, true, false]);
  });

  test('go by a clock that the time of day doesn’t move', async () => {
    const { as, bare } = await start({ world: limited(600, 2) });
    const archive = () => as('mia')('POST', '/tickets/t-AAAAAA/archive');
    const now = Date.now;
    onTestFinished(() => {
      Date.now = now;
    });
    Date.now = () => now() + 3_600_000;
    expect((await archive()).status).toBe(200);
    Date.now = now;
    expect((await archive()).status, 'an hour back').toBe(200);
    const refused = await archive();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    const { body } = await bare('GET', '/sandbox/tokens?user_id=usr_mia');
    expect(Date.parse(body[0].last_used_at), 'not an hour ahead').toBeLessThanOrEqual(now());
    Date.now = () => now() + 7_200_000;
    expect((await archive()).status, 'two hours ahead').toBe(429);
  });

  test('of a machine that was started anew begin anew', () => {
    const db = open();
    for (let at = 0; at < 60; at++) consume(db, 'tkn_mia', 'write', 60, { now: 9_000_000 + at });
    expect(consume(db, 'tkn_mia', 'write', 60, { now: 500 })).toMatchObject({
      granted: true,
      budget: { remaining: 59 },
    });
  });

  test.each(['is known', 'is not known'])('the last use stays the last where that start %s', (start) => {
    const file = join(temporaryFolder(), 'sandbox.db');
    const before = new Database(file);
    onTestFinished(() => before.close());
    // More reads than writes, of which one was the last; and all of it later than this machine has run.
    const late = 1e12;
    for (let at = 0; at < 5; at++) consume(before, 'tkn_mia', 'read', 60, { now: late + at });
    consume(before, 'tkn_mia', 'write', 60, { now: late + 10 });
    const { requests } = before;
    requests.write(() => requests.run("UPDATE requests SET used_at = iif(kind = 'write', 2e12, 1e12 + n)"));
    const wrote = new Date(2e12).toISOString();
    if (start === 'is known')
      requests.write(() => requests.run("UPDATE meta SET value = 'another' WHERE key = 'boot'"));
    const db = new Database(file);
    onTestFinished(() => db.close());
    expect(lastUsed(db, 'tkn_mia')).toBe(wrote);
    consume(db, 'tkn_mia', 'read', 60);
    const used = Date.parse(lastUsed(db, 'tkn_mia')!);
    expect(Math.abs(used - Date.now())).toBeLessThan(60_000);
  });

  test('count against a limit that was lowered meanwhile', () => {
    const db = open();
    for (let at = 0; at < 30; at++) consume(db, 'tkn_mia', 'write', 60, { now: 1000 * at });
    const { granted, budget } = consume(db, 'tkn_mia', 'write', 10, { now: 30_000 });
    expect(granted).toBe(false);
    // The 21st has to be gone, of which ten are left then.
    expect(budget).toEqual({ limit: 10, remaining: 0, reset: 50 });
    expect(consume(db, 'tkn_mia', 'write', 10, { now: 80_000 }).granted).toBe(true);
  });
});

describe('reads that were granted while the file was locked', () => {
  const lock = (file: string) => {
    const other = new Libsql(`${file}-requests`);
    other.exec('BEGIN IMMEDIATE');
    const release = () => {
      if (!other.open) return;
      other.exec('ROLLBACK');
      other.close();
    };
    onTestFinished(release);
    return release;
  };
  const counted = (file: string) => {
    const db = new Database(file);
    try {
      return 5 - currentBudget(db, 'tkn_mia', 'read', 5).remaining;
    } finally {
      db.close();
    }
  };
  const serving = () => {
    const file = join(temporaryFolder(), 'toado.db');
    const db = new Database(file);
    db.serve();
    return { file, db };
  };

  test('are put down at a stop', async () => {
    const { file, db } = serving();
    const release = lock(file);
    for (let at = 0; at < 3; at++) expect(consumeUncounted(db, 'tkn_mia', 5).granted).toBe(true);
    setTimeout(release, 50);
    await putDownUncounted(db);
    await putDownUncounted(db);
    db.close();
    expect(counted(file)).toBe(3);
  });

  test('don’t hold a stop up where it stays locked', async () => {
    const { file, db } = serving();
    const release = lock(file);
    consumeUncounted(db, 'tkn_mia', 5);
    const from = performance.now();
    await putDownUncounted(db);
    expect(performance.now() - from).toBeLessThan(3_000);
    db.close();
    release();
    expect(counted(file)).toBe(0);
  });

  test('are in the file of a sandbox that has stopped', async () => {
    const { as, db, close } = await start();
    const release = lock(db);
    for (let at = 0; at < 3; at++) expect((await as('mia')('GET', '/companies')).status).toBe(200);
    release();
    await close();
    const rows = new Libsql(`${db}-requests`).prepare('SELECT count(*) AS n FROM requests').get([]);
    expect(rows).toMatchObject({ n: 3 });
  });
});
