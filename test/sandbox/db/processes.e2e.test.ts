import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'libsql';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Database as SandboxDatabase } from '../../../src/sandbox/db/database.ts';
import { seed } from '../../../src/sandbox/seed/file/seed.ts';
import { atEnd, shared } from '../../support/ending.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { bundle } from '../support/bundle.ts';
import { callers, ids, smallWorld, start } from '../support/sandbox.ts';

const script = await bundle('./sandboxes-process.ts');

interface Limits {
  reads: number;
  writes: number;
}

/** A process that opens sandboxes when it is told to. */
function startProcess() {
  const child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const endsEarly = ended.then((code) => Promise.reject(new Error(`the second process ended with ${code}`)));
  endsEarly.catch(() => {});
  const ask = (line: string) => {
    const answer = new Promise<string>((resolve) => lines.once('line', resolve));
    child.stdin.write(`${line}\n`);
    return Promise.race([answer, endsEarly]);
  };
  const end = async () => {
    child.stdin.end();
    await ended;
  };
  atEnd(end);
  return { ask, end };
}

/** Starts a second sandbox on the file, in a process of its own. */
async function startSecond(db: string) {
  const { ask, end } = startProcess();
  return { ...callers(await ask(JSON.stringify({ db }))), end };
}

/** Another program, which takes the file's lock and keeps it until it is told to end. */
async function lockElsewhere(db: string): Promise<() => Promise<void>> {
  const holds = `const db = new (require('libsql'))(process.argv[1]);
    db.exec('BEGIN IMMEDIATE'); console.log('locked'); process.stdin.resume().on('end', () => process.exit())`;
  const child = spawn(process.execPath, ['-e', holds, db], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const release = async () => {
    child.stdin.end();
    await ended;
  };
  atEnd(release);
  await new Promise((resolve, reject) => {
    child.stdout.once('data', resolve);
    child.once('exit', reject);
  });
  return release;
}

describe('two processes on one file', () => {
  const second = shared(async () => startProcess());

  /** Opens the file in the second process, for this test. */
  async function openInSecond(db: string, limits?: Limits) {
    const apiUrl = await second().ask(JSON.stringify({ db, limits }));
    atEnd(() => second().ask('close'));
    return callers(apiUrl);
  }

  test('that start on an empty one at once fill it once', async () => {
    const db = join(temporaryFolder(), 'deeper', 'sandbox.db');
    const [one, two, three] = await Promise.all([startSecond(db), startSecond(db), startSecond(db)]);
    for (const { as } of [one, two, three]) {
      expect(ids(await as('olga')('GET', '/projects/proj_shop/tickets'))).toEqual([
        't-AAAAAA',
        't-BBBBBB',
        't-CCCCCC',
      ]);
    }
    const past = new Database(db);
    expect(past.prepare('SELECT count(*) AS n FROM tickets').get([])).toMatchObject({ n: 5 });
    expect(past.prepare('PRAGMA integrity_check').get([])).toMatchObject({ integrity_check: 'ok' });
    past.close();
  });

  test('and the one that finds it filled just as it begins leaves it alone', () => {
    const file = join(temporaryFolder(), 'sandbox.db');
    const first = new SandboxDatabase(file);
    /** Lets the other one go first, at the last moment. */
    class Overtaken extends SandboxDatabase {
      override write<Result>(work: () => Result): Result {
        seed(first, smallWorld(), { reset: false });
        return super.write(work);
      }
    }
    const second = new Overtaken(file);
    seed(second, smallWorld(), { reset: false });
    expect(second.get('SELECT count(*) AS n FROM tickets')).toMatchObject({ n: 5 });
    first.close();
    second.close();
  });

  test('see each other’s writes, and a revocation at once', async () => {
    const one = await start();
    const two = await openInSecond(one.db);
    await one.as('olga')('PATCH', '/tickets/t-AAAAAA', { title: 'Seen over there' });
    expect((await two.as('mia')('GET', '/tickets/t-AAAAAA')).body.title).toBe('Seen over there');
    expect(ids(await two.as('mia')('GET', '/tickets/search?query=over+there'))).toEqual(['t-AAAAAA']);
    await one.bare('DELETE', '/sandbox/tokens/tkn_mia');
    expect((await two.as('mia')('GET', '/tickets/t-AAAAAA')).status).toBe(401);
  });

  test('share a token’s budget', async () => {
    const limits = { reads: 600, writes: 10 };
    const world = smallWorld();
    world.companies[0]!.limits = limits;
    const one = await start({ world });
    const two = await openInSecond(one.db, limits);
    const replies = await Promise.all(
      Array.from({ length: 30 }, (_, at) =>
        (at % 2 ? one : two).as('mia')('POST', '/tickets/t-AAAAAA/comments', { body: `${at}` }),
      ),
    );
    const written = replies.filter(({ status }) => status === 201).length;
    expect(replies.filter(({ status }) => status === 429)).toHaveLength(30 - written);
    expect(written, 'one may have grown again meanwhile').toBeGreaterThanOrEqual(10);
    expect(written).toBeLessThanOrEqual(11);
    expect((await one.as('adam')('GET', '/tickets/t-AAAAAA')).body.comment_count).toBe(written);
  });

  test('and go on sharing it while another program holds the lock of the file', async () => {
    const limits = { reads: 40, writes: 60 };
    const world = smallWorld();
    world.companies[0]!.limits = limits;
    const one = await start({ world });
    const two = await openInSecond(one.db, limits);
    const reads = (n: number) =>
      Promise.all(Array.from({ length: n }, (_, at) => (at % 2 ? one : two).as('mia')('GET', '/companies')));
    const granted = async (n: number) => (await reads(n)).filter(({ status }) => status === 200).length;
    expect(await granted(10)).toBe(10);
    const release = await lockElsewhere(one.db);
    expect(await granted(50), 'in both, while it is locked').toBe(30);
    expect((await one.as('adam')('POST', '/tickets/t-AAAAAA/archive')).status, 'it is').toBe(503);
    await release();
    expect(await granted(20), 'when it is free again').toBe(0);
  });

  test('do a write with one Idempotency-Key once', async () => {
    const one = await start();
    const two = await openInSecond(one.db);
    for (let round = 0; round < 5; round++) {
      const replies = await Promise.all(
        Array.from({ length: 8 }, (_, at) =>
          (at % 2 ? one : two).as('olga')(
            'POST',
            '/tickets/t-AAAAAA/comments',
            { body: `round ${round}` },
            { 'idempotency-key': `round-${round}` },
          ),
        ),
      );
      expect(new Set(replies.map(({ status, text }) => status + text)).size).toBe(1);
    }
    expect((await one.as('olga')('GET', '/tickets/t-AAAAAA')).body.comment_count).toBe(5);
  });

  test('move tickets at the same moment, and lose none', async () => {
    const one = await start();
    const two = await openInSecond(one.db);
    const columns = ['col_shop_todo', 'col_shop_doing', 'col_shop_done'];
    const replies = await Promise.all(
      Array.from({ length: 45 }, (_, at) =>
        (at % 2 ? one : two).as(at % 3 ? 'adam' : 'mia')(
          'POST',
          `/tickets/${['t-AAAAAA', 't-BBBBBB', 't-CCCCCC'][at % 3]}/move`,
          { target_column_id: columns[(at * 7) % 3], position: at % 2 },
        ),
      ),
    );
    expect(replies.map(({ status }) => status)).toEqual(Array(45).fill(200));
    const board = ids(await one.as('olga')('GET', '/projects/proj_shop/tickets'));
    expect([...board].sort()).toEqual(['t-AAAAAA', 't-BBBBBB', 't-CCCCCC']);
    expect(ids(await two.as('olga')('GET', '/projects/proj_shop/tickets'))).toEqual(board);
    const past = new Database(one.db);
    const ranks = past
      .prepare('SELECT count(DISTINCT column_id || rank) AS n, count(*) AS all_of FROM tickets')
      .get([]);
    past.close();
    expect(ranks).toMatchObject({ n: 5, all_of: 5 });
  });

  test('and one that ends leaves the log to the other, which opened the file twice', async () => {
    const one = await start();
    // Once more in this process, as an observer does; and once for a moment.
    const observer = new SandboxDatabase(one.db);
    new SandboxDatabase(one.db).close();
    onTestFinished(() => observer.close());
    await one.as('olga')('POST', '/tickets/t-AAAAAA/comments', { body: 'before' });
    const two = await startSecond(one.db);
    await two.as('mia')('POST', '/tickets/t-AAAAAA/comments', { body: 'over there' });
    await two.end();
    const { status, text } = await one.as('olga')('POST', '/tickets/t-AAAAAA/comments', { body: 'after' });
    expect([status, text]).toEqual([201, expect.stringContaining('after')]);
    expect(observer.get('SELECT count(*) AS n FROM comments')).toMatchObject({ n: 3 });
  });

  test('go on when one of them begins anew with --reset', async () => {
    const one = await start();
    await one.as('olga')('POST', '/projects/proj_shop/tickets', { title: 'Forgotten' });
    await start({ db: one.db, reset: true });
    expect(ids(await one.as('olga')('GET', '/tickets/search?query=forgotten'))).toEqual([]);
    expect(ids(await one.as('olga')('GET', '/tickets/search?query=checkout'))).toEqual(['t-AAAAAA']);
    expect((await one.as('olga')('POST', '/tickets/t-AAAAAA/archive')).status).toBe(200);
  });
});
